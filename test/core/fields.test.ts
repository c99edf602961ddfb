import {
	fieldAt,
	fieldGroups,
	fieldNamed,
	fields,
	fullNameSynonyms,
	readLead,
	withField,
	type Field,
	type LeadDraft,
} from '../../packages/core/src';
import { normalizeKey } from '../../packages/core/src/text/text';
import guideLead from '../fixtures/guideLead.json';

const leaves = (part: object, prefix = ''): readonly string[] =>
	Object.entries(part).flatMap(([key, value]: [string, unknown]) =>
		typeof value === 'object' && value !== null && !Array.isArray(value)
			? leaves(value, `${prefix}${key}.`)
			: [prefix + key],
	);

const all: readonly Field[] = fields;
const named = all.map((field) => [field.path, field] as const);

test('the catalog has every field of the guide, and no other', () => {
	expect([...all.map(({ path }) => path)].sort()).toEqual([...leaves(guideLead)].sort());
});

test('only the fields that the guide marks are required', () => {
	expect(all.filter(({ required }) => required).map(({ path }) => path)).toEqual([
		'leadInformation.firstName',
		'leadInformation.phone',
	]);
});

test.each(['path', 'name', 'label', 'labelAr'] as const)('every field has a %s of its own', (part) => {
	expect(new Set(all.map((field) => field[part])).size).toBe(all.length);
});

test.each(named)('%s: no other field is called by one of its names', (path, field) => {
	const own = [field.name, field.label, field.labelAr, ...field.synonyms].map(normalizeKey);
	const others = all
		.filter((other) => other.path !== path)
		.flatMap((other) => [other.name, other.label, other.labelAr, ...other.synonyms]);
	const taken = new Set([...others, ...fullNameSynonyms].map(normalizeKey));
	expect(own.filter((name) => name === '' || taken.has(name))).toEqual([]);
});

test.each(named)('%s: no synonym is written twice', (_, { synonyms }) => {
	expect(synonyms.filter((synonym, at) => synonyms.indexOf(synonym) !== at)).toEqual([]);
});

test.each(named)('%s: has words for people in both languages', (_, field) => {
	expect(field.label).toMatch(/^[A-Z]/);
	expect(field.labelAr).toMatch(/[\u0600-\u06ff]/);
	expect(field.description).toMatch(/^[A-Z].{10,}[^.]$/);
	expect(field.descriptionAr).toMatch(/^[\u0600-\u06ff].{10,}[^.]$/);
	expect(
		field.synonyms.some((synonym) => /[a-z]/.test(synonym)) &&
			(field.kind === 'json' || field.synonyms.some((synonym) => /[\u0600-\u06ff]/.test(synonym))),
	).toBe(true);
	expect(fieldGroups).toContain(field.group);
});

test.each(named)('%s: its example and suggestions are sent as they are', (path, field) => {
	for (const value of [field.example, ...(field.suggestions ?? [])]) {
		const reading = readLead(withField(guideLead as LeadDraft, path, value));
		expect(reading).toMatchObject({ lead: withField({}, path, value), warnings: [] });
	}
});

test.each(named)('%s: is found by its path and its name', (path, field) => {
	expect(fieldAt(path)).toBe(field);
	expect(fieldNamed(field.name)).toBe(field);
});

test.each(['__proto__', 'constructor', 'toString', ''])('%s is no field', (name) => {
	expect([fieldAt(name), fieldNamed(name)]).toEqual([undefined, undefined]);
});
