import { wordsOf } from '../../text/text';
import type { Answer } from '../answer';
import { answerText } from '../fitted';
import { evidenceOf } from './evidenceOf';
import { contactMeanings, isPersonal } from './labels';
import { countIn } from './numbering';
import { groupsOf } from './standing';

/** Whether one name is the other, or a part of it. */
export const samePerson = (one: string, other: string): boolean => {
	const [fewer, more] = [one, other].map((name) => wordsOf(name)).sort((a, b) => a.length - b.length) as [
		readonly string[],
		readonly string[],
	];
	return fewer.every((word) => more.includes(word));
};

const nobody: ReadonlySet<Answer> = new Set();
const textOf = ({ value }: Answer): string => answerText(value).slice(0, 200);
const countOf = ({ key, label = key }: Answer): string => countIn(label);
const countedPlaceOf = (answer: Answer): string => `${groupsOf(answer.from)}|${countOf(answer)}`;

const isFirst = (answer: Answer): boolean => countOf(answer) <= '1';

/** The first name for which most speaks; undefined where only names of further persons are told, beside the number of somebody else. */
const leadAmong = (answers: readonly Answer[], names: readonly Answer[]): Answer | undefined => {
	const reached = answers.filter((answer) => {
		const { meaning, refused = meaning } = evidenceOf(answer);
		return contactMeanings.has(refused);
	});
	if (!names.some(isFirst) && reached.some(isFirst) && !reached.every(isFirst)) return undefined;
	return [...names].sort((one, other) => evidenceOf(other).weight - evidenceOf(one).weight)[0];
};

/** What carries the number of a name that is another than the person's: the phone beside a second client. */
export const ofNumbered = (answers: readonly Answer[], names: readonly Answer[]): ReadonlySet<Answer> => {
	if (!names.some((name) => countOf(name) !== '')) return nobody;
	const lead = leadAmong(answers, names);
	const others = new Set(
		names
			.filter(
				(name) =>
					evidenceOf(name).meaning !== 'leadInformation.lastName' &&
					countOf(name) !== '' &&
					(lead === undefined ||
						(countedPlaceOf(name) !== countedPlaceOf(lead) && !samePerson(textOf(name), textOf(lead)))),
			)
			.map(countedPlaceOf),
	);
	return others.size === 0
		? nobody
		: new Set(answers.filter((answer) => isPersonal(evidenceOf(answer).meaning) && others.has(countedPlaceOf(answer))));
};
