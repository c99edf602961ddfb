import type { PanelWords } from './words';
import type { List } from '@icloud-ready/outbox/view/actions';
import { filterNames, type LeadFilter } from '@icloud-ready/outbox/view/filter';
import { filterFields, type FilterOption } from '@icloud-ready/outbox/view/filterFields';
import { filterOfTexts } from '@icloud-ready/outbox/view/filterTexts';
import type { ShownFacets } from '@icloud-ready/outbox/view/shownFacets';

/** The filters above the list. */
export interface Filters {
	readonly view: JQuery;
	/** Shows what the list is narrowed to. */
	readonly show: (list: List, filter: LeadFilter) => void;
	/** Shows what there is to choose from. */
	readonly offer: (facets: ShownFacets) => void;
	/** Whether somebody looks at them, so that what there is to choose from is worth asking for. */
	readonly isOpen: () => boolean;
	/** What there is to choose from is still being found out. */
	readonly isPending: () => boolean;
}

/** Made again only where it differs: an open list would close. */
const fill = (field: JQuery, options: readonly FilterOption[]): void => {
	const offered = JSON.stringify(options);
	if (field.data('offered') === offered) return;
	field
		.data('offered', offered)
		.empty()
		.append(...options.map(([value, label]) => $('<option>', { value }).text(label)));
};

/** `choose` is called with all filters whenever one changes; `onOpen` when somebody begins to look at them. */
export const createFilters = (
	{ list: words }: PanelWords,
	choose: (filter: LeadFilter) => void,
	onOpen: () => void,
): Filters => {
	let facets: ShownFacets = { outcomes: [], sources: [], organizations: [] };
	let shown: { readonly list: List; readonly filter: LeadFilter } = { list: 'waiting', filter: {} };
	const rows = filterNames.map((name) => {
		const isDay = name === 'from' || name === 'to';
		const field = isDay ? $('<input>', { type: 'date' }) : $('<select>', { dir: 'auto' });
		field.attr('data-filter', name).on('change', () => choose(read()));
		const row = $('<label>', { class: 'icr-outbox-filter' }).append($('<span>').text(words.filter[name]), field);
		return { name, field, row };
	});
	const read = (): LeadFilter =>
		filterOfTexts(Object.fromEntries(rows.map(({ name, field }) => [name, String(field.val() ?? '')])));
	const count = $('<span>', { class: 'icr-outbox-count' });
	const clear = $('<button>', { type: 'button', class: 'red-ui-button red-ui-button-small' })
		.text(words.filter.clear)
		.on('click', () => choose({}));
	const view = $('<details>', { class: 'icr-outbox-filters' })
		.append(
			$('<summary>').append($('<span>').text(words.filter.heading), ' ', count),
			...rows.map(({ row }) => row),
			clear,
		)
		.on('toggle', () => {
			if (view.prop('open') === true) onOpen();
		});

	const render = (): void => {
		const fields = filterFields(shown, facets, words);
		for (const { name, value, options, isNeedless } of fields) {
			const found = rows.find((each) => each.name === name);
			if (options !== undefined && found !== undefined) fill(found.field, options);
			found?.field.val(value);
			// Most accounts have one organization.
			const isLone = name === 'organization' && facets.organizations.length === 0 && value === '';
			found?.row.prop('hidden', isNeedless || isLone);
		}
		const set = fields.filter(({ value }) => value !== '').length;
		count.text(set === 0 ? '' : String(set));
		clear.prop('hidden', set === 0);
	};
	render();
	return {
		view,
		show: (list, filter) => {
			shown = { list, filter };
			render();
		},
		offer: (now) => {
			facets = now;
			render();
		},
		isOpen: () => view.prop('open') === true,
		isPending: () => facets.isPending === true,
	};
};
