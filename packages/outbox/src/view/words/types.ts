import type { Action, List, Question, Resolution } from '../actions';

/** What lists of leads say, wherever they are shown, but the outcomes, whose words are the core's. */
export interface ListWords {
	/** Names the choice of a list. */
	readonly lists: string;
	readonly list: Readonly<Record<List, string>>;
	readonly search: string;
	readonly csv: string;
	readonly csvBusy: string;
	readonly csvDone: string;
	readonly more: string;
	readonly empty: Readonly<Record<List | 'search' | 'soFar', string>>;
	readonly state: Readonly<Record<'waiting' | 'sending' | Resolution, string>>;
	/** `discardedSent`: of one that may exist all the same. */
	readonly resolved: Readonly<Record<Resolution | 'discardedSent', string>>;
	/** Of one that nothing holds back. */
	readonly turn: string;
	readonly lastAnswer: (message: string) => string;
	readonly unknownOutcome: string;
	readonly column: Readonly<Record<'arrived' | 'ended' | 'outcome' | 'message' | 'hint', string>>;
	readonly action: Readonly<Record<Action, string>>;
	readonly cancel: string;
	readonly question: Readonly<Record<Question, string>>;
	readonly done: Readonly<Record<Action, (name: string) => string>>;
	readonly notDone: (name: string) => string;
}
