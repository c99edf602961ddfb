import { normalizeKey } from '../../text/text';
import { isInternational } from '../../values/internationalPhone';
import { readPhone } from '../../values/phone';
import type { Answer } from '../answer';
import { saysClient } from '../evidence/asked';
import { evidenceOf } from '../evidence/evidenceOf';
import { countIn } from '../evidence/numbering';
import { groupsOf } from '../evidence/standing';
import { doubtfulKeys, isBareNumber, isChatId, isOwnSide, isSenderGroup, isSenderKey, numberIn } from './marks';

/** A number that may be of the one who wrote or called, and how much speaks for it. */
interface Candidate {
	readonly answer: Answer;
	readonly number: string;
	readonly weight: number;
}

const segmentsOf = (from: string): readonly string[] => from.split('.').slice(0, -1);

/** Groups of somebody with a name of their own, who need not be the one who wrote or called. */
const namedGroupsIn = (answers: readonly Answer[]): ReadonlySet<string> =>
	new Set(
		answers
			.filter(({ from }) => from.includes('.') && !isSenderGroup(segmentsOf(from).at(-1) ?? ''))
			.filter((answer) => {
				const { meaning } = evidenceOf(answer);
				return meaning === 'fullName' || meaning === 'leadInformation.firstName';
			})
			.map(({ from }) => groupsOf(from)),
	);

const candidate = (answer: Answer, country: string): Candidate | undefined => {
	const number = numberIn(answer.value);
	const groups = segmentsOf(answer.from);
	const isOfSender = isBareNumber(answer.key) && isSenderGroup(groups.at(-1) ?? '');
	if (number === undefined || (isOwnSide(answer.key) && !isOfSender) || groups.some(isOwnSide)) return undefined;
	const { meaning, role } = evidenceOf(answer);
	const key = normalizeKey(answer.key);
	const isNamed = isSenderKey(key);
	// An `author` with an id of WhatsApp wrote from there, and nobody of the company's does.
	const isWriter = isNamed && groups.length === 0 && isChatId(answer.value);
	if ((role === 'other' && !isWriter) || role === 'device' || role === 'visit') return undefined;
	const inSender = groups.some(isSenderGroup);
	if (!isNamed && !inSender && meaning !== 'leadInformation.phone' && !isChatId(answer.value)) return undefined;
	if (!isInternational(number) && readPhone(number, country).kind !== 'valid') return undefined;
	const weight =
		(isNamed ? (doubtfulKeys.has(key) ? 2 : 4) : 0) +
		(inSender ? 3 : 0) +
		(meaning === 'leadInformation.phone' ? 3 : 0) +
		(saysClient(answer.key) ? 3 : 0) -
		(countIn(answer.key) > '1' ? 2 : 0) +
		(isChatId(answer.value) && key !== 'sender' ? 1 : 0) -
		(key === 'sender' && groups.length === 0 ? 1 : 0);
	return weight > 0 ? { answer, number, weight } : undefined;
};

/** A `number` alone, where no other is told. */
const bareIn = (
	answers: readonly Answer[],
	country: string,
): { readonly answer: Answer; readonly number: string } | undefined => {
	const numbers = answers.filter(
		({ key, from, value }) => numberIn(value) !== undefined && (isOwnSide(key) || from === key),
	);
	const [answer, ...others] = numbers;
	const number = answer === undefined ? undefined : numberIn(answer.value);
	if (answer === undefined || others.length > 0 || number === undefined || !isBareNumber(answer.key)) return undefined;
	return isInternational(number) || readPhone(number, country).kind === 'valid' ? { answer, number } : undefined;
};

/** The number of the one who wrote or called: of all that may be it the one for which most speaks. */
export const senderOf = (
	answers: readonly Answer[],
	country: string,
): { readonly answer: Answer; readonly number: string } | undefined => {
	let best: Candidate | undefined;
	const named = namedGroupsIn(answers);
	for (const answer of answers) {
		const found = candidate(answer, country);
		if (found === undefined) continue;
		const weight = found.weight - (named.has(groupsOf(answer.from)) ? 4 : 0);
		if (best === undefined || weight > best.weight) best = { ...found, weight };
	}
	return best ?? bareIn(answers, country);
};
