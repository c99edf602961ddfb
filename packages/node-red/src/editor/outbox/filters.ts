import type { PanelWords } from './words';
import type { List } from '@icloud-ready/outbox/view/actions';
import { filterNames, type FilterName, type LeadFilter } from '@icloud-ready/outbox/view/filter';
import { filterOfTexts, filterTexts } from '@icloud-ready/outbox/view/filterTexts';
import type { ShownFacets } from '@icloud-ready/outbox/view/shownFacets';

type Choice = readonly [value: string, label: string];

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

/** A choice that is set stays, also where no lead has it any more. Made anew only where it differs: an open list would close. */
const fill = (field: JQuery, any: string, choices: readonly Choice[], chosen: string): void => {
	const isKnown = chosen === '' || choices.some(([value]) => value === chosen);
	const all: readonly Choice[] = [['', any], ...choices, ...(isKnown ? [] : [[chosen, chosen] as const])];
	const offered = JSON.stringify(all);
	if (field.data('offered') !== offered)
		field
			.data('offered', offered)
			.empty()
			.append(...all.map(([value, label]) => $('<option>', { value }).text(label)));
	field.val(chosen);
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

	const choicesOf = (name: FilterName): readonly Choice[] => {
		if (name === 'outcome') return facets.outcomes.map(({ value, label }) => [value, label]);
		if (name === 'organization') return facets.organizations.map(({ value, label }) => [value, label]);
		if (name === 'source') return facets.sources.map((source) => [source, source]);
		return Object.entries(words.reason);
	};
	const render = (): void => {
		const { list, filter } = shown;
		const texts = filterTexts(filter);
		for (const { name, field, row } of rows) {
			const chosen = texts[name] ?? '';
			if (name === 'from' || name === 'to') field.val(chosen);
			else fill(field, words.filter.any, choicesOf(name), chosen);
			// What waits has no end, what has ended waits for nothing, and most accounts have one organization.
			const isNeedless =
				(name === 'outcome' && list !== 'ended') ||
				(name === 'why' && list !== 'waiting') ||
				(name === 'organization' && facets.organizations.length === 0);
			row.prop('hidden', isNeedless && chosen === '');
		}
		const set = Object.keys(texts).length;
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
