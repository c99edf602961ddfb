import { isEmpty } from '../reading/coerce';
import type { Answer } from './answer';
import { fitted, readAs } from './fitted';
import { looksLikeEmail } from './match/valueKind';
import { append, fill, keep, move, type Sorting } from './sorting';

export const phonePath = 'leadInformation.phone';

/** Where a second answer for a filled field goes. */
const overflow: Readonly<Record<string, string>> = {
	[phonePath]: 'additionalPhones',
	'leadInformation.email': 'additionalEmails',
};

/** Nobody has more phones; reading one takes long. */
const mostOfOne = 200;

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

const placeOne = (sorting: Sorting, path: string, answer: Answer): void => {
	const { matched, settings } = sorting;
	const value = fitted(path, answer.value, settings);
	const more = overflow[path];
	if (value === undefined) return move(sorting, path, answer);
	if (Array.isArray(value)) return append(sorting, path, answer, value);
	if (!matched.has(path)) return fill(sorting, path, answer, value);
	if (more === undefined) return keep(sorting, answer, answer.value);
	// A second phone or email: the very same adds nothing, and "same number" must not stop the lead.
	const [first, second] = [matched.get(path)?.value, value].map((each) => readAs(path, each, settings));
	if (second === undefined) move(sorting, more, answer);
	else if (second !== first) append(sorting, more, answer, [value]);
};

/** Puts an answer on the field that it means, or on the one for further values; else into Custom Field. */
export const place = (sorting: Sorting, path: string, answer: Answer): void => {
	const values = each(path, answer.value);
	for (const value of values.slice(0, mostOfOne)) if (!isEmpty(value)) placeOne(sorting, path, { ...answer, value });
	if (values.length > mostOfOne) keep(sorting, answer, values.slice(mostOfOne));
};
