import { listWords } from './words';
import { type List } from '@icloud-ready/outbox/view/actions';
import { filterNames, type FilterName, type LeadFilter } from '@icloud-ready/outbox/view/filter';
import { filterFields, type FilterOption } from '@icloud-ready/outbox/view/filterFields';
import { filterOfTexts } from '@icloud-ready/outbox/view/filterTexts';
import type { ShownFacets } from '@icloud-ready/outbox/view/shownFacets';
import { byId, make } from '@icloud-ready/web/client';

const fieldOf = (name: FilterName): HTMLInputElement | HTMLSelectElement => byId(`filter-${name}`);

const fill = (field: HTMLElement, options: readonly FilterOption[]): void => {
	const offered = JSON.stringify(options);
	// Made again only where it differs: an open list would close.
	if (field.dataset['offered'] === offered) return;
	field.dataset['offered'] = offered;
	field.replaceChildren(...options.map(([value, label]) => make('option', { value }, label)));
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
		const fields = filterFields(shown, facets, listWords);
		for (const { name, value, options, isNeedless } of fields) {
			const field = fieldOf(name);
			if (options !== undefined) fill(field, options);
			field.value = value;
			byId(`filter-row-${name}`).hidden = isNeedless;
		}
		const count = fields.filter(({ value }) => value !== '').length;
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
