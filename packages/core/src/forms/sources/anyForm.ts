import { isRecord } from '../../text/json';
import { normalizeKey } from '../../text/text';
import type { Answer, Source } from '../answer';
import { flatten } from '../flatten';
import { meaningOf } from '../match/fieldOfQuestion';
import { pairsOf } from '../pairs';
import { type Part, partsOf, without } from '../parts';

/** Names under which tools send several rows at once. */
const listNames = new Set(
	['leads', 'contacts', 'rows', 'items', 'data', 'records', 'results', 'entries', 'submissions', 'responses'].map(
		normalizeKey,
	),
);

const tellsPerson = (answers: readonly Answer[]): boolean =>
	answers.some((answer) =>
		['fullName', 'leadInformation.firstName', 'leadInformation.phone', 'leadInformation.email'].includes(
			meaningOf(answer) ?? '',
		),
	);

interface Rows {
	readonly key: string;
	readonly rows: readonly Part[];
	readonly rest: readonly Answer[];
}

/** A list of people within an object that tells no person itself; what stands beside the list holds for each of them. */
const rowsIn = (payload: Part): Rows | undefined => {
	const [entry, ...others] = Object.entries(payload).filter(
		([key, value]) => Array.isArray(value) && listNames.has(normalizeKey(key)),
	);
	if (entry === undefined || others.length > 0) return undefined;
	const [key, value] = entry;
	const list = value as readonly unknown[];
	if (!list.every(isRecord) || pairsOf(list, key) !== undefined) return undefined;
	const rest = flatten(without(payload, key));
	return tellsPerson(rest) ? undefined : { key, rows: partsOf(list), rest };
};

/**
 * Any form at all, read by the names of its fields in English and Arabic. Comes last: it takes every object, and an empty
 * one is a lead that lacks what is required, so that its sender hears of it.
 */
export const anyForm: Source = {
	name: 'Form',
	read: (payload) => {
		const many = rowsIn(payload);
		if (many === undefined) return { submissions: [{ answers: flatten(payload) }] };
		const { key, rows, rest } = many;
		if (rows.length === 0) return { problem: { kind: 'emptyList', key } };
		return {
			submissions: rows.map((row, index) => ({ answers: [...flatten(row, [key, String(index)]), ...rest], part: row })),
		};
	},
};
