import { memoize } from '../../text/memoize';
import { wordsOf } from '../../text/text';
import type { Answer } from '../answer';
import { answerText } from '../fitted';
import { looksLikeName, readsAsWholeName, textOfAnswer } from '../match/valueKind';
import { type Evidence, evidenceOf } from './evidenceOf';
import { contactMeanings, nameMeanings } from './labels';
import { samePerson } from './numbered';
import { groupsOf } from './standing';

/** What stands before the name of a field: `ticket_requester` of `ticket_requester_phone`. */
const before = ({ key }: Answer): string => (key.length > 80 ? '' : wordsBefore(key));
const wordsBefore = memoize((key: string): string =>
	wordsOf(key)
		.filter((word) => !namingWords.test(word))
		.join(' '),
);
const namingWords =
	/^(?:full|first|name|phone|mobile|cell|tel|telephone|whatsapp|number|no|email|mail|address|(?:ال)?(?:اسم|رقم|هاتف|جوال|موبايل|تليفون|واتساب|واتس|ايميل))$/;
/** Marks and numbers after it make no difference: "verifier_name *". */
const endsAsName = memoize((key: string): boolean => /(?:name|Name|NAME|اسم)$/.test(key.replace(marksAfter, '')));
const marksAfter = /[^\p{L}]{1,8}$/u;

/** Names under words that say nothing of whose they are: few forms have one. */
export const openNames = (answers: readonly Answer[]): readonly Answer[] => {
	let numbered: ReadonlySet<string> | undefined;
	const isBesideNumber = (answer: Answer, words: string): boolean => {
		numbered ??= new Set(answers.filter((each) => contactMeanings.has(evidenceOf(each).meaning)).map(prefixOf));
		return numbered.has(`${groupsOf(answer.from)}|${words}`) && readsAsWholeName(textOfAnswer(answer.value));
	};
	return answers.filter((answer) => {
		if (answer.key.length > 80) return false;
		const { meaning, refused } = evidenceOf(answer);
		if (meaning !== undefined || refused !== undefined) return false;
		if (endsAsName(answer.key)) return looksLikeName(textOfAnswer(answer.value));
		// A whole name under what somebody is, beside a number under the same words: "Concierge", "Concierge phone".
		const words = shortLabel(answer.key);
		return words !== '' && typeof answer.value === 'string' && isBesideNumber(answer, words);
	});
};

/** The words of a label of one to three; empty for any other. */
const shortLabel = memoize((key: string): string => {
	const words = wordsOf(key);
	return words.length > 3 ? '' : words.join(' ');
});

const prefixOf = (answer: Answer): string => `${groupsOf(answer.from)}|${before(answer)}`;

/** The name beside a phone or an email under the same words, where no other is told: whatever these words are, they are the person's. */
export const nameBeside = (answers: readonly Answer[], open: readonly Answer[]): Answer | undefined => {
	if (answers.some((answer) => nameMeanings.has(evidenceOf(answer).meaning))) return undefined;
	const prefixes = new Set(
		answers
			.filter((answer) => contactMeanings.has(evidenceOf(answer).meaning))
			.map(prefixOf)
			.filter((prefix) => !prefix.endsWith('|')),
	);
	return open.find((answer) => prefixes.has(prefixOf(answer)));
};

/** By its own words: a group that holds all of them tells them not apart. */
const isOfClient = ({ role, group }: Evidence): boolean =>
	group === undefined && (role === 'person' || role === 'contact');

/** Phones and emails that stand beside a name of their own, which is another than the person's: `verifier_name`, `verifier_phone`. */
export const besideOthers = (answers: readonly Answer[], open: readonly Answer[]): ReadonlySet<Answer> => {
	const lead = answers.find((answer) => nameMeanings.has(evidenceOf(answer).meaning));
	if (lead === undefined) return noAnswers;
	const [leadPrefix, leadName] = [before(lead), answerText(lead.value).slice(0, 200)];
	const others = new Set(
		open
			.filter((answer) => {
				const prefix = before(answer);
				return prefix !== '' && prefix !== leadPrefix && !samePerson(textOfAnswer(answer.value), leadName);
			})
			.map(prefixOf),
	);
	return new Set(
		answers.filter((answer) => {
			const evidence = evidenceOf(answer);
			const isNumber = contactMeanings.has(evidence.meaning) || evidence.meaning === 'additionalPhones';
			return isNumber && !isOfClient(evidence) && others.has(prefixOf(answer));
		}),
	);
};
const noAnswers: ReadonlySet<Answer> = new Set();
