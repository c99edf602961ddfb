import type { AlertKind } from '../alerts/condition';
import type { Alert } from '../alerts/decideAlerts';
import type { NoLead, Notice, Problem } from '../lead/problems';
import type { MatchReason } from '../lead/why';
import type { Outcome } from '../outcome/outcome';

/** What happened, then what to do; both are whole sentences, the second may be empty. */
export interface Explanation {
	readonly message: string;
	readonly hint: string;
}

/** One language: a sentence for everything that can be said. The types make a missing one an error at build time. */
export interface Words {
	readonly issue: (label: string, problem: Problem) => string;
	readonly remedy: (label: string, problem: Problem) => string;
	readonly notice: (label: string, notice: Notice) => string;
	/** A few words, no sentence. */
	readonly why: (why: MatchReason) => string;
	readonly noLead: (noLead: NoLead) => string;
	readonly outcome: (outcome: Outcome, issues: readonly string[]) => Explanation;
}

/** Where leads wait, and so where a person looks and mends: an account of a host, or a gateway. */
export type AlertPlace = 'account' | 'gateway';

/** A line for a subject, and whole sentences: what is so, then what to do. */
export interface AlertText {
	readonly title: string;
	readonly text: string;
}

/** What the words of one language are given. */
export interface ToldAlert {
	readonly alert: Alert;
	readonly place: AlertPlace;
	readonly name: string;
	/** When it began and when it was over, as that language writes times. */
	readonly since: string;
	readonly over: string;
	readonly count: string;
}

/** What is said of one condition. */
export interface AlertSentences {
	/** What is so, without a full stop. */
	readonly title: (told: ToldAlert) => string;
	readonly now: (told: ToldAlert) => string;
	/** What to do. */
	readonly step: (told: ToldAlert) => string;
	readonly over: (told: ToldAlert) => string;
}

/** One language: each condition, and what its title says of when it begins, goes on and is over. */
export interface AlertWords {
	readonly kinds: Readonly<Record<AlertKind, AlertSentences>>;
	readonly titled: Readonly<Record<Alert['state'], (title: string) => string>>;
}
