import type { MatchReason } from '../../lead/why';
import { normalizeKey, wordsOf } from '../../text/text';
import { isTitle } from '../../values/person';
import type { Answer } from '../answer';
import { isSecondary } from '../match/mention';
import { looksLikeName, suits, textOfAnswer } from '../match/valueKind';
import { type Asked, askedIn, asksNothing, namesPerson, saysClient, weights } from './asked';
import { hasNamedGroup, inNamedGroup } from './fieldGroup';
import { guards } from './guard';
import { type Meaning, readLabel } from './labels';
import type { Role } from './roleWords';
import { countIn } from './numbering';
import { groupsOf, type Standing, standingIn } from './standing';

/** What an answer tells: the field it is for, how much speaks for it, and why. */
export interface Evidence {
	readonly meaning: Meaning;
	/** The field that its name asks for, where whose it is kept it from there. */
	readonly refused?: Meaning;
	/** How much speaks for it; of two answers for one field the heavier is taken. */
	readonly weight: number;
	readonly why?: MatchReason;
	/** Of whom or what it is. */
	readonly role?: Role;
	/** The name of the group that says so. */
	readonly group?: string;
}

const nothing: Evidence = { meaning: undefined, weight: 0 };

const ofType = (type: string): Meaning => {
	const key = normalizeKey(type);
	if (key === 'tel' || key === 'telephone' || key === 'mobile' || key.includes('phone')) return 'leadInformation.phone';
	return key.includes('email') ? 'leadInformation.email' : undefined;
};

/** Names that are of a title and nothing else, where "Title: Mr." is how somebody is addressed and no position. */
const bareTitle = new Set(['title', 'yourtitle', 'nametitle', 'salutation', 'prefix']);

/** اللقب is a surname or a title. */
const maybeTitle = new Set(['اللقب', 'لقب'].map(normalizeKey));

const asAddressed = (meaning: Meaning, { key, label = key, value }: Answer): Meaning => {
	const name = normalizeKey(label);
	const isAddress =
		(meaning === 'leadInformation.title' && bareTitle.has(name)) ||
		(meaning === 'leadInformation.lastName' && maybeTitle.has(name));
	return isAddress && isTitle(textOfAnswer(value)) ? 'leadInformation.salutation' : meaning;
};

/** A column that is called "Client" may hold the client's number. */
const isNoName = (meaning: Meaning, texts: readonly string[], value: unknown): boolean => {
	const text = meaning === 'fullName' && texts.some(namesPerson) ? textOfAnswer(value) : '';
	return text !== '' && !looksLikeName(text);
};

const keptAs = (role: Role): MatchReason['kind'] =>
	role === 'other' || role === 'user' ? 'ofOther' : role === 'visit' || role === 'device' ? 'ofVisit' : 'ofThing';

/** What its type, its name and its group ask for: the type wins, since people label a phone field in a thousand ways. */
const askedBy = (answer: Answer, texts: readonly string[]): Asked => {
	const { key, type, from, value, why } = answer;
	const asked = askedIn(texts, value);
	const typed = type === undefined ? undefined : ofType(type);
	if (typed !== undefined) return { ...asked, meaning: typed, weight: weights.type, why: why ?? { kind: 'type' } };
	const grouped = inNamedGroup(asked.meaning, key, from, value);
	return grouped === asked.meaning ? asked : { meaning: grouped, weight: weights.group, why: { kind: 'group' } };
};

const standingOf = ({ whose, from, label }: Answer, asked: Asked): Standing => {
	if (whose !== undefined) return { role: whose };
	const groups = groupsOf(from);
	// `company.name` is the company's name, and of whom that company is, the groups above it say.
	const standing = standingIn(asked.why?.kind === 'group' ? groupsOf(groups) : groups);
	// A question of a form is its answer's, and not the form's.
	return label !== undefined && standing.role === 'frame' ? { role: undefined } : standing;
};

/** What keeps a value from a field of the lead: the group that it stands in, or a word of its own name. */
const keptFrom = (meaning: Meaning, answer: Answer, asked: Asked, standing: Standing): Evidence | undefined => {
	const isBare = answer.key.length > 80 || wordsOf(answer.key).length < 2;
	const byGroup = standing.role !== undefined && guards(standing.role, meaning, isBare);
	// A customer's `channel_phone` is the customer's.
	const isOwn = asked.role === 'thing' && standing.role === 'person' && meaning === 'leadInformation.phone';
	const role = byGroup ? standing.role : isOwn ? undefined : asked.role;
	if (role === undefined || (!byGroup && !guards(role, meaning))) return undefined;
	const group = byGroup && standing.group !== undefined ? { group: standing.group } : {};
	return { meaning: undefined, refused: meaning, weight: 0, why: { kind: keptAs(role) }, role, ...group };
};

/** The second of several comes after the first, wherever it stands: `client_name_2`, `buyer_2_name`. */
const isCountedOn = (key: string): boolean => countIn(key) > '1';

const bareName = /^(?:name|الاسم|اسم)$/iu;

/** Who is asked for a job in so many words may well be a buyer. */
const asksForJob = (meaning: Meaning, texts: readonly string[]): boolean =>
	meaning === 'leadInformation.title' &&
	texts.some((text) => /job|organi[sz]ation|occupation|profession|وظيف|مهن/i.test(text));

const weigh = (answer: Answer): Evidence => {
	const { key, label } = answer;
	const texts = label === undefined || label === key ? [key] : [key, label];
	const asked = askedBy(answer, texts);
	const standing = standingOf(answer, asked);
	const meaning = asAddressed(asked.meaning, answer);
	if (meaning === undefined) return standing.role === undefined ? nothing : { ...nothing, ...standing };
	const kept = keptFrom(meaning, answer, asked, standing);
	if (kept !== undefined) return kept;
	if (isNoName(meaning, texts, answer.value)) return { ...nothing, ...standing };
	if (asked.weight !== weights.type && !suits(meaning, answer.value) && !asksForJob(meaning, texts))
		return { ...nothing, ...standing };
	const role = standing.role ?? asked.role;
	const personal = role === 'person' || texts.some(saysClient) ? 1 : role === 'record' || role === 'user' ? -2 : 0;
	const bare = meaning !== 'fullName' ? 0 : bareName.test(key.trim()) ? 1 : /nick/i.test(key) ? 2 : 0;
	const why = answer.why ?? asked.why;
	return {
		meaning,
		weight: asked.weight + personal - bare - (isSecondary(answer) ? 3 : 0) - (isCountedOn(label ?? key) ? 3 : 0),
		...(why === undefined ? {} : { why }),
		...(role === undefined ? {} : { role }),
		...(standing.group === undefined ? {} : { group: standing.group }),
	};
};

/** Evidence that no value changes, by where an answer stands and what it is called: forms ask the same again and again. */
let plain = new Map<string, Evidence>();
const mostPlain = 4000;
const dependsOnValue = /title|role|position|وظيف|prefix|salutation|لقب/i;

/** A label that is the very name of a field, in no group that names one, tells the same of every value that suits it. */
const isPlain = ({ key, from, type }: Answer): boolean =>
	(type !== undefined && ofType(type) !== undefined) ||
	(readLabel(key).isExact && !dependsOnValue.test(key) && !namesPerson(key) && !hasNamedGroup(from));

/** A label that asks for nothing, in no group that names a field, tells nothing of any value. */
const isSilent = ({ key, label = key, from, type }: Answer): boolean =>
	(type === undefined || ofType(type) === undefined) &&
	asksNothing(key) &&
	(label === key || asksNothing(label)) &&
	!hasNamedGroup(from);

const inLists = /\.\d+(?=\.)/g;

/** The name by which the evidence of an answer may be known; undefined where more than its names tells of it. Which row of a list it is says nothing. */
const nameOf = ({ key, label, type, from, whose, why }: Answer): string | undefined =>
	whose !== undefined || why !== undefined || from.length > 120 || (label !== undefined && label.length > 80)
		? undefined
		: `${from.includes('.') ? from.replace(inLists, '.0') : from}\n${key}\n${label ?? ''}\n${type ?? ''}`;

/** Whether evidence is of every value under these names. */
const isOfNames = (evidence: Evidence, answer: Answer): boolean =>
	evidence.meaning !== undefined || evidence.refused !== undefined ? isPlain(answer) : isSilent(answer);

const weighOnce = (answer: Answer): Evidence => {
	const name = nameOf(answer);
	const before = name === undefined ? undefined : plain.get(name);
	if (before !== undefined) {
		if (before.meaning === undefined || before.why?.kind === 'type' || suits(before.meaning, answer.value))
			return before;
		return weigh(answer);
	}
	const evidence = weigh(answer);
	if (name !== undefined && isOfNames(evidence, answer)) {
		if (plain.size >= mostPlain) plain = new Map();
		plain.set(name, evidence);
	}
	return evidence;
};

/** Answers never change, and are asked about again and again. */
const known = new WeakMap<Answer, Evidence>();

/** The evidence that one answer gives by itself: its type, its name and label, its value, and the groups that it stands in. */
export const evidenceOf = (answer: Answer): Evidence => {
	const before = known.get(answer);
	if (before !== undefined) return before;
	const evidence = weighOnce(answer);
	known.set(answer, evidence);
	return evidence;
};

/** The field that an answer is for by itself. */
export const meaningOf = (answer: Answer): Meaning => evidenceOf(answer).meaning;
