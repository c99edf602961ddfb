import { memoize } from '../../text/memoize';
import { westernDigits, wordsOf } from '../../text/text';
import type { Answer } from '../answer';
import { answerText } from '../fitted';
import { evidenceOf } from './evidenceOf';
import { isPersonal } from './labels';
import { groupsOf } from './standing';

/** Whether one name is the other, or a part of it. */
export const samePerson = (one: string, other: string): boolean => {
	const [fewer, more] = [one, other].map((name) => wordsOf(name)).sort((a, b) => a.length - b.length) as [
		readonly string[],
		readonly string[],
	];
	return fewer.every((word) => more.includes(word));
};

/** The number in a label, of persons as forms count them: `client_name_2`, "Guest 2 phone". */
const numberOf = memoize((label: string): string =>
	label.length > 60 ? '' : (/(?<!\d)0?([1-9])(?!\d)/.exec(westernDigits(label))?.[1] ?? ''),
);

const nobody: ReadonlySet<Answer> = new Set();
const textOf = ({ value }: Answer): string => answerText(value).slice(0, 200);
const placeOf = ({ key, from }: Answer): string => `${groupsOf(from)}|${numberOf(key)}`;

/** What carries the number of a name that is another than the person's: the phone beside a second client. */
export const ofNumbered = (answers: readonly Answer[], names: readonly Answer[]): ReadonlySet<Answer> => {
	if (names.length < 2 || !names.some(({ key }) => numberOf(key) !== '')) return nobody;
	const lead = [...names].sort((one, other) => evidenceOf(other).weight - evidenceOf(one).weight)[0] as Answer;
	const others = new Set(
		names
			.filter(
				(name) =>
					evidenceOf(name).meaning !== 'leadInformation.lastName' &&
					numberOf(name.key) !== '' &&
					placeOf(name) !== placeOf(lead) &&
					!samePerson(textOf(name), textOf(lead)),
			)
			.map(placeOf),
	);
	return others.size === 0
		? nobody
		: new Set(answers.filter((answer) => isPersonal(evidenceOf(answer).meaning) && others.has(placeOf(answer))));
};
