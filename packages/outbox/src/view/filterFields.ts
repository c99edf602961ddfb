import type { List } from './actions';
import { filterNames, type FilterName, type LeadFilter } from './filter';
import { filterTexts } from './filterTexts';
import type { ShownFacets } from './shownFacets';
import type { ListWords } from './words/types';

export type FilterOption = readonly [value: string, label: string];

/** A field above a list, as a page shows it. */
export interface FilterField {
	readonly name: FilterName;
	/** What is set; empty where nothing is. */
	readonly value: string;
	/** What there is to choose from, "any" first; undefined for a day. */
	readonly options?: readonly FilterOption[];
	/** It can narrow nothing in this list, and nothing is set. */
	readonly isNeedless: boolean;
}

const choicesOf = (name: FilterName, facets: ShownFacets, words: ListWords): readonly FilterOption[] | undefined => {
	switch (name) {
		case 'outcome':
			return facets.outcomes.map(({ value, label }) => [value, label]);
		case 'organization':
			return facets.organizations.map(({ value, label }) => [value, label]);
		case 'source':
			return facets.sources.map((source) => [source, source]);
		case 'why':
			return Object.entries(words.reason);
		case 'from':
		case 'to':
			return undefined;
	}
};

/** What waits has no end, and what has ended waits for nothing. */
const mayNarrow = (name: FilterName, list: List): boolean =>
	name === 'outcome' ? list === 'ended' : name !== 'why' || list === 'waiting';

/** The fields above a list, in their order. A choice that is set stays, also where no lead has it any more. */
export const filterFields = (
	{ list, filter }: { readonly list: List; readonly filter: LeadFilter },
	facets: ShownFacets,
	words: ListWords,
): readonly FilterField[] => {
	const texts = filterTexts(filter);
	return filterNames.map((name) => {
		const value = texts[name] ?? '';
		const choices = choicesOf(name, facets, words);
		const isKnown = value === '' || choices?.some(([each]) => each === value) === true;
		return {
			name,
			value,
			...(choices === undefined
				? {}
				: { options: [['', words.filter.any], ...choices, ...(isKnown ? [] : [[value, value] as const])] }),
			isNeedless: value === '' && !mayNarrow(name, list),
		};
	});
};
