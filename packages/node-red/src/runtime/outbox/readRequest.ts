import { type Search, type Shelf, shelves } from '@icloud-ready/outbox';

/** What a request asks for, or what is wrong with it in words. */
export type SearchRequest = { readonly search: Search } | { readonly problem: string };

const mostAtOnce = 200;
const usualAtOnce = 25;
const longestText = 200;

const isShelf = (value: unknown): value is Shelf => (shelves as readonly unknown[]).includes(value);

/** Text of a query, undefined where it is absent; a name that is given twice makes a list, which is no text. */
const isTextOrAbsent = (value: unknown): value is string | undefined =>
	value === undefined || typeof value === 'string';

/** Reads the query of a search; a limit beyond the most is taken for the most. */
export const searchOf = (query: Readonly<Record<string, unknown>>): SearchRequest => {
	const { shelf, text, after, limit } = query;
	if (!isShelf(shelf))
		return { problem: `There is no such list of leads. Ask for shelf as one of ${shelves.join(', ')}.` };
	if (!isTextOrAbsent(text) || (text ?? '').length > longestText)
		return { problem: `The text to look for must be one text of ${longestText} characters or fewer.` };
	if (!isTextOrAbsent(after) || !/^(?:\d{15}~.*)?$/.test(after ?? ''))
		return {
			problem: 'The place to go on from is none of this list. Take "next" of the answer before, or leave "after" out.',
		};
	if (!isTextOrAbsent(limit) || !/^(?:[1-9]\d{0,8})?$/.test(limit ?? ''))
		return { problem: `The limit must be a whole number from 1 to ${mostAtOnce}.` };
	return {
		search: {
			shelf,
			limit: limit === undefined || limit === '' ? usualAtOnce : Math.min(mostAtOnce, Number(limit)),
			...(text === undefined || text.trim() === '' ? {} : { text }),
			...(after === undefined || after === '' ? {} : { after }),
		},
	};
};
