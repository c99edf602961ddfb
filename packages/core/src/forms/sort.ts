import { fieldAt } from '../catalog/fields';
import { isEmpty } from '../reading/coerce';
import type { ReadingSettings } from '../values/readingSettings';
import type { Answer, Submission } from './answer';
import { isNested } from './fitted';
import { meaningOf } from './match/fieldOfQuestion';
import { isSecondary } from './match/mention';
import { isOfDevice, isSecretKey } from './match/secret';
import { phonePath, place } from './place';
import { placeName } from './placeName';
import { beginSorting, fill, keep, nameLists, type Sorted, type Sorting } from './sorting';

/** No form asks more. What comes after is kept by its name, so that a payload of a hundred thousand keys holds nobody up. */
export const mostRead = 2000;

/** Fields of which a person may have several, and the first counts; a city is one, and the governorate another. */
const ranked = new Set([phonePath, 'leadInformation.email', 'leadInformation.address.city']);

const isKept = ({ key, value }: Answer): boolean => !isEmpty(value) && !isSecretKey(key) && !isOfDevice(value);

/** Answers that are placed once the others are. */
interface Later {
	/** The work's phone, or another one, after the first to call. */
	readonly secondary: (readonly [path: string, answer: Answer])[];
	/** Whole names, after those that were asked for in parts. */
	readonly names: Answer[];
}

const sortOne = (sorting: Sorting, later: Later, answer: Answer): void => {
	const meaning = meaningOf(answer);
	if (meaning === 'fullName' && !isNested(answer.value)) later.names.push(answer);
	else if (meaning === undefined || meaning === 'fullName' || meaning === 'customField')
		keep(sorting, answer, answer.value);
	else if (ranked.has(meaning) && isSecondary(answer)) later.secondary.push([meaning, answer]);
	else place(sorting, meaning, answer);
};

/** What a source says by itself, as a campaign's name, fills the fields that no answer did. */
const fillKnown = (sorting: Sorting, known: NonNullable<Submission['known']>): void => {
	for (const { field, value, from } of known) {
		if (isEmpty(value)) continue;
		if (!sorting.matched.has(field)) fill(sorting, field, { from }, value);
		else if (sorting.matched.get(field)?.value !== value) keep(sorting, { key: fieldAt(field)?.name ?? field }, value);
	}
};

/** Every answer on the field it means, or in Custom Field under the question's own words. None is dropped. */
export const sort = ({ answers, known = [], extra = {} }: Submission, settings: ReadingSettings): Sorted => {
	const sorting = beginSorting(settings);
	const later: Later = { secondary: [], names: [] };
	const kept = answers.filter(isKept);
	for (const answer of kept.slice(0, mostRead)) sortOne(sorting, later, answer);
	for (const [path, answer] of later.secondary) place(sorting, path, answer);
	for (const answer of later.names) placeName(sorting, answer);
	for (const answer of kept.slice(mostRead)) keep(sorting, answer, answer.value);
	nameLists(sorting);
	fillKnown(sorting, known);
	for (const [name, value] of Object.entries(extra)) if (!isEmpty(value)) keep(sorting, { key: name }, value);
	return sorting;
};
