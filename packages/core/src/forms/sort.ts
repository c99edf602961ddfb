import { fieldAt } from '../catalog/fields';
import type { Matched } from '../lead/matched';
import type { Notice } from '../lead/problems';
import { isEmpty } from '../reading/coerce';
import { shorten } from '../text/text';
import { splitName } from '../values/person';
import type { ReadingSettings } from '../values/readingSettings';
import type { Answer, Submission } from './answer';
import { answerText, fitted, isNested, readAs } from './fitted';
import { meaningOf, titleOf } from './match/fieldOfQuestion';
import { isSecondary } from './match/mention';
import { isOfDevice, isSecretKey } from './match/secret';
import { looksLikeEmail } from './match/valueKind';

export const phonePath = 'leadInformation.phone';
const firstNamePath = 'leadInformation.firstName';
const lastNamePath = 'leadInformation.lastName';
const salutationPath = 'leadInformation.salutation';

/** Where a second answer for a filled field goes. */
const overflow: Readonly<Record<string, string>> = {
	[phonePath]: 'additionalPhones',
	'leadInformation.email': 'additionalEmails',
};

export interface Sorted {
	readonly matched: ReadonlyMap<string, Matched>;
	/** Answers that no field takes, by the question's own words. */
	readonly custom: ReadonlyMap<string, string>;
	readonly notices: readonly Notice[];
}

/** No form asks more. What comes after is kept by its name, so that a payload of a hundred thousand keys holds nobody up. */
export const mostRead = 2000;

/** Nobody has more phones; reading one takes long. */
const mostOfOne = 200;

/** Fields of which a person may have several, and the first counts; a city is one, and the governorate another. */
const ranked = new Set([phonePath, 'leadInformation.email', 'leadInformation.address.city']);

const isKept = ({ key, value }: Answer): boolean => !isEmpty(value) && !isSecretKey(key) && !isOfDevice(value);

/** Several phones or emails in one answer, each by itself. */
const each = (path: string, value: unknown): readonly unknown[] => {
	if (overflow[path] === undefined) return [value];
	if (Array.isArray(value)) return value as readonly unknown[];
	const parts =
		path !== phonePath && typeof value === 'string' && value.length < 1000
			? value.split(/[\s,،;؛/]+/).filter((part) => part !== '')
			: [];
	return parts.length > 1 && parts.every(looksLikeEmail) ? parts : [value];
};

/** The last name that a "name" beside a first name tells: the rest of a whole name, or all of it where it is no whole name. */
const lastNameBeside = (first: string, name: string): string | undefined => {
	const bare = [name, splitName(name).salutation === undefined ? name : name.split(/\s+/).slice(1).join(' ')].find(
		(each) => each.startsWith(`${first} `),
	);
	if (bare !== undefined) return bare.slice(first.length).trim();
	const words = new Set(first.split(/\s+/));
	return name.split(/\s+/).some((word) => words.has(word)) || /\s/.test(name) ? undefined : name;
};

/** Every answer on the field it means, or in Custom Field under the question's own words. None is dropped. */
export const sort = ({ answers, known = [], extra = {} }: Submission, settings: ReadingSettings): Sorted => {
	const matched = new Map<string, Matched>();
	const custom = new Map<string, string>();
	const notices: Notice[] = [];
	const wholeNames: Answer[] = [];

	const keep = (answer: Pick<Answer, 'key' | 'label'> & { readonly from?: string }, value: unknown): void => {
		const name = titleOf(answer);
		const text = answerText(value);
		const before = custom.get(name);
		if (before === undefined) custom.set(name, text);
		else if (before !== text) custom.set(name, `${before}, ${text}`);
	};
	const moved = (field: string, answer: Answer): void => {
		keep(answer, answer.value);
		notices.push({ kind: 'moved', field, value: shorten(answerText(answer.value)) });
	};
	const lists = new Map<string, { readonly from: string[]; readonly values: unknown[] }>();
	const fill = (field: string, { from }: Pick<Answer, 'from'>, value: unknown): unknown =>
		matched.set(field, { field, from, value });
	const append = (field: string, { from }: Answer, values: readonly unknown[]): void => {
		const list = lists.get(field) ?? { from: [], values: [] };
		if (list.from.at(-1) !== from) list.from.push(from);
		for (const value of values) list.values.push(value);
		lists.set(field, list);
		matched.set(field, { field, from, value: list.values });
	};

	const placeOne = (path: string, answer: Answer): void => {
		const value = fitted(path, answer.value, settings);
		const more = overflow[path];
		if (value === undefined) return moved(path, answer);
		if (Array.isArray(value)) return append(path, answer, value);
		if (!matched.has(path)) return void fill(path, answer, value);
		if (more === undefined) return keep(answer, answer.value);
		// A second phone or email: the very same adds nothing, and "same number" must not stop the lead.
		const [first, second] = [matched.get(path)?.value, value].map((each) => readAs(path, each, settings));
		if (second === undefined) moved(more, answer);
		else if (second !== first) append(more, answer, [value]);
	};

	const place = (path: string, answer: Answer): void => {
		const values = each(path, answer.value);
		for (const value of values.slice(0, mostOfOne)) if (!isEmpty(value)) placeOne(path, { ...answer, value });
		if (values.length > mostOfOne) keep(answer, values.slice(mostOfOne));
	};

	const placeName = (answer: Answer): void => {
		const whole = answerText(answer.value);
		const filled = [firstNamePath, lastNamePath].flatMap((path) => matched.get(path)?.value ?? []);
		const { firstName, lastName, salutation } = splitName(whole);
		const given = matched.get(firstNamePath)?.value;
		if (given !== undefined) {
			const surname = lastNameBeside(answerText(given), whole);
			if (!matched.has(lastNamePath) && surname !== undefined) fill(lastNamePath, answer, surname);
			else if (filled.join(' ') !== whole && given !== whole) keep(answer, answer.value);
			return;
		}
		const last = matched.get(lastNamePath)?.value;
		// With a last name of its own beside it, "name" is the first name, unless it repeats the last one.
		fill(firstNamePath, answer, last === undefined || last === lastName ? firstName : whole);
		if (last === undefined && lastName !== undefined) fill(lastNamePath, answer, lastName);
		if (salutation !== undefined && !matched.has(salutationPath) && matched.get(firstNamePath)?.value !== whole)
			fill(salutationPath, answer, salutation);
	};

	const later: (readonly [string, Answer])[] = [];
	const kept = answers.filter(isKept);
	for (const answer of kept.slice(0, mostRead)) {
		const meaning = meaningOf(answer);
		if (meaning === 'fullName' && !isNested(answer.value)) wholeNames.push(answer);
		else if (meaning === undefined || meaning === 'fullName' || meaning === 'customField') keep(answer, answer.value);
		else if (ranked.has(meaning) && isSecondary(answer)) later.push([meaning, answer]);
		else place(meaning, answer);
	}
	// The work's phone, or another one, after the first to call.
	for (const [meaning, answer] of later) place(meaning, answer);
	wholeNames.forEach(placeName);
	for (const answer of kept.slice(mostRead)) keep(answer, answer.value);
	for (const [field, { from, values }] of lists) matched.set(field, { field, from: from.join(', '), value: values });
	for (const { field, value, from } of known) {
		if (isEmpty(value)) continue;
		if (!matched.has(field)) fill(field, { from }, value);
		else if (matched.get(field)?.value !== value) keep({ key: fieldAt(field)?.name ?? field }, value);
	}
	for (const [name, value] of Object.entries(extra)) if (!isEmpty(value)) keep({ key: name }, value);
	return { matched, custom, notices };
};
