import { memoize } from '../../text/memoize';
import { clean, normalizeKey } from '../../text/text';
import { type Meaning as NameMeaning, named } from '../evidence/labels';
import { plainLabel } from '../evidence/plainLabel';
import { mentioned, mentionsAny } from './mention';
import { byValueKind } from './valueKind';

/** Marks and words that part a label: "Full name / الاسم بالكامل", "Phone (WhatsApp)", "City - المدينة", "Comment or message". */
const partings = /[/|()[\]:،,;•*\n]|\s[-–—]\s|\s(?:or|أو|او|ou)\s/i;

const asking = [
	'what is',
	"what's",
	'whats',
	'may we have',
	'can we have',
	'please',
	'kindly',
	'enter',
	'type',
	'write',
	'provide',
	'add',
	'leave',
	'us',
	'your',
	'the',
	'ما هو',
	'ما هي',
	'من فضلك',
	'برجاء',
	'الرجاء',
	'يرجى',
	'رجاء',
	'ادخل',
	'أدخل',
	'إدخال',
	'ادخال',
	'اكتب',
	'أكتب',
	'كتابة',
	'ضع',
	'اترك',
	'el',
	'al',
	'il',
];
/** Words around the name of a field that only ask for it; el and al are the Arabic article in Latin letters. */
const leadIn = new RegExp(`^(?:(?:${asking.join('|')})[\\s_-]+)+`, 'iu');
const leadOut = /(?<!\s)\s+(?:here|please|below|هنا|من فضلك)$/iu;
/** "Number" in Arabic, in Latin letters, before the name of a phone: rakam el mobile. */
const numberOf = /^(?:ra[kq2]a?m|r[kq]m)[\s_-]+(?:(?:el|al|il)[\s_-]+)?/iu;

const told: ReadonlySet<NameMeaning> = new Set<NameMeaning>([
	'fullName',
	'leadInformation.firstName',
	'leadInformation.lastName',
	'leadInformation.phone',
	'leadInformation.email',
]);

type Lookup = (name: string) => NameMeaning;

/** What a part of a question names, whole or with words around it that only ask. */
const ofPart = (part: string, lookup: Lookup): NameMeaning => {
	const exact = lookup(part);
	if (exact !== undefined) return exact;
	const bare = part
		.replace(/(?<![?؟!.\s])[?؟!.\s]+$/u, '')
		.replace(leadIn, '')
		.replace(leadOut, '');
	const asked = lookup(bare);
	if (asked !== undefined) return told.has(asked) || /^(?:el|al|il)[\s_-]/i.test(part) ? asked : undefined;
	return numberOf.test(bare) && lookup(bare.replace(numberOf, '')) === 'leadInformation.phone'
		? 'leadInformation.phone'
		: undefined;
};

const longestQuestion = 200;

export interface AskedFor {
	readonly meaning: NameMeaning;
	/** The question only mentions it. */
	readonly isMention: boolean;
}

interface Parts {
	/** The field that the parts name, where the whole of them does. */
	readonly meaning: NameMeaning;
	/** They name several. */
	readonly isMixed: boolean;
}

const partsOf = memoize(
	(question: string): Parts => {
		const parts = question
			.split(partings)
			.map(clean)
			.filter((part) => normalizeKey(part) !== '');
		const found = parts.map((part) => ofPart(part, named));
		const [meaning, ...more] = new Set(found.filter((each) => each !== undefined));
		// A greeting may come before a question, "Hello, what's your name?", and nothing before the name of a field.
		const begins = found[0] !== undefined || /[?؟]/.test(question);
		const fits =
			meaning !== undefined && more.length === 0 && begins && (told.has(meaning) || !found.includes(undefined));
		return { meaning: fits ? meaning : undefined, isMixed: more.length > 0 };
	},
	{ longest: longestQuestion },
);

/**
 * The meaning of a question that is no plain name. A label in two languages means what both its parts mean. For a name, a
 * phone and an email more is understood, "What is your name?" or "Phone (Egypt only)", since without them there is no
 * lead; and only where the answer can be one. Any other field takes an answer only where the whole question is its name:
 * "Budget in SAR" is not a deal size.
 */
export const meaningOfQuestion = (asked: string, value: unknown): AskedFor | undefined => {
	if (asked.length > longestQuestion) return undefined;
	const question = plainLabel(asked);
	const { meaning, isMixed } = partsOf(question);
	if (meaning !== undefined && byValueKind(meaning, value)) return { meaning, isMention: false };
	const mention = isMixed ? undefined : mentioned(question, value);
	return mention === undefined ? undefined : { meaning: mention, isMention: true };
};

/** Whether a question may ask for a field by any answer to it. */
export const mayAsk = (asked: string): boolean => {
	if (asked.length > longestQuestion) return false;
	const question = plainLabel(asked);
	const { meaning, isMixed } = partsOf(question);
	return meaning !== undefined || (!isMixed && mentionsAny(question));
};
