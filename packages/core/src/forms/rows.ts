import { isRecord } from '../text/json';
import { normalizeKey } from '../text/text';
import type { Answer } from './answer';
import { kindOfList } from './contactList';
import { evidenceOf } from './evidence/evidenceOf';
import { roleOfName } from './evidence/roleWords';
import { groupsOf, standingIn } from './evidence/standing';
import { flatten } from './flatten';
import { groupsIn } from './groups';
import { withoutPath } from './withoutPath';
import { mostRead } from './mostRead';
import { isPairs } from './pairs';
import { type Part, partsOf } from './parts';
import { selfRoleOf } from './selfRole';
import { columnsApart, tableRows } from './table';
import { conversationIn } from './sources/conversation';

/** Names under which tools send several rows at once. */
const listNames = new Set(
	['leads', 'contacts', 'rows', 'items', 'data', 'records', 'results', 'entries', 'submissions', 'responses'].map(
		normalizeKey,
	),
);

/** A list of objects that tell a person each, and where it stands. */
interface Rows {
	readonly path: readonly string[];
	readonly rows: readonly Part[];
	/** The list beside it that names its columns. */
	readonly head?: readonly string[];
	/** How sure it is that these are people who ask: by the list's name. */
	readonly isNamed: boolean;
}

const deepest = 8;
/** Rows of one list are alike. */
const mostLooked = 3;

/** Those of thousands of answers that are read at all. */
const looked = (answers: readonly Answer[]): readonly Answer[] =>
	answers.length > mostRead ? answers.slice(0, mostRead) : answers;

/** Whether answers tell somebody whom one could call or write to; a bare name may be of anything. */
export const reaches = (answers: readonly Answer[]): boolean =>
	looked(answers).some((answer) => {
		const { meaning, role } = evidenceOf(answer);
		return role !== 'user' && (meaning === 'leadInformation.phone' || meaning === 'leadInformation.email');
	});

/** Whether answers tell a person at all. */
export const tellsPerson = (answers: readonly Answer[]): boolean =>
	reaches(answers) ||
	looked(answers).some((answer) => {
		const { meaning, role } = evidenceOf(answer);
		return role !== 'user' && (meaning === 'fullName' || meaning === 'leadInformation.firstName');
	});

/** Where a row stands. What its list is called after, `events`, is not what the people in it are. */
const placeOf = (path: readonly string[], at: number): readonly string[] => {
	const role = roleOfName(path.at(-1) ?? '');
	return [...(role === 'thing' || role === 'record' || role === 'frame' ? path.slice(0, -1) : path), String(at)];
};

const hasCells = (row: Part): boolean =>
	Object.values(row).some((value) => Array.isArray(value) && value.length > 1 && isPairs(value as readonly unknown[]));

const isRows = (list: readonly Part[], path: readonly string[], country: string): boolean => {
	const key = path.at(-1) ?? '';
	if (kindOfList(key) !== undefined || standingIn(path.join('.')).role === 'other') return false;
	if (isPairs(list, key)) return false;
	if (path.length === 1 && listNames.has(normalizeKey(key))) return true;
	// Rows of cells tell nothing by themselves where their columns stand apart.
	if (listNames.has(normalizeKey(key)) && list.slice(0, mostLooked).every(hasCells)) return true;
	const first = list.slice(0, mostLooked).map((row, at) => flatten(row, placeOf(path, at)));
	return (
		first.some(reaches) ||
		first.some((row) => conversationIn(row, country) !== undefined) ||
		(roleOfName(key) === 'person' && first.some(tellsPerson))
	);
};

/** Of both sides of a chat those who say that they are customers. */
const ofPersons = (rows: readonly Part[]): readonly Part[] => {
	const roles = rows.slice(0, mostSides).map(selfRoleOf);
	return roles.includes('person') && roles.includes('team') ? rows.filter((row) => selfRoleOf(row) !== 'team') : rows;
};
const mostSides = 20;

const listsIn = (part: Part, path: readonly string[], country: string): readonly Rows[] => {
	const apart = columnsApart(part);
	if (apart !== undefined)
		return [{ path: [...path, apart.body], rows: apart.rows, head: [...path, apart.head], isNamed: true }];
	return listsBelow(part, path, country);
};

const listsBelow = (part: Part, path: readonly string[], country: string): readonly Rows[] =>
	groupsIn(part).flatMap(([key, value]): readonly Rows[] => {
		const at = [...path, key];
		if (Array.isArray(value)) {
			const list = value as readonly unknown[];
			const table = tableRows(list);
			if (table !== undefined) return [{ path: at, rows: table, isNamed: true }];
			if (list.length === 0 || !list.every(isRecord)) return [];
			const rows = ofPersons(partsOf(list));
			const role = roleOfName(key);
			const isNamed = listNames.has(normalizeKey(key)) || role === 'person' || role === 'contact';
			return isRows(rows, at, country) ? [{ path: at, rows, isNamed }] : [];
		}
		return isRecord(value) && at.length < deepest ? listsIn(value, at, country) : [];
	});

/** What stands beside rows holds for each of them; a name there is that of the list. */
const notOfPerson = (answer: Answer): Answer => {
	const { meaning } = evidenceOf(answer);
	return meaning === 'fullName' || meaning === 'leadInformation.title' ? { ...answer, whose: 'thing' } : answer;
};

const noGroups: ReadonlySet<string> = new Set();

/** Groups that name somebody of whom nothing says that they ask. */
const strangersIn = (answers: readonly Answer[]): ReadonlySet<string> =>
	new Set(
		answers
			.filter((answer) => {
				const { meaning, role } = evidenceOf(answer);
				return role === undefined && (meaning === 'fullName' || meaning === 'leadInformation.firstName');
			})
			.map(({ from }) => groupsOf(from))
			.filter((group) => group !== ''),
	);

/** The rows of people within an object that tells no person itself, each with its place, and what stands beside them. */
export const rowsIn = (
	payload: Part,
	country: string,
):
	| { readonly rows: readonly (readonly [row: Part, path: readonly string[]])[]; readonly rest: readonly Answer[] }
	| undefined => {
	const found = listsIn(payload, [], country);
	if (found.length === 0) return undefined;
	const lists = found.some(({ isNamed }) => isNamed) ? found.filter(({ isNamed }) => isNamed) : found;
	const rest = flatten(
		lists
			.flatMap(({ path, head }) => (head === undefined ? [path] : [path, head]))
			.reduce((left, path) => withoutPath(left, path), payload),
	);
	const rowsReach = lists.some(({ rows, path }) => reaches(flatten(rows[0] ?? {}, placeOf(path, 0))));
	// A list of leads is not outdone by somebody in a group of their own, whatever that is called.
	const isListOfLeads = rowsReach && lists.every(({ isNamed, rows }) => isNamed && rows.length > 1);
	const strangers = isListOfLeads ? strangersIn(rest) : noGroups;
	const own = strangers.size === 0 ? rest : rest.filter(({ from }) => !strangers.has(groupsOf(from)));
	if (rowsReach ? reaches(own) : tellsPerson(own)) return undefined;
	return {
		rows: lists.flatMap(({ rows, path }) => rows.map((row, at) => [row, placeOf(path, at)] as const)),
		rest: rest.map(
			(answer): Answer => (strangers.has(groupsOf(answer.from)) ? { ...answer, whose: 'other' } : notOfPerson(answer)),
		),
	};
};

/** The name of a list that is empty and would hold rows, in an object that tells no person itself. */
export const emptyListIn = (payload: Part, levels = 3): string | undefined => {
	for (const [key, value] of Object.entries(payload)) {
		if (Array.isArray(value) && value.length === 0 && listNames.has(normalizeKey(key))) return key;
		const inner = isRecord(value) && levels > 1 ? emptyListIn(value, levels - 1) : undefined;
		if (inner !== undefined) return inner;
	}
	return undefined;
};
