import { wordsOf } from '../../text/text';
import type { Answer } from '../answer';
import { type Evidence, evidenceOf } from './evidenceOf';
import { contactMeanings, isNameOrContact, type Meaning, nameMeanings, readLabel } from './labels';
import { ofNumbered } from './numbered';
import { besideOthers, nameBeside, openNames } from './openNames';
import { othersIn, placeOf } from './persons';
import { roleOfWord } from './roleWords';
import { groupsOf } from './standing';

const nobody: ReadonlySet<string> = new Set();
const noAnswers: ReadonlySet<Answer> = new Set();

/** Which of name, phone and email some answer tells that is not of a `user`. */
const toldWithoutUsers = (answers: readonly Answer[]): ReadonlySet<string> => {
	const told = new Set(
		answers.flatMap((answer) => {
			const { meaning, role } = evidenceOf(answer);
			if (role === 'user') return [];
			return nameMeanings.has(meaning) ? ['name'] : contactMeanings.has(meaning) ? [meaning ?? ''] : [];
		}),
	);
	// Somebody's name beside that of the person is what a team's phone stands with.
	const isTeamsName = (answer: Answer): boolean => {
		const { meaning, role, group } = evidenceOf(answer);
		return role === 'user' && group === undefined && nameMeanings.has(meaning);
	};
	if (answers.some(isTeamsName)) told.add('user');
	return told;
};

/** A `user` in a group of its own is the person only where nobody else is told; a `user_name` where there is no other name. */
const isTeam = ({ meaning, role, group }: Evidence, told: ReadonlySet<string>): boolean => {
	if (role !== 'user') return false;
	if (group !== undefined) return told.size > (told.has('user') ? 1 : 0);
	if (contactMeanings.has(meaning)) return told.has(meaning ?? '') || (told.has('name') && told.has('user'));
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
				return isNameOrContact(meaning) || meaning === 'leadInformation.company';
			})
			.map((answer) => placeOf(answer).split('|')[0] ?? ''),
	);
	return (answer) =>
		isBareTitle(answer) && (isNamedAsClient || (places.size > 0 && !places.has(placeOf(answer).split('|')[0] ?? '')));
};

/** Further persons, as forms count them, are set apart first: what is left tells who the first is. */
const withoutNumbered = (answers: readonly Answer[]): readonly Answer[] => {
	const names = answers.filter((answer) => nameMeanings.has(evidenceOf(answer).meaning));
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
		if (nameMeanings.has(meaning)) names.push(answer);
		if (role === 'user') hasUser = true;
		if (saysUserSpeaks(answer)) isUserSpeaking = true;
		if (meaning === 'leadInformation.title' && isBareTitle(answer)) hasTitle = true;
	}
	const others = othersIn(answers, names);
	const beside = name !== undefined || open.length === 0 ? noAnswers : besideOthers(answers, open);
	const isOthers = (answer: Answer, meaning: Meaning): boolean =>
		(isNameOrContact(meaning) && others.has(placeOf(answer))) ||
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
