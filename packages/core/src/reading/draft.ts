import type { Field } from '../catalog/fieldTypes';
import { fieldAt, fieldNamed, fields, type LeadDraft } from '../catalog/fields';
import type { Issue, Notice } from '../lead/problems';
import { isRecord, parseJson } from '../text/json';
import { shorten } from '../text/text';
import { issueAt } from '../words/words';
import { isEmpty } from './coerce';
import { resembling } from './didYouMean';

/** What a draft holds, field by field, and which of its keys belong to none. */
export interface DraftContent {
	readonly given: ReadonlyMap<Field, unknown>;
	readonly issues: readonly Issue[];
	readonly notices: readonly Notice[];
}

/** The catalog as the API body nests it: a place holds a field, or is a group with places inside. */
interface Place {
	readonly field?: Field;
	readonly inside: ReadonlyMap<string, Place>;
}

/** The places below a dotted path. */
const placesIn = (prefix: string): ReadonlyMap<string, Place> => {
	const below = fields.filter(({ path }) => path.startsWith(prefix));
	return new Map(
		below.map(({ path }) => {
			const [key = ''] = path.slice(prefix.length).split('.');
			const field = fieldAt(prefix + key);
			return [
				key,
				{
					...(field === undefined ? {} : { field }),
					inside: field === undefined ? placesIn(`${prefix}${key}.`) : new Map(),
				},
			];
		}),
	);
};

const places = placesIn('');

const groupPaths: ReadonlySet<string> = new Set(
	fields
		.flatMap(({ path }) => path.split('.').map((_, index, parts) => parts.slice(0, index).join('.')))
		.filter((path) => path !== ''),
);

/** How many unknown keys are told one by one; a draft that has more is no slip of the keyboard. */
const mostStrangers = 100;

/** A draft with `value` at a dotted API path; the draft itself stays as it is. Only paths of the catalog are written. */
export const withField = (draft: LeadDraft, path: string, value: unknown): LeadDraft => {
	if (fieldAt(path) === undefined) return draft;
	const put = (part: unknown, [key = '', ...rest]: readonly string[]): Readonly<Record<string, unknown>> => ({
		...(isRecord(part) ? part : {}),
		[key]: rest.length === 0 ? value : put(isRecord(part) ? part[key] : undefined, rest),
	});
	// The catalog's paths are the draft's shape, which the types cannot follow through a dotted text.
	return put(draft, path.split('.')) as LeadDraft;
};

const placesOf: ReadonlyMap<string, { readonly groups: readonly string[]; readonly key: string }> = new Map(
	fields.map(({ path }) => {
		const keys = path.split('.');
		return [path, { groups: keys.slice(0, -1), key: keys.at(-1) ?? '' }];
	}),
);

type Group = Record<string, unknown>;

/** Puts a value at a dotted API path of a draft that is being built; one that is not the catalog's is left out. */
const putAt = (draft: Group, path: string, value: unknown): void => {
	const place = placesOf.get(path);
	if (place === undefined) return;
	let group = draft;
	for (const key of place.groups) group = (group[key] ??= {}) as Group;
	group[place.key] = value;
};

/** A draft that is built value by value. */
export interface DraftBuilder {
	readonly put: (path: string, value: unknown) => void;
	/** The draft itself, as far as it is built. */
	readonly draft: LeadDraft;
}

export const buildDraft = (): DraftBuilder => {
	const draft: Group = {};
	return { put: (path, value) => putAt(draft, path, value), draft: draft as LeadDraft };
};

/** A draft of values by dotted API path, built in one go; paths that are not the catalog's are left out. */
export const draftOf = (values: Iterable<readonly [path: string, value: unknown]>): LeadDraft => {
	const { put, draft } = buildDraft();
	for (const [path, value] of values) put(path, value);
	return draft;
};

/** Pairs of Custom Field in one; text that holds no pairs is kept under the field's own name, so that none is lost. */
const mergedPairs = (before: Readonly<Record<string, unknown>>, given: unknown): Readonly<Record<string, unknown>> => {
	const pairs = typeof given === 'string' ? parseJson(given) : given;
	return { ...before, ...(isRecord(pairs) ? pairs : { customField: given }) };
};

/** Both drafts in one; where both fill a field the second one's value counts, and pairs of Custom Field are merged. */
export const mergeDrafts = (read: LeadDraft, override: LeadDraft): LeadDraft => {
	let merged = read;
	const { given } = contentOf(read);
	for (const [field, value] of contentOf(override).given) {
		const before = given.get(field);
		merged = withField(
			merged,
			field.path,
			field.kind === 'json' && isRecord(before) ? mergedPairs(before, value) : value,
		);
	}
	return merged;
};

/**
 * Sorts a draft's keys into the catalog's fields: the API body's shape, and at the top the flat names too (`city`,
 * `address` as text or as a group). A key that resembles a field is an issue with "did you mean", any other is left out
 * with a notice; empty ones do not count.
 */
export const contentOf = (draft: Readonly<Record<string, unknown>>): DraftContent => {
	const given = new Map<Field, unknown>();
	const issues: Issue[] = [];
	const notices: Notice[] = [];

	const take = (field: Field, value: unknown): void => {
		if (isEmpty(value)) return;
		const before = given.get(field);
		if (before === undefined) given.set(field, value);
		else if (before !== value) notices.push({ kind: 'givenTwice', field: field.path, kept: field.path });
	};

	const walk = (part: Readonly<Record<string, unknown>>, prefix: string, known?: ReadonlyMap<string, Place>): void => {
		for (const key of Object.keys(part)) {
			const value = part[key];
			const place = known?.get(key);
			if (place?.field !== undefined) {
				take(place.field, value);
				continue;
			}
			const path = prefix + key;
			// A key may hold a whole path itself.
			const field = fieldAt(path);
			if (field !== undefined) take(field, value);
			else if (place !== undefined && isRecord(value)) walk(value, `${path}.`, place.inside);
			else if (groupPaths.has(path) && isRecord(value)) walk(value, `${path}.`);
			else if (path === 'leadInformation.address' && typeof value === 'string') walk({ address: value }, `${path}.`);
			else if (prefix === '') later.push([key, value]);
			else if (!isEmpty(value)) unknown(path, key);
		}
	};

	const unknown = (path: string, key: string): void => {
		strangers++;
		if (strangers > mostStrangers) return;
		const field = resembling(key);
		if (field === undefined) notices.push({ kind: 'unknownKey', key: shorten(path) });
		else issues.push(issueAt(field.path, { kind: 'unknownKey', key: shorten(path), didYouMean: field.path }));
	};

	let strangers = 0;
	const later: [string, unknown][] = [];
	walk(draft, '', places);
	// Flat names come after the API's own paths, so that these win where both are filled.
	for (const [key, value] of later) {
		if (isEmpty(value)) continue;
		const field = fieldNamed(key);
		if (key === 'address' && isRecord(value)) walk(value, 'leadInformation.address.');
		else if (groupPaths.has(key)) issues.push(issueAt(key, { kind: 'notAnObject' }));
		else if (field !== undefined) take(field, value);
		else unknown(key, key);
	}
	if (strangers > mostStrangers) notices.push({ kind: 'moreUnknownKeys', count: strangers - mostStrangers });
	return { given, issues, notices };
};
