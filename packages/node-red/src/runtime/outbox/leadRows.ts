import { type FieldText, textsOfLead } from './leadTexts';
import { explain, type Explanation, fields, type Language, type Outcome, outcomeKinds } from '@icloud-ready/core';
import type { Entry } from '@icloud-ready/outbox';

/** A kept lead as the sidebar shows it; it never holds the key. */
export interface ShownLead {
	/** The entry's id, which actions take. */
	readonly id: string;
	readonly arrivedAtMs: number;
	readonly name: string;
	readonly phone: string;
	readonly email: string;
	/** What came of it so far; absent where it was not sent yet. */
	readonly outcome?: { readonly kind: string; readonly label: string; readonly message: string; readonly hint: string };
	/** What a person said of it. */
	readonly resolved?: 'arrived' | 'discarded';
	/** The node that took it in; without a name where that node is gone. */
	readonly node: { readonly id: string; readonly name?: string };
	/** The fields that have a value. */
	readonly fields: readonly FieldText[];
}

/** The words that no catalog has: the columns beside the fields, and what a person did. */
const words: Readonly<
	Record<
		Language,
		{
			readonly arrival: string;
			readonly outcome: string;
			readonly message: string;
			readonly hint: string;
			readonly arrived: string;
			readonly discarded: string;
		}
	>
> = {
	en: {
		arrival: 'Taken in',
		outcome: 'Outcome',
		message: 'What happened',
		hint: 'What to do',
		arrived: 'Found in iCloud-Ready by a person',
		discarded: 'Discarded by a person',
	},
	ar: {
		arrival: 'وقت الاستلام',
		outcome: 'النتيجة',
		message: 'ماذا حدث',
		hint: 'ماذا تفعل',
		arrived: 'وجده شخص في iCloud-Ready',
		discarded: 'استبعده شخص',
	},
};

const labelOf = (kind: string, language: Language): string => {
	const row = outcomeKinds.find((each) => each.kind === kind);
	return (language === 'ar' ? row?.labelAr : row?.label) ?? kind;
};

const told = (outcome: Outcome, language: Language): Explanation => {
	try {
		return explain(outcome, language);
	} catch {
		// An entry of another version may lack what the words need.
		return { message: '', hint: '' };
	}
};

/** `nodeName` finds the name of a node that is there; undefined where it is gone. */
export const shownLead = (
	{ id, arrivedAtMs, lead, outcome, resolved, origin }: Entry,
	language: Language,
	nodeName: (nodeId: string) => string | undefined,
): ShownLead => {
	const filled = textsOfLead(lead).filter(({ value }) => value !== '');
	const valueOf = (field: string): string => filled.find(({ name }) => name === field)?.value ?? '';
	const name = nodeName(origin.nodeId);
	const shownOutcome = (
		{ outcome: kind }: Outcome,
		{ message, hint }: ReturnType<typeof told>,
	): ShownLead['outcome'] => ({ kind, label: labelOf(kind, language), message, hint });
	return {
		id,
		arrivedAtMs,
		name: [valueOf('firstName'), valueOf('lastName')].filter((text) => text !== '').join(' '),
		phone: valueOf('phone'),
		email: valueOf('email'),
		...(outcome === null ? {} : { outcome: shownOutcome(outcome, told(outcome, language)) }),
		...(resolved === undefined ? {} : { resolved }),
		node: { id: origin.nodeId, ...(name === undefined ? {} : { name }) },
		fields: filled,
	};
};

/** The first line of the file. */
export const columnsOf = (language: Language): readonly string[] => {
	const { arrival, outcome, message, hint } = words[language];
	return [
		arrival,
		...fields.map(({ label, labelAr }) => (language === 'ar' ? labelAr : label)),
		outcome,
		message,
		hint,
	];
};

/** A kept lead as a line of the file; the time is that of UTC. */
export const cellsOf = ({ arrivedAtMs, lead, outcome, resolved }: Entry, language: Language): readonly string[] => {
	const { message, hint } = outcome === null ? { message: '', hint: '' } : told(outcome, language);
	const ended = outcome === null ? '' : labelOf(outcome.outcome, language);
	return [
		new Date(arrivedAtMs).toISOString(),
		...textsOfLead(lead).map(({ value }) => value),
		resolved === undefined ? ended : words[language][resolved],
		message,
		hint,
	];
};
