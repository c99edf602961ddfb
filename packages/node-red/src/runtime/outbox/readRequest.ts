import { type Search, shelves } from '@icloud-ready/outbox';
import { filterOf, type LeadFilter } from '@icloud-ready/outbox/view/filter';
import { maxPageSize, maxSearchText } from '@icloud-ready/outbox/view/limits';
import { createSearchReader, type SearchPart } from '@icloud-ready/outbox/view/readSearch';
import { searchHeader } from '@icloud-ready/outbox/view/searchText';

/** What a request asks for, or what is wrong with it in words. */
export type SearchRequest = { readonly search: Search; readonly filter?: LeadFilter } | { readonly problem: string };

const filterProblem = 'One of the filters does not exist. Clear the filters, then set them again.';

const problems: Readonly<Record<SearchPart, string>> = {
	list: `There is no such list of leads. Set shelf to one of ${shelves.join(', ')}.`,
	textInAddress: `The search text may name a person, and addresses end up in logs. Send it as the header ${searchHeader}, encoded as in an address, and leave "text" out.`,
	header: `The search text must be a single text of at most ${maxSearchText} characters.`,
	after:
		'The place to continue from does not belong to this list. Use "next" of the previous answer, or leave "after" out.',
	outcome: filterProblem,
	why: filterProblem,
	organization: filterProblem,
	source: filterProblem,
	from: filterProblem,
	to: filterProblem,
	limit: `The limit must be a whole number from 1 to ${maxPageSize}.`,
};

const readSearch = createSearchReader({ lists: shelves, place: /^\d{15}~/ });

/** Reads the query and the header of a search. */
export const searchOf = (query: Readonly<Record<string, unknown>>, header: unknown): SearchRequest => {
	const read = readSearch({
		list: query.shelf,
		header,
		textInAddress: query.text,
		after: query.after,
		limit: query.limit,
		...filterOf(query),
	});
	if ('problem' in read) return { problem: problems[read.problem] };
	const { list, text, filter, ...rest } = read.search;
	return {
		search: { shelf: list, ...rest, ...(text === '' ? {} : { text }) },
		...(filter === undefined ? {} : { filter }),
	};
};
