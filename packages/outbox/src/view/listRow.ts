import { type ActedOn, type List, mayCorrect, type OfferedAction, offeredActions } from './actions';
import { listWords } from './listWords';
import {
	explain,
	type Explanation,
	type Language,
	type Outcome,
	type OutcomeKind,
	outcomeKinds,
	outcomeLabel,
} from '@icloud-ready/core';

/** A lead as a store gives it to a list. */
export interface ListedLead extends ActedOn {
	readonly id: string;
	readonly arrivedAtMs: number;
	readonly endedAtMs?: number;
	readonly name: string;
	readonly phone: string;
	/** The last outcome itself, so that it can be told in any language; undefined where there is none. */
	readonly sent?: Outcome;
}

/** A lead as a list shows it, in the language of whoever reads it. */
export interface ListRow {
	readonly id: string;
	readonly name: string;
	readonly phone: string;
	readonly arrivedAtMs: number;
	readonly endedAtMs?: number;
	/** Its color. */
	readonly kind: OutcomeKind | 'waiting';
	/** A word or two. */
	readonly state: string;
	/** What happened, then what to do; the latter may be empty. */
	readonly message: string;
	readonly hint: string;
	readonly notes: readonly string[];
	readonly actions: readonly OfferedAction[];
	/** What the rules look at, for whoever acts on several. */
	readonly acted: ActedOn;
	/** Left out where it cannot be corrected. */
	readonly mayCorrect?: true;
}

const kindOf = (outcome: string | null): ListRow['kind'] =>
	outcomeKinds.find(({ kind }) => kind === outcome)?.kind ?? 'waiting';

/** The words of its last outcome, in the language of whoever looks at it. */
const explanationOf = ({ sent, outcome }: ListedLead, language: Language): Explanation => {
	if (sent !== undefined) return explain(sent, language);
	return { message: outcome === null ? '' : listWords[language].unknownOutcome, hint: '' };
};

type Words = Pick<ListRow, 'kind' | 'state' | 'message' | 'hint' | 'notes'>;

const wordsOf = (list: List | 'sending', lead: ListedLead, language: Language, held: string | undefined): Words => {
	const words = listWords[language];
	const { outcome, resolved } = lead;
	const last = explanationOf(lead, language);
	const before = last.message === '' ? [] : [words.lastAnswer(last.message)];
	if (list === 'waiting' || list === 'sending')
		return {
			kind: 'waiting',
			state: words.state[list],
			message: list === 'sending' ? `${words.state.sending}.` : (held ?? words.turn),
			hint: '',
			notes: before,
		};
	if (lead.isCorrected === true)
		return {
			kind: 'invalid',
			state: words.filter.corrected,
			message: words.corrected,
			hint: '',
			notes: before,
		};
	if (resolved !== undefined)
		return {
			kind: resolved === 'arrived' ? 'created' : 'duplicate',
			state: words.state[resolved],
			message: words.resolved[resolved === 'discarded' && outcome === 'unconfirmed' ? 'discardedSent' : resolved],
			hint: '',
			notes: before,
		};
	return {
		kind: kindOf(outcome),
		state: outcome === null ? words.list[list] : outcomeLabel(outcome, language),
		message: last.message === '' ? words.unknownOutcome : last.message,
		hint: last.hint,
		notes: [],
	};
};

/** `held`: why it waits, in words; left out where nothing holds it back. */
export const listRow = (list: List | 'sending', lead: ListedLead, language: Language, held?: string): ListRow => {
	const { id, name, phone, arrivedAtMs, endedAtMs, outcome, resolved, isCorrected } = lead;
	return {
		id,
		name,
		phone,
		arrivedAtMs,
		...(endedAtMs === undefined ? {} : { endedAtMs }),
		...wordsOf(list, lead, language, held),
		actions: offeredActions(list, lead),
		acted: {
			outcome,
			...(resolved === undefined ? {} : { resolved }),
			...(isCorrected === undefined ? {} : { isCorrected }),
		},
		...(mayCorrect(list, lead) ? { mayCorrect: true } : {}),
	};
};
