import { memoize } from '../../text/memoize';
import { wordsOf } from '../../text/text';
import type { Answer } from '../answer';
import { answerText } from '../fitted';
import { looksLikeName, readsAsWholeName, textOfAnswer } from '../match/valueKind';
import { saysClient } from './asked';
import { type Evidence, evidenceOf } from './evidenceOf';
import { type Meaning, named, readLabel } from './labels';
import { isWrapping, roleOfWord } from './roleWords';
import { ofNumbered, samePerson } from './numbered';
import { groupsOf } from './standing';

const reaching: ReadonlySet<Meaning> = new Set<Meaning>(['leadInformation.phone', 'leadInformation.email']);
const naming: ReadonlySet<Meaning> = new Set<Meaning>([
	'fullName',
	'leadInformation.firstName',
	'leadInformation.lastName',
]);

/** One group of answers that tells a person: where it stands, the name in it, and how much speaks for it being the lead. */
interface Person {
	readonly place: string;
	name: string;
	reaches: boolean;
	rank: number;
}

/** The group that tells a person: without what only holds one field of it, and with what stands before a flat name. */
const placeOf = ({ from, key }: Answer): string => {
	const groups = groupsOf(from).split('.');
	let isPartOfField = false;
	while (groups.length > 0) {
		const last = groups.at(-1) ?? '';
		const isPart =
			last === '' || /^\d+$/.test(last) || last === 'value' || (last.length <= 40 && named(last) !== undefined);
		if (!isPart) break;
		isPartOfField ||= last !== '' && !/^\d+$/.test(last) && last !== 'value';
		groups.pop();
	}
	const path = groups.join('.');
	// `Name.First` and `Name.Last` are of one name.
	return isPartOfField || readLabel(key).isExact || key.length > 80 ? path : `${path}|${wordsOf(key)[0] ?? ''}`;
};

const roleRank = ({ role }: Evidence): number =>
	role === 'person' ? 3 : role === 'contact' ? 2 : role === 'record' ? -1 : 0;

/** Every group that names a person. */
const personsIn = (answers: readonly Answer[]): readonly Person[] => {
	const persons = new Map<string, Person>();
	for (const answer of answers) {
		const evidence = evidenceOf(answer);
		const { meaning } = evidence;
		if (!reaching.has(meaning) && !naming.has(meaning)) continue;
		const place = placeOf(answer);
		const depth = place.split('.').filter((group) => !isWrapping(group)).length;
		const person = persons.get(place) ?? { place, name: '', reaches: false, rank: -depth / 100 };
		// Whom the form calls a client is not outdone by somebody in a group of their own.
		const client = [answer.key, answer.label ?? answer.key].some(saysClient) ? 2 : 0;
		if (naming.has(meaning)) person.name = `${person.name} ${answerText(answer.value).slice(0, 200)}`.trim();
		else person.reaches = true;
		person.rank = Math.max(person.rank, Math.max(roleRank(evidence), client) - depth / 100);
		persons.set(place, person);
	}
	const all = [...persons.values()];
	// A number in nobody's group is of somebody named elsewhere who has none of their own.
	const isLoose = all.some((each) => each.reaches && each.name === '');
	for (const each of all) each.rank += each.reaches ? 1 : isLoose ? 1.5 : 0;
	return all.filter(({ name }) => name !== '');
};

const nobody: ReadonlySet<string> = new Set();

/** Groups that name somebody else than the one for whom most speaks. */
const othersIn = (answers: readonly Answer[], names: readonly Answer[]): ReadonlySet<string> => {
	if (names.length < 2) return nobody;
	const [place, ...places] = names.map(placeOf);
	if (places.every((each) => each === place)) return nobody;
	const persons = personsIn(answers);
	if (persons.length < 2) return nobody;
	// Two flat names are of two people where one of them has a number of their own.
	const isFlat = names.length < 3 && names.every(({ from }) => !from.includes('.'));
	if (isFlat && !persons.some(({ place, reaches: isReached }) => place.includes('|') && isReached)) return nobody;
	const [lead, ...rest] = [...persons].sort((one, other) => other.rank - one.rank);
	return new Set(
		rest.filter(({ name }) => lead !== undefined && !samePerson(name, lead.name)).map(({ place }) => place),
	);
};

/** Which of name, phone and email some answer tells that is not of a `user`. */
const toldWithoutUsers = (answers: readonly Answer[]): ReadonlySet<string> => {
	const told = new Set(
		answers.flatMap((answer) => {
			const { meaning, role } = evidenceOf(answer);
			if (role === 'user') return [];
			return naming.has(meaning) ? ['name'] : reaching.has(meaning) ? [meaning ?? ''] : [];
		}),
	);
	// Somebody's name beside that of the person is what a team's phone stands with.
	const isTeamsName = (answer: Answer): boolean => {
		const { meaning, role, group } = evidenceOf(answer);
		return role === 'user' && group === undefined && naming.has(meaning);
	};
	if (answers.some(isTeamsName)) told.add('user');
	return told;
};

/** A `user` in a group of its own is the person only where nobody else is told; a `user_name` where there is no other name. */
const isTeam = ({ meaning, role, group }: Evidence, told: ReadonlySet<string>): boolean => {
	if (role !== 'user') return false;
	if (group !== undefined) return told.size > (told.has('user') ? 1 : 0);
	if (reaching.has(meaning)) return told.has(meaning ?? '') || (told.has('name') && told.has('user'));
	return told.has('name');
};

/** A chat that says which side wrote: of the users in it that one is no colleague. */
const saysUserSpeaks = ({ key, value }: Answer): boolean =>
	value === 'user' && /^(?:from|sender|author|(?:sender|author)_?type)$/i.test(key);

const namesClient = ({ key, label = key }: Answer): boolean =>
	[key, label].some(
		(text) =>
			text.length <= 80 &&
			readLabel(text).meaning === 'fullName' &&
			wordsOf(text).some((word) => roleOfWord(word) === 'person' || roleOfWord(word) === 'contact'),
	);

/** What only a deal or a lead of a CRM has, whose title is its own. */
const ofDeal = /^(?:opportunity|(?:stage|pipeline|status|assigned_?by)_?id)$/i;

const isBareTitle = (answer: Answer): boolean =>
	evidenceOf(answer).meaning === 'leadInformation.title' &&
	/^(?:title|role|position|العنوان الوظيفي)$/i.test(answer.key.trim());

/**
 * Which titles are a record's and not a person's: where the client is named as such and no company stands beside, and in a group
 * that tells nothing else of the person.
 */
const titlesOfRecords = (answers: readonly Answer[]): ((answer: Answer) => boolean) => {
	const isNamedAsClient =
		answers.some(({ key }) => ofDeal.test(key)) ||
		(answers.some(namesClient) && !answers.some((answer) => evidenceOf(answer).meaning === 'leadInformation.company'));
	const places = new Set(
		answers
			.filter((answer) => {
				const { meaning } = evidenceOf(answer);
				return reaching.has(meaning) || naming.has(meaning) || meaning === 'leadInformation.company';
			})
			.map((answer) => placeOf(answer).split('|')[0] ?? ''),
	);
	return (answer) =>
		isBareTitle(answer) && (isNamedAsClient || (places.size > 0 && !places.has(placeOf(answer).split('|')[0] ?? '')));
};

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
const openNames = (answers: readonly Answer[]): readonly Answer[] => {
	let numbered: ReadonlySet<string> | undefined;
	const isBesideNumber = (answer: Answer, words: string): boolean => {
		numbered ??= new Set(answers.filter((each) => reaching.has(evidenceOf(each).meaning)).map(prefixOf));
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
const nameBeside = (answers: readonly Answer[], open: readonly Answer[]): Answer | undefined => {
	if (answers.some((answer) => naming.has(evidenceOf(answer).meaning))) return undefined;
	const prefixes = new Set(
		answers
			.filter((answer) => reaching.has(evidenceOf(answer).meaning))
			.map(prefixOf)
			.filter((prefix) => !prefix.endsWith('|')),
	);
	return open.find((answer) => prefixes.has(prefixOf(answer)));
};

/** By its own words: a group that holds all of them tells them not apart. */
const isOfClient = ({ role, group }: Evidence): boolean =>
	group === undefined && (role === 'person' || role === 'contact');

/** Phones and emails that stand beside a name of their own, which is another than the person's: `verifier_name`, `verifier_phone`. */
const besideOthers = (answers: readonly Answer[], open: readonly Answer[]): ReadonlySet<Answer> => {
	const lead = answers.find((answer) => naming.has(evidenceOf(answer).meaning));
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
			const isNumber = reaching.has(evidence.meaning) || evidence.meaning === 'additionalPhones';
			return isNumber && !isOfClient(evidence) && others.has(prefixOf(answer));
		}),
	);
};
const noAnswers: ReadonlySet<Answer> = new Set();

/** Further persons, as forms count them, are set apart first: what is left tells who the first is. */
const withoutNumbered = (answers: readonly Answer[]): readonly Answer[] => {
	const names = answers.filter((answer) => naming.has(evidenceOf(answer).meaning));
	const numbered = ofNumbered(answers, names);
	return numbered.size === 0
		? answers
		: answers.map((answer): Answer => (numbered.has(answer) ? { ...answer, whose: 'other' } : answer));
};

/** Answers of which the others of the form tell whose they are: somebody else's, or the record's own. */
export const inContext = (all: readonly Answer[]): readonly Answer[] => {
	const given = withoutNumbered(all);
	const open = openNames(given);
	const name = open.length === 0 ? undefined : nameBeside(given, open);
	const answers =
		name === undefined
			? given
			: given.map(
					(answer): Answer =>
						answer === name
							? { key: 'name', value: answer.value, from: answer.from, whose: 'person', why: { kind: 'group' } }
							: answer,
				);
	const names: Answer[] = [];
	let [hasUser, hasTitle, isUserSpeaking] = [false, false, false];
	for (const answer of answers) {
		const { meaning, role } = evidenceOf(answer);
		if (naming.has(meaning)) names.push(answer);
		if (role === 'user') hasUser = true;
		if (saysUserSpeaks(answer)) isUserSpeaking = true;
		if (meaning === 'leadInformation.title' && isBareTitle(answer)) hasTitle = true;
	}
	const others = othersIn(answers, names);
	const beside = name !== undefined || open.length === 0 ? noAnswers : besideOthers(answers, open);
	const isOthers = (answer: Answer, meaning: Meaning): boolean =>
		((reaching.has(meaning) || naming.has(meaning)) && others.has(placeOf(answer))) ||
		(groupsOf(answer.from) !== '' && others.has(groupsOf(answer.from))) ||
		beside.has(answer);
	if (isUserSpeaking) hasUser = false;
	const told = hasUser
		? toldWithoutUsers(answers.filter((answer) => !isOthers(answer, evidenceOf(answer).meaning)))
		: nobody;
	const isRecords = hasTitle ? titlesOfRecords(answers) : undefined;
	if (others.size === 0 && beside.size === 0 && !hasUser && isRecords === undefined) return answers;
	return answers.map((answer) => {
		const evidence = evidenceOf(answer);
		if (evidence.meaning === undefined) return answer;
		const isOther = isOthers(answer, evidence.meaning) || (hasUser && isTeam(evidence, told));
		if (isOther) return { ...answer, whose: 'other' as const };
		return isRecords?.(answer) === true ? { ...answer, whose: 'thing' as const } : answer;
	});
};
