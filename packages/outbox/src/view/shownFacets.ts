import { listWords } from './listWords';
import { type Language, outcomeLabel } from '@icloud-ready/core';

interface Choice {
	readonly value: string;
	readonly label: string;
}

/** What a list can be filtered by, as a page offers it. */
export interface ShownFacets {
	/** They are still being found out. */
	readonly isPending?: true;
	readonly outcomes: readonly Choice[];
	readonly sources: readonly string[];
	readonly organizations: readonly Choice[];
}

export const pendingFacets: ShownFacets = { isPending: true, outcomes: [], sources: [], organizations: [] };

/** More choices than anybody looks through. */
const maxChoices = 500;

/** What became of a lead, in a word or two. */
const labelOfEnd = (end: string, language: Language): string => {
	const words = listWords[language];
	if (end === 'corrected') return words.filter.corrected;
	if (end === 'arrived' || end === 'discarded') return words.state[end];
	return outcomeLabel(end, language);
};

const byCount = (counts: ReadonlyMap<string, number>): readonly string[] =>
	[...counts]
		.sort(([, one], [, other]) => other - one)
		.map(([name]) => name)
		.filter((name) => name !== '')
		.slice(0, maxChoices);

/** Those with most leads first. Organizations come in the order in which they are to be shown. */
export const shownFacets = (
	{
		ends,
		sources,
		organizations,
	}: {
		readonly ends: ReadonlyMap<string, number>;
		readonly sources: ReadonlyMap<string, number>;
		readonly organizations: readonly Choice[];
	},
	language: Language,
): ShownFacets => ({
	outcomes: byCount(ends).map((value) => ({ value, label: labelOfEnd(value, language) })),
	sources: byCount(sources),
	organizations: organizations.slice(0, maxChoices),
});

/** Partitions or sources by their own names. */
export const choicesOf = (counts: ReadonlyMap<string, number>): readonly Choice[] =>
	byCount(counts).map((value) => ({ value, label: value }));
