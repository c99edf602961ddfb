import { splitName } from '../values/person';
import type { Answer } from './answer';
import { answerText } from './fitted';
import { fill, keep, type Sorting } from './sorting';

const firstNamePath = 'leadInformation.firstName';
const lastNamePath = 'leadInformation.lastName';
const salutationPath = 'leadInformation.salutation';

/** The last name that a "name" beside a first name tells: the rest of a whole name, or all of it where it is no whole name. */
const lastNameBeside = (first: string, name: string): string | undefined => {
	const bare = [name, splitName(name).salutation === undefined ? name : name.split(/\s+/).slice(1).join(' ')].find(
		(each) => each.startsWith(`${first} `),
	);
	if (bare !== undefined) return bare.slice(first.length).trim();
	const words = new Set(first.split(/\s+/));
	return name.split(/\s+/).some((word) => words.has(word)) || /\s/.test(name) ? undefined : name;
};

/** A whole name where a first name was asked for by itself. */
const placeBesideFirst = (sorting: Sorting, answer: Answer, firstName: unknown): void => {
	const { matched } = sorting;
	const whole = answerText(answer.value);
	const filled = [firstNamePath, lastNamePath].flatMap((path) => matched.get(path)?.value ?? []);
	const lastName = lastNameBeside(answerText(firstName), whole);
	if (!matched.has(lastNamePath) && lastName !== undefined) fill(sorting, lastNamePath, answer, lastName);
	else if (filled.join(' ') !== whole && firstName !== whole) keep(sorting, answer, answer.value);
};

/** Puts a whole name on the fields of its parts, as far as these were not asked for by themselves. */
export const placeName = (sorting: Sorting, answer: Answer): void => {
	const { matched } = sorting;
	const given = matched.get(firstNamePath)?.value;
	if (given !== undefined) return placeBesideFirst(sorting, answer, given);
	const whole = answerText(answer.value);
	const { firstName, lastName, salutation } = splitName(whole);
	const last = matched.get(lastNamePath)?.value;
	// With a last name of its own beside it, "name" is the first name, unless it repeats the last one.
	fill(sorting, firstNamePath, answer, last === undefined || last === lastName ? firstName : whole);
	if (last === undefined && lastName !== undefined) fill(sorting, lastNamePath, answer, lastName);
	if (salutation !== undefined && !matched.has(salutationPath) && matched.get(firstNamePath)?.value !== whole)
		fill(sorting, salutationPath, answer, salutation);
};
