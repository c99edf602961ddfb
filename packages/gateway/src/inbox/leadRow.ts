import { type Act, actsOf, type Question, questionOf } from '@icloud-ready/outbox/view/actions';
import type { QueueCounts, List, LeadRow } from '../leads/leadQueue';
import { inboxWords } from './words';
import { explain, type Explanation, fieldAt, type Language, type OutcomeKind, outcomeKinds } from '@icloud-ready/core';

/** A lead as the page shows it, in the language that it asked for. */
export interface ShownLead {
	readonly id: string;
	readonly publicId: string;
	readonly name: string;
	readonly phone: string;
	readonly arrivedAtMs: number;
	readonly endedAtMs?: number;
	/** Its color. */
	readonly kind: OutcomeKind | 'waiting';
	readonly state: string;
	/** What happened, then what to do; may be empty. */
	readonly message: string;
	readonly hint: string;
	readonly notes: readonly string[];
	readonly acts: readonly { readonly act: Act; readonly question?: Question }[];
}

/** What the page is told each time it asks. */
export interface LeadsPage {
	readonly figures: QueueCounts;
	readonly leads: readonly ShownLead[];
	/** What holds leads of this page back, with how many; the most first. */
	readonly held: readonly { readonly text: string; readonly count: number }[];
	readonly next?: string;
}

const labelOf = (kind: string, language: Language): string => {
	const row = outcomeKinds.find((each) => each.kind === kind);
	return ((language === 'ar' ? row?.labelAr : row?.label) ?? kind).replace(/(?<!\s)\s*\([^()]*\)$/, '');
};

/** The words of its last outcome, in the language of who looks at it. */
const told = ({ sent, outcome }: LeadRow, language: Language): Explanation => {
	const unknown = { message: outcome === null ? '' : inboxWords[language].unknownOutcome, hint: '' };
	if (sent === undefined) return unknown;
	try {
		return explain(sent, language);
	} catch {
		// An entry of another version may lack what the words need.
		return unknown;
	}
};

const kindOf = (outcome: string | null): OutcomeKind | 'waiting' =>
	outcomeKinds.find(({ kind }) => kind === outcome)?.kind ?? 'waiting';

export const shownLead = (lead: LeadRow, list: List, language: Language): ShownLead => {
	const words = inboxWords[language];
	const { id, publicId, name, phone, arrivedAtMs, endedAtMs, outcome, resolved, why } = lead;
	const common = {
		id,
		publicId,
		name,
		phone,
		arrivedAtMs,
		...(endedAtMs === undefined ? {} : { endedAtMs }),
		acts: actsOf(list).map((act) => {
			const question = questionOf(act, lead);
			return { act, ...(question === undefined ? {} : { question }) };
		}),
	};
	const last = told(lead, language);
	const before = last.message === '' ? [] : [words.lastAnswer(last.message)];
	if (list === 'waiting')
		return {
			...common,
			kind: 'waiting',
			state: words.state.waiting,
			message: why === undefined ? words.turn : words.held[why],
			hint: '',
			notes: before,
		};
	if (resolved !== undefined)
		return {
			...common,
			kind: resolved === 'arrived' ? 'created' : 'duplicate',
			state: words.state[resolved],
			message: words.resolved[resolved],
			hint: '',
			notes: before,
		};
	return {
		...common,
		kind: kindOf(outcome),
		state: outcome === null ? words.list[list] : labelOf(outcome, language),
		message: last.message === '' ? words.unknownOutcome : last.message,
		hint: last.hint,
		notes: [],
	};
};

/** Reasons why leads wait, each with how many of them. */
const heldIn = (leads: readonly LeadRow[], language: Language): LeadsPage['held'] => {
	const reasons = [...new Set(leads.flatMap(({ why }) => why ?? []))];
	return reasons
		.map((why) => ({ text: inboxWords[language].held[why], count: leads.filter((lead) => lead.why === why).length }))
		.sort((one, other) => other.count - one.count);
};

export const leadsPage = (
	figures: QueueCounts,
	{ leads, next }: { readonly leads: readonly LeadRow[]; readonly next?: string },
	list: List,
	language: Language,
): LeadsPage => ({
	figures,
	leads: leads.map((lead) => shownLead(lead, list, language)),
	held: list === 'waiting' ? heldIn(leads, language) : [],
	...(next === undefined ? {} : { next }),
});

/** The first line of the file. */
export const columnsOf = (language: Language): readonly string[] => {
	const { fact, column } = inboxWords[language];
	const phone = fieldAt('leadInformation.phone');
	return [
		fact.arrived,
		fact.ended,
		fact.name,
		(language === 'ar' ? phone?.labelAr : phone?.label) ?? '',
		column.outcome,
		column.message,
		column.hint,
		fact.id,
	];
};

const time = (ms: number | undefined): string => (ms === undefined ? '' : new Date(ms).toISOString());

/** A lead as a line of the file; times are those of UTC. */
export const cellsOf = ({
	arrivedAtMs,
	endedAtMs,
	name,
	phone,
	state,
	message,
	hint,
	notes,
	publicId,
}: ShownLead): readonly string[] => [
	time(arrivedAtMs),
	time(endedAtMs),
	name,
	phone,
	state,
	[message, ...notes].join(' '),
	hint,
	publicId,
];
