import { type FieldPath, fields } from '../fields';
import { clean, normalizeKey } from '../text';
import { byValueKind } from './valueKind';

/** What a name stands for by the catalog alone. */
export type NameMeaning = FieldPath | 'fullName' | undefined;

/** Marks that part a label in two: "Full name / الاسم بالكامل", "Phone (WhatsApp)", "City - المدينة". */
const partings = /[/|()[\]:،,;•*\n]|\s[-–—]\s/;

const asking = [
	'what is', "what's", 'whats', 'may we have', 'can we have', 'please', 'kindly', 'enter', 'type', 'write', 'provide', 'add', 'leave', 'us', 'your', 'the',
	'ما هو', 'ما هي', 'من فضلك', 'برجاء', 'الرجاء', 'يرجى', 'رجاء', 'ادخل', 'أدخل', 'إدخال', 'ادخال', 'اكتب', 'أكتب', 'كتابة', 'ضع', 'اترك',
];
/** Words around the name of a field that only ask for it. */
const leadIn = new RegExp(`^(?:(?:${asking.join('|')})\\s+)+`, 'iu');
const leadOut = /(?<!\s)\s+(?:here|please|below|هنا|من فضلك)$/iu;

/** Whose answer it is, before the name of a field: `customer_phone`, `lead-email`, `billingCity`. */
const whose = new Set(['customer', 'client', 'contact', 'lead', 'billing', 'buyer', 'guest', 'visitor', 'applicant', 'prospect']);
const personal: ReadonlySet<string> = new Set(fields.filter(({ group }) => group === 'person' || group === 'address').map(({ path }) => path));

const told: ReadonlySet<NameMeaning> = new Set<NameMeaning>(['fullName', 'leadInformation.firstName', 'leadInformation.lastName', 'leadInformation.phone', 'leadInformation.email']);

type Lookup = (name: string) => NameMeaning;

const ofOwner = (key: string, lookup: Lookup): NameMeaning => {
	const [first = '', ...rest] = key.replace(/([a-z])([A-Z])/g, '$1 $2').split(/[\s_-]+/);
	if (rest.length === 0 || !whose.has(first.toLowerCase())) return undefined;
	const meaning = lookup(rest.join(' '));
	return meaning === 'fullName' || (meaning !== undefined && personal.has(meaning)) ? meaning : undefined;
};

const longestQuestion = 200;

/**
 * The meaning of a question that is no plain name. A label in two languages means what both its parts mean. For a name, a
 * phone and an email more is understood, "What is your name?" or "Phone (Egypt only)", since without them there is no
 * lead; and only where the answer can be one. Any other field takes an answer only where the whole question is its name:
 * "Budget in SAR" is not a deal size.
 */
export const meaningOfQuestion = (question: string, value: unknown, lookup: Lookup): NameMeaning => {
	if (question.length > longestQuestion) return undefined;
	const owned = ofOwner(question, lookup);
	if (owned !== undefined) return owned;
	const parts = question.split(partings).map(clean).filter((part) => normalizeKey(part) !== '');
	const bare = parts.map((part) => part.replace(/(?<![?؟!.\s])[?؟!.\s]+$/u, '').replace(leadIn, '').replace(leadOut, ''));
	const found = parts.map((part, index) => {
		const exact = lookup(part);
		if (exact !== undefined) return exact;
		const asked = lookup(bare[index] ?? part);
		return told.has(asked) ? asked : undefined;
	});
	const [first] = found;
	if (first === undefined || found.some((each) => each !== undefined && each !== first)) return undefined;
	if (found.includes(undefined) && !told.has(first)) return undefined;
	return byValueKind(first, value) ? first : undefined;
};
