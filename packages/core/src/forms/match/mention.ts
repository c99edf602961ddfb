import { fieldAt, type FieldPath, fullNameSynonyms } from '../../catalog/fields';
import { memoize } from '../../text/memoize';
import { wordsOf } from '../../text/text';
import type { Meaning as NameMeaning } from '../evidence/labels';
import { type Role, roleOfWord, tellsSecond } from '../evidence/roleWords';
import { looksLikeEmail, looksLikeName, looksLikePhone, textOfAnswer } from './valueKind';

/** A word without what Arabic writes with it: the article and prepositions before, "your" after. هاتفك is هاتف, بالموبايل is موبايل. */
const stem = (word: string): string => /^(?:[وبفك]?ال|لل|ل(?=رقم))?(.{3,}?)(?:كم|ك)?$/.exec(word)?.[1] ?? word;

const stems = (text: string): string => wordsOf(text).map(stem).join(' ');

/** Any of these phrases, whole words of it. */
const containing = (phrases: readonly string[]): RegExp =>
	new RegExp(`(?:^| )(?:${[...new Set(phrases)].join('|')})(?: |$)`, 'u');

const namesOf = (path: FieldPath): readonly string[] => [
	...(fieldAt(path)?.synonyms ?? []),
	fieldAt(path)?.label ?? '',
];

// "Your number" is one word in Arabic, and "number" alone is on every document.
const phoneNames = containing(
	namesOf('leadInformation.phone')
		.map(stems)
		.filter((name) => name !== 'رقم')
		// Keys in capitals and in one case have no words apart: PHONENUMBER.
		.flatMap((name) => [name, name.replaceAll(' ', '')]),
);
const emailNames = containing(namesOf('leadInformation.email').map(stems));
/** One word names too many things; "your name" names one. اسمك is two words in one. */
const personNames = containing(
	[...fullNameSynonyms.filter((name) => /\s/.test(name)), 'اسمك', 'اسمكم', 'esmak', 'ismak'].map((name) =>
		wordsOf(name).join(' '),
	),
);

/** "Number" alone is on every document; another number beside a phone is another phone. */
const numbers = containing(['number', 'numbers', 'no', 'num', 'nr', 'line', 'رقم', 'ارقام', 'نمره'].map(stems));
/** Things about a phone that are no number of it. */
const aspects = containing(['id', 'ids', 'type', 'model', 'brand', 'hash', 'consent', 'username', 'مستخدم'].map(stems));
/** "Your" anything is the person's own, whatever else the question tells of: "your number, for the project's brochure". */
const yours = /\b(?:your|you|my)\b|\p{L}{3}(?:ك|كم)(?:[\s؟?:.،]|$)/iu;
const foreign: ReadonlySet<Role | undefined> = new Set<Role | undefined>(['other', 'visit', 'device']);
const things: ReadonlySet<Role | undefined> = new Set<Role | undefined>(['place', 'thing', 'frame', 'user']);

/** Whether a question asks about somebody else or a thing. */
const isOfOthers = (question: string): boolean => {
	const roles = wordsOf(question).map(roleOfWord);
	return (
		roles.some((role) => foreign.has(role)) ||
		tellsSecond(wordsOf(question)) ||
		(!yours.test(question) && roles.some((role) => things.has(role))) ||
		aspects.test(stems(question))
	);
};

const another = containing(
	[
		'other',
		'another',
		'second',
		'secondary',
		'alternate',
		'alternative',
		'additional',
		'backup',
		'spare',
		'آخر',
		'أخرى',
		'إضافي',
		'اضافى',
		'ثاني',
		'تاني',
		'بديل',
		'احتياطي',
		'alt',
		'2nd',
		'extra',
		'تانى',
		'ثانى',
		'ثان',
	].map(stems),
);

/** "Work number", and not "Number of the business". */
const numberLast = /(?:^| )(?:number|no|num)$/;

/** What a question would ask for, were its answer a name, a phone or an email. */
interface Mentions {
	readonly name: NameMeaning;
	readonly phone: NameMeaning;
	readonly email: NameMeaning;
}

const none: Mentions = { name: undefined, phone: undefined, email: undefined };

const mentionsIn = memoize(
	(question: string): Mentions => {
		if (isOfOthers(question)) return none;
		const words = stems(question);
		const isMore = another.test(words);
		const asksPhone = phoneNames.test(words);
		const isOfWork = secondary.test(words) && numberLast.test(words);
		return {
			name: personNames.test(wordsOf(question).join(' ')) ? 'fullName' : undefined,
			phone:
				(isMore && (asksPhone || numbers.test(words))) || (isOfWork && !asksPhone)
					? 'additionalPhones'
					: asksPhone
						? 'leadInformation.phone'
						: undefined,
			email: !emailNames.test(words) ? undefined : isMore ? 'additionalEmails' : 'leadInformation.email',
		};
	},
	{ longest: 200 },
);

/**
 * What a longer question asks for, where it mentions a name, a phone or an email in its words and the answer is one:
 * "And the best number to reach you on?", "رقم تليفونك عليه واتساب". Without these three there is no lead; nothing else is
 * told so freely. Another person's is nobody's here.
 */
export const mentioned = (question: string, value: unknown): NameMeaning => {
	const { name, phone, email } = mentionsIn(question);
	if (name === undefined && phone === undefined && email === undefined) return undefined;
	const text = textOfAnswer(value);
	if (looksLikeEmail(text)) return email;
	if (looksLikePhone(text)) return phone;
	return looksLikeName(text) ? name : undefined;
};

/** Whether a question mentions a name, a phone or an email, whatever its answer looks like. */
export const mentionsAny = (question: string): boolean =>
	Object.values(mentionsIn(question)).some((meaning) => meaning !== undefined);

const asksForAnother = memoize((text: string): boolean => another.test(stems(text)));
/** Whether a label asks for another one than the first. */
export const isAnother = (texts: readonly string[]): boolean =>
	texts.some((text) => asksForAnother(text.slice(0, 200)));

/** Of several phones, emails or cities of a person these are not the first to use: of work, of WhatsApp, of the governorate. */
const secondary = containing(
	[
		'whatsapp',
		'whats',
		'whats app',
		'wa',
		'واتس',
		'واتساب',
		'work',
		'business',
		'office',
		'home',
		'landline',
		'المحافظة',
		'governorate',
	].map(stems),
);

const isSecondaryLabel = memoize(
	(label: string): boolean => {
		const words = stems(label);
		return secondary.test(words) || another.test(words);
	},
	{ longest: 200 },
);

/** Whether another answer of the same meaning comes before this one. */
export const isSecondary = ({ key, label = '' }: { readonly key: string; readonly label?: string }): boolean =>
	isSecondaryLabel(`${key.slice(0, 200)} ${label.slice(0, 200)}`);
