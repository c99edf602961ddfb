import type { Action, List, Question, Resolution } from '../actions';
import type { FilterName } from '../filter';
import type { HoldReason } from '@icloud-ready/core';

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
	/** Of one that is invalid, and that a person made a new one of. */
	readonly corrected: string;
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
	/** What is said of many leads at once; counts come as they are shown. */
	readonly bulk: {
		readonly all: string;
		readonly none: string;
		readonly one: (name: string) => string;
		readonly choosing: (count: string) => string;
		readonly chosen: (count: string) => string;
		readonly question: Readonly<Record<Action, (count: string) => string>>;
		/** What may happen to so many of them. */
		readonly risk: Readonly<Record<Exclude<Question, 'discard'>, (count: string) => string>>;
		readonly progress: (done: string, total: string) => string;
		readonly stop: string;
		readonly stopped: string;
		readonly done: Readonly<Record<Action, (count: string) => string>>;
		readonly missed: (count: string) => string;
		/** No answer came for so many. */
		readonly unsure: (count: string) => string;
	};
	readonly filter: Readonly<Record<FilterName, string>> & {
		readonly heading: string;
		readonly any: string;
		readonly clear: string;
		/** Of leads that name none. */
		readonly nothing: string;
		readonly corrected: string;
		readonly empty: string;
	};
	readonly json: string;
	/** What stands beside a lead. */
	readonly fact: Readonly<
		Record<
			'fields' | 'organization' | 'source' | 'since' | 'attempts' | 'answer' | 'correctionOf' | 'correctedBy',
			string
		>
	>;
	readonly times: (count: string) => string;
	/** Why leads wait, in a word or two. */
	readonly reason: Readonly<Record<HoldReason, string>>;
	readonly correct: {
		readonly open: string;
		readonly send: string;
		readonly heading: string;
		readonly hint: string;
		readonly more: string;
		readonly done: (name: string) => string;
		readonly notThere: (name: string) => string;
		readonly full: string;
	};
}
