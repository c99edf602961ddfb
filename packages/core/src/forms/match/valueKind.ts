import { clean, westernDigits } from '../../text/text';
import { isNested } from '../fitted';

// The builds make each pattern with a property of Unicode anew where it stands in a function.
const letter = /\p{L}/u;
const twoLetters = /\p{L}{2}/u;
const fourLetters = /\p{L}{4}/u;
const capitalFirst = /^\p{Lu}/u;
const smallFirst = /^\p{Ll}/u;
const nameWord = /^[\p{L}\p{M}.'’-]{1,30}$/u;

const email = /^[^\s@,;<>]{1,64}@(?:[^\s@,;<>.]+\.)+[^\s@,;<>.]{2,}$/;

/** An answer as text where it is one value; empty for everything else. */
export const textOfAnswer = (value: unknown): string => {
	const [one, ...more] = Array.isArray(value) ? (value as readonly unknown[]) : [value];
	return more.length === 0 && (typeof one === 'string' || typeof one === 'number')
		? clean(String(one).slice(0, 300))
		: '';
};

/** Whether a text is one email address and nothing else. */
export const looksLikeEmail = (text: string): boolean => email.test(text);

/** Whether a text can be a phone, or two: seven digits, and no word beside them. */
export const looksLikePhone = (text: string): boolean =>
	text.length <= 120 && /(?:\d\D{0,3}){7}/.test(westernDigits(text)) && !fourLetters.test(text);

/** What stands for a name where nobody knows it. */
const nobody =
	/^(?:unknown|anonymous|private|restricted|withheld|unavailable|no name|n\/?a|null|undefined|غير معروف|مجهول|لا يوجد|بدون اسم)(?: (?:caller|name|number|user|visitor|contact))?$/iu;

/** Whether a text can be somebody's name: some letters, no more of them than a name has, and no yes or no. */
export const looksLikeName = (text: string): boolean =>
	text.length <= 100 && letter.test(text) && !/^(?:yes|no|true|false|on|نعم|لا)$/iu.test(text) && !nobody.test(text);

/** Whether a text is an id of a machine and no name: `recA1b2C3d4E5f6G7`, a UUID, a path. */
const looksLikeId = (text: string): boolean =>
	text.length >= 12 &&
	!text.includes(' ') &&
	(/^[^\s/]{1,80}(?:\/[^\s/]{1,80}){2,12}$/.test(text) ||
		(/^[\w-]{12,80}$/.test(text) &&
			((/\d/.test(text) && (/^[\da-f-]+$/i.test(text) || (/[a-z]/.test(text) && /[A-Z]/.test(text)))) ||
				(text.match(/[a-z][A-Z]/g)?.length ?? 0) > 2)));

/** What a column of customers says of somebody's kind, and no name has. */
const kinds =
	/^(?:new|old|first|hot|warm|cold|vip|regular|existing|returning|local|foreign|yes|no|by|via|any|other|direct|جديد|قديم|محتمل|حالي|مهم)$/iu;

/** Written as a sentence is: "Walk in". Of a name all words begin alike, but for what joins them. */
const isSentence = ([first = '', ...others]: readonly string[]): boolean =>
	capitalFirst.test(first) &&
	others.some((word) => smallFirst.test(word) && !/^(?:al|el|bin|ibn|abu|bint|de|van|von|da)\b/.test(word));

/** Whether a text is a whole name, and not a word about somebody: two to five words of letters. */
export const readsAsWholeName = (text: string): boolean => {
	const words = text.split(/\s+/);
	return (
		looksLikeName(text) &&
		words.length >= 2 &&
		words.length <= 5 &&
		words.every((word) => nameWord.test(word) && !kinds.test(word)) &&
		!isSentence(words)
	);
};

const named: ReadonlySet<string> = new Set(['fullName', 'leadInformation.firstName', 'leadInformation.lastName']);

/**
 * Whether an answer can be what a question seems to ask for: nothing but an email for an email, a number for a phone, and
 * for a name some letters. Every other field takes what it gets.
 */
export const byValueKind = (field: string, value: unknown): boolean => {
	const text = textOfAnswer(value);
	if (text === '') return true;
	if (field === 'leadInformation.email') return looksLikeEmail(text);
	if (field === 'leadInformation.phone') return looksLikePhone(text);
	return !named.has(field) || looksLikeName(text);
};

/** Fields that are words; "Area: 120" is a size, and a checked box is no name. */
const words: ReadonlySet<string> = new Set([
	'region',
	'leadInformation.address.city',
	'leadInformation.address.country',
]);
const switches: ReadonlySet<string> = new Set(['isQualified', 'customField']);

/** What somebody is to the company, and no position at work. */
const standing =
	/^(?:lead|user|customer|client|contact|admin|visitor|guest|member|prospect|subscriber|buyer|attendee|participant)$/i;

/** What a record is called by and no job: "Message from Mona", "Lead #5". */
const ofRecord =
	/\b(?:from|for|about|regarding|via|with|interest(?:ed)?|inquiry|enquiry|request)\b|[#@:/]|\d{2,}|["«»“”]|\bform\b|^new\b|(?:^|\s)(?:من|طلب|استفسار|رسالة)(?:\s|$)/iu;

/** Machines write their own kind under "source"; somebody comes from none of these. */
const machines =
	/^(?:android|iphone|ios|ipad|app|application|mobile|desktop|tablet|web|api|rest|webhook|zapier|make|n8n|import|imported|csv|excel|json|form|forms?[ _-]?submission|manual|system|server|client|user|bot|sdk|cloud|null|none|unknown|undefined|other|true|false|yes|no|test|inbound|outbound|incoming|outgoing|new|default|crm|integration|public[ _-]?api|windows|mac(?:os)?|linux|whatsapp-web|primary|main)$/i;

/** Whether a text reads as a place that leads come from: some words, and no address, number, id or machine. */
const readsAsSource = (text: string): boolean =>
	text.length <= 80 &&
	twoLetters.test(text) &&
	!/^\w+:|:\/\/|@|[{}<>=]|^www\.|^\/|\d{5}|^[0-9a-f-]{16,}$/i.test(text) &&
	!machines.test(text);

/** Whether a field that is meant by its very name can hold the answer at all; what it cannot is another question's. */
export const suits = (field: string, value: unknown): boolean => {
	if (typeof value === 'boolean') return switches.has(field);
	// What holds groups of its own is no text that somebody is called.
	if (named.has(field) && isNested(value)) return false;
	const text = textOfAnswer(value);
	if (text === '') return true;
	if (field === 'leadInformation.title') return !standing.test(text) && !ofRecord.test(text);
	if (field === 'leadSource') return readsAsSource(text);
	if (words.has(field)) return letter.test(text);
	if (named.has(field) && (nobody.test(text) || looksLikeId(text))) return false;
	return field !== 'fullName' || !/^(?:yes|no|true|false|نعم|لا)$/iu.test(text);
};
