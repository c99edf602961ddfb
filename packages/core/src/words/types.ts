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
