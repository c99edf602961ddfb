import { normalizeKey, wordsOf } from '../../text/text';
import { countryCode } from '../../values/country';
import { isTitle } from '../../values/person';
import type { Answer } from '../answer';
import { isAnother, isSecondary } from '../match/mention';
import { meaningOfQuestion } from '../match/questionText';
import { byValueKind, suits, textOfAnswer } from '../match/valueKind';
import { inNamedGroup } from './fieldGroup';
import { type Meaning, named, readLabel } from './labels';
import { guards } from './guard';
import { type Role, roleOfWord } from './roleWords';
import { groupsOf, type Standing, standingIn } from './standing';
import type { Why } from '../../lead/why';

/** What an answer tells: the field it is for, how much speaks for it, and why. */
export interface Evidence {
	readonly meaning: Meaning;
	/** The field that its name asks for, where whose it is kept it from there. */
	readonly refused?: Meaning;
	/** How much speaks for it; of two answers for one field the heavier is taken. */
	readonly weight: number;
	readonly why?: Why;
	/** Of whom or what it is. */
	readonly role?: Role;
	/** The name of the group that says so. */
	readonly group?: string;
}

/** How much each kind of evidence weighs. */
const weights = { type: 8, name: 6, words: 5, question: 4, mention: 3, group: 3 } as const;

const ofType = (type: string): Meaning => {
	const key = normalizeKey(type);
	if (key === 'tel' || key === 'telephone' || key === 'mobile' || key.includes('phone')) return 'leadInformation.phone';
	return key.includes('email') ? 'leadInformation.email' : undefined;
};

const keptAs = (role: Role): Why['kind'] =>
	role === 'other' || role === 'user' ? 'ofOther' : role === 'visit' || role === 'device' ? 'ofVisit' : 'ofThing';

const nothing: Evidence = { meaning: undefined, weight: 0 };

interface Asked {
	readonly meaning: Meaning;
	readonly weight: number;
	readonly why?: Why;
	readonly role?: Role;
}

/** Where another phone or email of somebody goes. */
const more: Readonly<Partial<Record<string, Meaning>>> = {
	'leadInformation.phone': 'additionalPhones',
	'leadInformation.email': 'additionalEmails',
};

/** What the name, the label and the words of a question ask for. */
const askedIn = (texts: readonly string[], value: unknown): Asked => {
	const read = texts.map(readLabel);
	const role = read.find((each) => each.role !== undefined)?.role;
	const own = role === undefined ? {} : { role };
	for (const { meaning, isExact } of read) if (meaning !== undefined && isExact) return { meaning, weight: weights.name };
	for (const { meaning, role: whose } of read) {
		if (meaning === undefined || !suits(meaning, value) || !byValueKind(meaning, value)) continue;
		return { meaning: isAnother(texts) ? (more[meaning] ?? meaning) : meaning, weight: weights.words, why: { kind: 'words' }, ...(whose === undefined ? {} : { role: whose }) };
	}
	for (const text of texts) {
		const asked = meaningOfQuestion(text, value, named);
		if (asked === undefined) continue;
		return asked.isMention
			? { meaning: asked.meaning, weight: weights.mention, why: { kind: 'mention' } }
			: { meaning: asked.meaning, weight: weights.question, why: { kind: 'words' } };
	}
	return { meaning: undefined, weight: 0, ...own };
};

/** Names that are of a title and nothing else, where "Title: Mr." is how somebody is addressed and no position. */
const bareTitle = new Set(['title', 'yourtitle', 'nametitle', 'salutation', 'prefix']);

const asAddressed = (meaning: Meaning, key: string, label: string | undefined, value: unknown): Meaning =>
	meaning === 'leadInformation.title' &&
	bareTitle.has(normalizeKey(label ?? key)) &&
	isTitle(textOfAnswer(value))
		? 'leadInformation.salutation'
		: meaning;

/** "Client name", `contact_phone`: a word beside the field's says that it is the person's. */
const saysClient = (text: string): boolean =>
	text.length <= 80 && wordsOf(text).length > 1 && wordsOf(text).some((word) => roleOfWord(word) === 'person' || roleOfWord(word) === 'contact');

/** "Country you live in" asks for a country where the answer is one. */
const countryAsked = (texts: readonly string[], value: unknown): boolean =>
	texts.some(
		(text) =>
			text.length < 80 &&
			/\bcountr(?:y|ies)\b|الدولة|دولة|البلد|بلد/iu.test(text.replace(/[_-]+/g, ' ')) &&
			!/\bcode\b|كود|رمز|interest|invest|buy|prefer|project|propert|تفضل|شراء|استثمار|مهتم/iu.test(text),
	) && countryCode(textOfAnswer(value)) !== undefined;

const weigh = (answer: Answer): Evidence => {
	const { key, label, type, from, value } = answer;
	const texts = label === undefined || label === key ? [key] : [key, label];
	const typed = type === undefined ? undefined : ofType(type);
	let asked = askedIn(texts, value);
	if (asked.meaning === undefined && countryAsked(texts, value))
		asked = { ...asked, meaning: 'leadInformation.address.country', weight: weights.question, why: { kind: 'words' } };
	if (typed !== undefined) asked = { ...asked, meaning: typed, weight: weights.type, why: answer.why ?? { kind: 'type' } };
	else {
		const grouped = inNamedGroup(asked.meaning, key, from, value);
		if (grouped !== asked.meaning) asked = { meaning: grouped, weight: weights.group, why: { kind: 'group' } };
	}
	const groups = groupsOf(from);
	// `company.name` is the company's name, and of whom that company is, the groups above it say.
	const path = asked.why?.kind === 'group' ? groupsOf(groups) : groups;
	const standing: Standing = answer.whose === undefined ? standingIn(path) : { role: answer.whose };
	const meaning = asAddressed(asked.meaning, key, label, value);
	if (meaning === undefined) return asked.role === undefined && standing.role === undefined ? nothing : { ...nothing, ...standing };
	const role = standing.role ?? asked.role;
	const isBare = key.length > 80 || wordsOf(key).length < 2;
	const keeping = [standing.role, asked.role].find(
		(each, at) => each !== undefined && guards(each, meaning, isBare || at === 1),
	);
	if (keeping !== undefined) {
		return {
			meaning: undefined,
			refused: meaning,
			weight: 0,
			why: { kind: keptAs(keeping) },
			role: keeping,
			...(keeping === standing.role && standing.group !== undefined ? { group: standing.group } : {}),
		};
	}
	if (typed === undefined && !suits(meaning, value)) return { ...nothing, ...standing };
	const secondary = isSecondary(answer) ? 3 : 0;
	const personal = role === 'person' || texts.some(saysClient) ? 1 : role === 'record' || role === 'user' ? -2 : 0;
	const bare = meaning === 'fullName' && /^(?:name|الاسم|اسم)$/iu.test(key.trim()) ? 1 : 0;
	return {
		meaning,
		weight: asked.weight + personal - bare - secondary,
		...(asked.why === undefined ? {} : { why: asked.why }),
		...(role === undefined ? {} : { role }),
		...(standing.group === undefined ? {} : { group: standing.group }),
	};
};

/** Answers never change, and are asked about again and again. */
const known = new WeakMap<Answer, Evidence>();

/** The evidence that one answer gives by itself: its type, its name and label, its value, and the groups that it stands in. */
export const evidenceOf = (answer: Answer): Evidence => {
	const before = known.get(answer);
	if (before !== undefined) return before;
	const evidence = weigh(answer);
	known.set(answer, evidence);
	return evidence;
};

/** The field that an answer is for by itself. */
export const meaningOf = (answer: Answer): Meaning => evidenceOf(answer).meaning;
