import { listWords } from './words';
import { type List } from '@icloud-ready/outbox/view/actions';
import { filterNames, type FilterName, type LeadFilter } from '@icloud-ready/outbox/view/filter';
import { filterOfTexts, filterTexts } from '@icloud-ready/outbox/view/filterTexts';
import type { ShownFacets } from '@icloud-ready/outbox/view/shownFacets';
import { byId, make } from '@icloud-ready/web/client';

type Choice = readonly [value: string, label: string];

const fieldOf = (name: FilterName): HTMLInputElement | HTMLSelectElement => byId(`filter-${name}`);
const rowOf = (name: FilterName): HTMLElement => byId(`filter-row-${name}`);

/** A choice that is set stays, also where no lead has it any more. */
const fill = (
	name: 'outcome' | 'why' | 'organization' | 'source',
	choices: readonly Choice[],
	chosen: string,
): void => {
	const field = fieldOf(name);
	const all: readonly Choice[] = [
		['', listWords.filter.any],
		...choices,
		...(chosen === '' || choices.some(([value]) => value === chosen) ? [] : [[chosen, chosen] as const]),
	];
	const offered = JSON.stringify(all);
	// Made anew only where it differs: an open list would close.
	if (field.dataset['offered'] !== offered) {
		field.dataset['offered'] = offered;
		field.replaceChildren(...all.map(([value, label]) => make('option', { value }, label)));
	}
	field.value = chosen;
};

export interface Filters {
	/** Shows what the list is narrowed to. */
	readonly show: (list: List, filter: LeadFilter) => void;
	/** Shows what there is to choose from. */
	readonly offer: (facets: ShownFacets) => void;
}

/** The filters above the list; `choose` is called with all of them whenever one changes. */
export const createFilters = (choose: (filter: LeadFilter) => void): Filters => {
	let facets: ShownFacets = { outcomes: [], sources: [], organizations: [] };
	let shown: { readonly list: List; readonly filter: LeadFilter } = { list: 'waiting', filter: {} };
	const read = (): LeadFilter =>
		filterOfTexts(Object.fromEntries(filterNames.map((name) => [name, fieldOf(name).value])));

	const render = (): void => {
		const { list, filter } = shown;
		const texts = filterTexts(filter);
		const textOf = (name: FilterName): string => texts[name] ?? '';
		fill(
			'outcome',
			facets.outcomes.map(({ value, label }) => [value, label] as const),
			textOf('outcome'),
		);
		fill(
			'why',
			Object.entries(listWords.reason).map(([why, label]) => [why, label] as const),
			textOf('why'),
		);
		fill(
			'organization',
			facets.organizations.map(({ value, label }) => [value, label] as const),
			textOf('organization'),
		);
		fill(
			'source',
			facets.sources.map((source) => [source, source] as const),
			textOf('source'),
		);
		for (const name of ['from', 'to'] as const) fieldOf(name).value = textOf(name);
		// What waits has no end, and what has ended waits for nothing.
		rowOf('outcome').hidden = list !== 'ended' && textOf('outcome') === '';
		rowOf('why').hidden = list !== 'waiting' && textOf('why') === '';
		const count = Object.keys(texts).length;
		byId('filter-count').textContent = count === 0 ? '' : String(count);
		byId('clear-filters').hidden = count === 0;
	};
	for (const name of filterNames) fieldOf(name).addEventListener('change', () => choose(read()));
	byId('clear-filters').addEventListener('click', () => {
		choose({});
		document.querySelector<HTMLElement>('#filters summary')?.focus();
	});
	return {
		show: (list, filter) => {
			shown = { list, filter };
			render();
		},
		offer: (now) => {
			facets = now;
			render();
		},
	};
};
