import { isTitle, splitName } from '../values/person';
import type { Answer } from './answer';
import { answerText } from './fitted';
import type { Filled } from './filled';

export const firstNamePath = 'leadInformation.firstName';
const lastNamePath = 'leadInformation.lastName';
export const salutationPath = 'leadInformation.salutation';

/** The last name that a "name" beside a first name tells: the rest of a whole name, or all of it where it is no whole name. */
const lastNameBeside = (first: string, name: string): string | undefined => {
	const bare = [name, splitName(name).salutation === undefined ? name : name.split(/\s+/).slice(1).join(' ')].find(
		(each) => each.startsWith(`${first} `),
	);
	if (bare !== undefined) return bare.slice(first.length).trim();
	const words = new Set(first.split(/\s+/));
	return name.split(/\s+/).some((word) => words.has(word)) || /\s/.test(name) ? undefined : name;
};

/** A title as a salutation is written; anything else stays as it was typed. */
export const salutationOf = (typed: string): string =>
	isTitle(typed) ? (splitName(`${typed} Name`).salutation ?? typed) : typed;

/** "Dr. Ahmed" as a first name is a title and a name. */
export const titleApart = ({ matched, fill }: Filled): void => {
	const given = matched.get(firstNamePath);
	if (given === undefined || typeof given.value !== 'string' || !/[\s./\\]/.test(given.value)) return;
	const { firstName, lastName, salutation } = splitName(given.value);
	if (salutation === undefined) return;
	fill(firstNamePath, given, lastName === undefined ? firstName : `${firstName} ${lastName}`, given.because);
	if (!matched.has(salutationPath)) fill(salutationPath, given, salutation);
};

/** Whole names, the one for which most speaks first; what names somebody or something else is kept. */
export const placeNames = (names: readonly Answer[], { matched, fill, keep }: Filled): void => {
	const isAskedApart = matched.has(firstNamePath);
	for (const answer of names) {
		const whole = answerText(answer.value);
		const given = matched.get(firstNamePath)?.value;
		const last = matched.get(lastNamePath)?.value;
		if (given !== undefined) {
			const isKnown = [given, last].filter((part) => part !== undefined).join(' ') === whole || given === whole;
			// After a whole name another one tells no surname.
			const surname = isAskedApart && last === undefined ? lastNameBeside(answerText(given), whole) : undefined;
			if (surname !== undefined) fill(lastNamePath, answer, surname);
			else if (!isKnown) keep(answer, answer.value);
			continue;
		}
		const { firstName, lastName, salutation } = splitName(whole);
		// With a last name of its own beside it, "name" is the first name, unless it repeats the last one.
		fill(firstNamePath, answer, last === undefined || last === lastName ? firstName : whole);
		if (last === undefined && lastName !== undefined) fill(lastNamePath, answer, lastName);
		if (salutation !== undefined && !matched.has(salutationPath) && matched.get(firstNamePath)?.value !== whole)
			fill(salutationPath, answer, salutation);
	}
};
