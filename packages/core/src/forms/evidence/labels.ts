import { fieldAt, type FieldPath, fields, fullNameSynonyms } from '../../catalog/fields';
import { memoize } from '../../text/memoize';
import { normalizeKey, wordsOf } from '../../text/text';
import { isDecoration, unnumbered } from './numbering';
import { type Role, roleOfWord, tellsSecond } from './roleWords';
import { plainLabel } from './plainLabel';

/** What an answer is about: a field of the catalog, a person's whole name, or nothing that a lead has a field for. */
export type Meaning = FieldPath | 'fullName' | undefined;

/** What a label's own words say. */
export interface LabelReading {
	readonly meaning: Meaning;
	/** The label is a name of the field and nothing else. */
	readonly isExact: boolean;
	/** Whose the field is, by a word beside its name: `agent_phone`. */
	readonly role?: Role;
}

const catalogued: readonly (readonly [name: string, meaning: Meaning])[] = [
	...fields.flatMap((field) =>
		[...field.synonyms, field.label, field.labelAr, field.name].map((name) => [name, field.path] as const),
	),
	...fullNameSynonyms.map((name) => [name, 'fullName'] as const),
];

/** What means something else without its article: قطر is a country. */
const otherSense = new Set(['قطر', 'عمل', 'شهرة']);

/** Arabic names of fields as they are without their articles: شارع for الشارع. */
const withoutArticles = catalogued.flatMap(([name, meaning]): readonly (readonly [string, Meaning])[] => {
	const bare = name.replace(/(?<!\p{L})ال(?=\p{L}{3})/gu, '');
	return bare === name || otherSense.has(bare) ? [] : [[bare, meaning]];
});
const meanings: ReadonlyMap<string, Meaning> = new Map<string, Meaning>(
	[...withoutArticles, ...catalogued].map(([name, meaning]) => [normalizeKey(name), meaning]),
);

/** What a name stands for by the catalog alone. */
export const named = (name: string): Meaning => meanings.get(normalizeKey(name));

/** Whether a field is of the person or of where they live. */
export const isPersonal = (meaning: Meaning): boolean =>
	meaning === 'fullName' || (meaning !== undefined && ['person', 'address'].includes(fieldAt(meaning)?.group ?? ''));

/** What somebody can be called or written to by. */
export const contactMeanings: ReadonlySet<Meaning> = new Set<Meaning>([
	'leadInformation.phone',
	'leadInformation.email',
]);
/** What tells somebody's name. */
export const nameMeanings: ReadonlySet<Meaning> = new Set<Meaning>([
	'fullName',
	'leadInformation.firstName',
	'leadInformation.lastName',
]);

/** What tells who somebody is: a name, or how they are reached. */
export const isNameOrContact = (meaning: Meaning): boolean => nameMeanings.has(meaning) || contactMeanings.has(meaning);

/** Names that are whole words of a person's, whatever stands before them; "name" and "title" alone are of anything. */
const telling: ReadonlySet<Meaning> = new Set<Meaning>([
	'leadInformation.firstName',
	'leadInformation.lastName',
	'leadInformation.phone',
	'leadInformation.email',
]);

/** What may stand before a part of an address: where somebody lives, or the address itself. */
const ofHome = new Set(
	wordsOf(
		'home address addr billing mailing residence residential residency current postal permanent living location العنوان السكن',
	),
);
/** A builder's own few letters before the name: `mx_City`. */
const isShortMark = (word: string): boolean => /^[a-z]{1,2}$/.test(word) && !/^(?:to|in|at|of|by|on|no)$/.test(word);
const ofAddress = (word: string): boolean => ofHome.has(word.replace(/(?<=\D)\d+$/, '')) || isShortMark(word);
/** What a label has after a name that somebody has something: "Manager's phone". */
const isPossessive = /(?<!\b(?:what|who|where|when|how|it|that|there|here|let|today))['’]s\s/iu;

/** Fields of which a lead or a client has one: `lead_campaign`, ميزانية العميل. */
const ofLead: ReadonlySet<Meaning> = new Set<Meaning>([
	'leadDescription',
	'campaignName',
	'setName',
	'dealSize',
	'tags',
]);

const isOfPerson = (word: string): boolean => roleOfWord(word) === 'person' || roleOfWord(word) === 'contact';

/** Whether words before the name of a field leave it what it is. */
const mayStandBefore = (before: readonly string[], meaning: Meaning, last: readonly string[]): boolean => {
	if (meaning === undefined || meaning === 'customField') return false;
	const others = before.filter((word) => !isDecoration(word) && !isOfPerson(word) && roleOfWord(word) !== 'user');
	if (others.length === 0) return isPersonal(meaning) || ofLead.has(meaning) || before.every(isDecoration);
	if (telling.has(meaning)) return last.length > 1 || !/^(?:رقم|number|mail|name)$/.test(last[0] ?? '');
	if (meaning === 'fullName') return last.length > 1;
	const group = named(others.join(' '));
	if (meaning === 'leadInformation.salutation') return group === 'fullName';
	return fieldAt(meaning)?.group === 'address' && others.every(ofAddress);
};

const mostWords = 8;

/** The longest name of a field that ends the words, after words that leave it what it is: `mf-listing-fname`, `Address_City`. */
const endingIn = (words: readonly string[]): Meaning => {
	for (let start = 0; start < words.length; start++) {
		const last = words.slice(start);
		const meaning = named(last.join(' '));
		if (meaning !== undefined) return mayStandBefore(words.slice(0, start), meaning, last) ? meaning : undefined;
	}
	return undefined;
};

/** "customername", `userphone`: two words that are written as one, the first of which says whose it is. */
const unglued = (words: readonly string[]): readonly string[] => {
	const [only = '', ...others] = words;
	if (others.length > 0 || only.length < 6 || only.length > 30) return words;
	for (let at = 3; at <= only.length - 3; at++) {
		const [whose, field] = [only.slice(0, at), only.slice(at)];
		const role = roleOfWord(whose);
		// A "username" is of an account.
		if (role !== undefined && isPersonal(named(field)) && !(role === 'user' && named(field) === 'fullName'))
			return [whose, field];
	}
	return words;
};

/** Whether the label says that somebody else has it: "Manager's phone", and not "client's phone". */
const ofSomebodys = (label: string, roles: ReadonlySet<Role | undefined>): boolean =>
	isPossessive.test(label) && !roles.has('person') && !roles.has('contact') && !roles.has('user');

/** Whom a message about it goes to is the company's own: `to_emails`, `cc_email`. */
const isAddressee = ([first = '', ...others]: readonly string[]): boolean =>
	others.length > 0 && others.length < 3 && /^(?:to|cc|bcc)$/.test(first);

const strongRoles: readonly Role[] = ['other', 'visit', 'device', 'place', 'thing', 'frame', 'record', 'user'];

/** What a label says, value aside; numbers, prefixes and marks around the name of a field make no difference. */
export const readLabel = memoize((label: string): LabelReading => {
	const read = readWhole(plainLabel(label));
	if (read.meaning !== undefined || label.length > 120) return read;
	// "Full name (as in the passport)": what stands in brackets is a remark.
	const [, bare] = remarked.exec(label) ?? [];
	if (bare === undefined) return read;
	const { meaning, role = read.role } = readWhole(plainLabel(bare));
	return {
		meaning: isPersonal(meaning) ? meaning : undefined,
		isExact: false,
		...(role === undefined ? {} : { role }),
	};
});
const remarked = /^([^([]*[^([\s])\s*[([][^()[\]]{0,80}[)\]]\s*[*:]?$/u;

const markFirst = /^[^\p{L}\d]/u;

/** "Name of company" is "company name". */
const possession = /^\s*([a-z]{2,12})[\s_]of[\s_](?:the[\s_]|your[\s_])?([a-z]{2,20})\s*[*:]?\s*$/i;

/** The same of a label without remarks. */
const readWhole = (label: string): LabelReading => {
	const exact = named(label);
	if (exact !== undefined) return { meaning: exact, isExact: true };
	if (label.length > 80) return { meaning: undefined, isExact: false };
	const [, what, ofWhat] = possession.exec(label) ?? [];
	const turned = what === undefined ? undefined : named(`${ofWhat} ${what}`);
	if (turned !== undefined) return { meaning: turned, isExact: true };
	const bare = unnumbered(label);
	const again = bare === label ? undefined : named(bare);
	// A form's second "phone2" is a phone; "note2" is what its form calls so.
	if (again !== undefined && (isPersonal(again) || !label.startsWith(bare) || markFirst.test(label.slice(bare.length))))
		return { meaning: again, isExact: true };
	if (again !== undefined) return { meaning: undefined, isExact: false };
	const words = unglued(wordsOf(bare));
	const found = new Set(words.map(roleOfWord));
	const isOther = ofSomebodys(bare, found) || isAddressee(words) || tellsSecond(words);
	const role = isOther ? 'other' : strongRoles.find((each) => found.has(each));
	const own = role === undefined ? {} : { role };
	if (words.length > mostWords) return { meaning: undefined, isExact: false, ...own };
	const trimmed = [...words];
	while (trimmed.length > 1 && isDecoration(trimmed.at(-1) ?? '')) trimmed.pop();
	// Whose it is may stand after it too: "phone of the agent", هاتف المسؤول.
	const meaning = endingIn(trimmed);
	if (meaning !== undefined || !words.some((word) => roleOfWord(word) !== undefined))
		return { meaning, isExact: false, ...own };
	const apart = endingIn(trimmed.filter((word) => roleOfWord(word) === undefined && word !== 'of'));
	// "Source of the lead", and not `contact_source`, which a record has of its own.
	const isOfLead = ofLead.has(apart) || (apart === 'leadSource' && found.has('person'));
	// اسم المستخدم is what somebody logs in by.
	const isPersonsOwn = isPersonal(apart) && !(apart === 'fullName' && found.has('user'));
	const isTold = isPersonsOwn || (isOfLead && role === undefined);
	return { meaning: isTold ? apart : undefined, isExact: false, ...own };
};
