import type { MatchReason } from '../../lead/why';
import { memoize } from '../../text/memoize';
import { wordsOf } from '../../text/text';
import { countryCode } from '../../values/country';
import { isChatId } from '../conversation/marks';
import { isAnother } from '../match/mention';
import { mayAsk, meaningOfQuestion } from '../match/questionText';
import { byValueKind, looksLikeEmail, looksLikePhone, readsAsWholeName, suits, textOfAnswer } from '../match/valueKind';
import { type Meaning, readLabel } from './labels';
import { isDecoration } from './numbering';
import { type Role, roleOfWord } from './roleWords';

/** How much each kind of evidence weighs. */
export const weights = { type: 8, name: 6, words: 5, question: 4, mention: 3, group: 3 } as const;

/** What a name and a label ask for, and how much speaks for it. */
export interface Asked {
	readonly meaning: Meaning;
	readonly weight: number;
	readonly why?: MatchReason;
	/** Whose it is, by a word of the label. */
	readonly role?: Role;
}

/** Where another phone or email of somebody goes. */
const more: Readonly<Partial<Record<string, Meaning>>> = {
	'leadInformation.phone': 'additionalPhones',
	'leadInformation.email': 'additionalEmails',
};

/** "Client name", `contact_phone`: a word beside the field's says that it is the person's. */
export const saysClient = memoize((text: string): boolean => {
	const words = wordsOf(text);
	return (
		text.length <= 80 &&
		words.length > 1 &&
		words.some((word) => roleOfWord(word) === 'person' || roleOfWord(word) === 'contact')
	);
});

const asksForCountry = memoize(
	(label: string): boolean =>
		/\bcountr(?:y|ies)\b|الدولة|دولة|البلد|بلد/iu.test(label.replace(/[_-]+/g, ' ')) &&
		!/\bcode\b|كود|رمز|interest|invest|buy|prefer|project|propert|تفضل|شراء|استثمار|مهتم/iu.test(label),
);

/** A column or a question that is called after the one who asks: "Client", "Contact person", العميل. */
export const namesPerson = memoize((text: string): boolean => {
	if (text.length > 40) return false;
	const words = wordsOf(text).filter((word) => !isDecoration(word));
	return (
		words.length > 0 &&
		words.some((word) => roleOfWord(word) === 'person' || word === 'person') &&
		words.every((word) => roleOfWord(word) === 'person' || roleOfWord(word) === 'contact')
	);
});

/** Whether a text asks for no field at all, whatever stands as its answer. */
export const asksNothing = memoize(
	(text: string): boolean =>
		text.length <= 80 &&
		readLabel(text).meaning === undefined &&
		!mayAsk(text) &&
		!asksForCountry(text) &&
		!isPersonsWord(text) &&
		!namesPerson(text),
);

/** "Country you live in" asks for a country where the answer is one. */
const countryAsked = (texts: readonly string[], value: unknown): boolean =>
	texts.some((text) => text.length < 80 && asksForCountry(text)) && countryCode(textOfAnswer(value)) !== undefined;

/** The name of a person under what the person is, where the answer is a whole name and says nothing of a customer. */
const personNamed = (texts: readonly string[], value: unknown): boolean => {
	if (!texts.some(namesPerson)) return false;
	const text = textOfAnswer(value);
	return readsAsWholeName(text) && !wordsOf(text).some((word) => roleOfWord(word) !== undefined);
};

/** "Contact", "Contact info", "Client", "SMS": a number or an address under what the person is, is theirs. */
const isPersonsWord = memoize((text: string): boolean => {
	const words = text.length > 40 ? [] : wordsOf(text).filter((word) => !isDecoration(word) && !ofInfo.test(word));
	return (
		words.length > 0 && words.every((word) => ['person', 'contact'].includes(roleOfWord(word) ?? '') || ways.test(word))
	);
});
/** By what somebody may be reached at a number. */
const ways = /^(?:sms|viber|telegram|signal|رسائل|فايبر|تليجرام|تيليجرام)$/;
const ofInfo = /^(?:info|information|details?|way|method|number|no|بيانات|معلومات|طريقة|رقم)$/;
const reachedBy = (texts: readonly string[], value: unknown): Meaning => {
	if (!texts.some(isPersonsWord)) return undefined;
	const text = textOfAnswer(value);
	if (looksLikeEmail(text)) return isChatId(text) ? undefined : 'leadInformation.email';
	return typedPhone.test(text) && looksLikePhone(text) ? 'leadInformation.phone' : undefined;
};
/** As a person writes a number, and no id of a record: with a plus or a zero before, or a country's code. */
const typedPhone = /^(?:\+|0|٠|\(|9[67]\d|20)/;

/** What the name, the label and the words of a question ask for. */
export const askedIn = (texts: readonly string[], value: unknown): Asked => {
	let role: Role | undefined;
	for (const text of texts) {
		const { meaning, isExact, role: whose } = readLabel(text);
		if (meaning !== undefined && isExact) return { meaning, weight: weights.name };
		role ??= whose;
	}
	const own = role === undefined ? {} : { role };
	for (const text of texts) {
		const { meaning, role: whose } = readLabel(text);
		if (meaning === undefined || !suits(meaning, value) || !byValueKind(meaning, value)) continue;
		return {
			meaning: isAnother(texts) ? (more[meaning] ?? meaning) : meaning,
			weight: weights.words,
			why: { kind: 'words' },
			...(whose === undefined ? {} : { role: whose }),
		};
	}
	for (const text of texts) {
		const asked = meaningOfQuestion(text, value);
		if (asked === undefined) continue;
		return asked.isMention
			? { meaning: asked.meaning, weight: weights.mention, why: { kind: 'mention' } }
			: { meaning: asked.meaning, weight: weights.question, why: { kind: 'words' } };
	}
	const reached = reachedBy(texts, value);
	if (reached !== undefined) return { meaning: reached, weight: weights.mention, why: { kind: 'words' }, ...own };
	if (personNamed(texts, value))
		return { meaning: 'fullName', weight: weights.mention, why: { kind: 'words' }, ...own };
	return countryAsked(texts, value)
		? { meaning: 'leadInformation.address.country', weight: weights.question, why: { kind: 'words' }, ...own }
		: { meaning: undefined, weight: 0, ...own };
};
