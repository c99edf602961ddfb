import { isEmpty } from '../coerce';
import { fieldAt } from '../fields';
import type { Notice } from '../issue';
import { splitName } from '../person';
import type { ReadingSettings } from '../settings';
import { isRecord, shorten } from '../text';
import type { Answer, Matched, Submission } from './answer';
import { answerText, fitted, readAs } from './fitted';
import { meaningOf, titleOf } from './match';

export const phonePath = 'leadInformation.phone';
const firstNamePath = 'leadInformation.firstName';
const lastNamePath = 'leadInformation.lastName';
const salutationPath = 'leadInformation.salutation';

/** Where a second answer for a filled field goes. */
const overflow: Readonly<Record<string, string>> = { [phonePath]: 'additionalPhones', 'leadInformation.email': 'additionalEmails' };

export interface Sorted {
	readonly matched: ReadonlyMap<string, Matched>;
	/** Answers that no field takes, by the question's own words. */
	readonly custom: ReadonlyMap<string, string>;
	readonly notices: readonly Notice[];
}

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
	const fill = (field: string, { from }: Pick<Answer, 'from'>, value: unknown): unknown => matched.set(field, { field, from, value });
	const append = (field: string, { from }: Answer, values: readonly unknown[]): void => {
		const before = matched.get(field);
		const listed = Array.isArray(before?.value) ? (before.value as unknown[]) : [];
		matched.set(field, { field, from: before === undefined ? from : `${before.from}, ${from}`, value: [...listed, ...values] });
	};

	const place = (path: string, answer: Answer): void => {
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

	const placeName = (answer: Answer): void => {
		const whole = answerText(answer.value);
		const filled = [firstNamePath, lastNamePath].flatMap((path) => matched.get(path)?.value ?? []);
		if (matched.has(firstNamePath)) {
			if (filled.join(' ') !== whole) keep(answer, answer.value);
			return;
		}
		const { firstName, lastName, salutation } = splitName(whole);
		const last = matched.get(lastNamePath)?.value;
		// With a last name of its own beside it, "name" is the first name, unless it repeats the last one.
		fill(firstNamePath, answer, last === undefined || last === lastName ? firstName : whole);
		if (last === undefined && lastName !== undefined) fill(lastNamePath, answer, lastName);
		if (salutation !== undefined && !matched.has(salutationPath) && matched.get(firstNamePath)?.value !== whole) fill(salutationPath, answer, salutation);
	};

	for (const answer of answers) {
		if (isEmpty(answer.value)) continue;
		const meaning = meaningOf(answer);
		if (meaning === 'fullName' && !isRecord(answer.value)) wholeNames.push(answer);
		else if (meaning === undefined || meaning === 'fullName' || meaning === 'customField') keep(answer, answer.value);
		else place(meaning, answer);
	}
	wholeNames.forEach(placeName);
	for (const { field, value, from } of known) {
		if (isEmpty(value)) continue;
		if (!matched.has(field)) fill(field, { from }, value);
		else if (matched.get(field)?.value !== value) keep({ key: fieldAt(field)?.name ?? field }, value);
	}
	for (const [name, value] of Object.entries(extra)) if (!isEmpty(value)) keep({ key: name }, value);
	return { matched, custom, notices };
};
