import { wordsOf } from '../../text/text';
import type { Answer } from '../answer';
import { answerText } from '../fitted';
import { saysClient } from './asked';
import { type Evidence, evidenceOf } from './evidenceOf';
import { isNameOrContact, named, nameMeanings, readLabel } from './labels';
import { samePerson } from './numbered';
import { isWrapping } from './roleWords';
import { groupsOf } from './standing';

/** One group of answers that tells a person: where it stands, the name in it, and how much speaks for it being the lead. */
interface Person {
	readonly place: string;
	name: string;
	reaches: boolean;
	rank: number;
}

/** The group that tells a person: without what only holds one field of it, and with what stands before a flat name. */
export const placeOf = ({ from, key }: Answer): string => {
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
		if (!isNameOrContact(meaning)) continue;
		const place = placeOf(answer);
		const depth = place.split('.').filter((group) => !isWrapping(group)).length;
		const person = persons.get(place) ?? { place, name: '', reaches: false, rank: -depth / 100 };
		// Whom the form calls a client is not outdone by somebody in a group of their own.
		const client = [answer.key, answer.label ?? answer.key].some(saysClient) ? 2 : 0;
		if (nameMeanings.has(meaning)) person.name = `${person.name} ${answerText(answer.value).slice(0, 200)}`.trim();
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
export const othersIn = (answers: readonly Answer[], names: readonly Answer[]): ReadonlySet<string> => {
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
