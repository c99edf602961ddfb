import { lists, type List } from '@icloud-ready/outbox/view/actions';
import { filterNames, type LeadFilter } from '@icloud-ready/outbox/view/filter';
import { filterOfTexts, filterTexts } from '@icloud-ready/outbox/view/filterTexts';
import { language } from './words';

/** What the page shows, as far as its address says: nothing in it names a person. */
export interface PageAddress {
	/** Undefined: whichever needs somebody. */
	readonly list: List | undefined;
	readonly filter: LeadFilter;
	readonly lead: string | null;
	/** What is looked for. It names a person, so the browser keeps it beside the address. */
	readonly text: string;
}

/** What the address asks for. */
export const readAddress = (): PageAddress => {
	const query = new URLSearchParams(location.search);
	const state = history.state as { readonly text?: unknown } | null;
	return {
		list: lists.find((each) => each === query.get('list')),
		filter: filterOfTexts(Object.fromEntries(filterNames.map((name) => [name, query.get(name)]))),
		lead: query.get('lead'),
		text: typeof state?.text === 'string' ? state.text : '',
	};
};

const addressOf = ({ list, filter, lead }: PageAddress, spoken: string): string =>
	`/inbox?${new URLSearchParams({
		lang: spoken,
		...(list === undefined ? {} : { list }),
		...filterTexts(filter),
		...(lead === null ? {} : { lead }),
	})}`;

/** Notes what is shown. `isStep`: Back leads to what was shown before. */
export const writeAddress = (shown: PageAddress, isStep: boolean): void => {
	const address = addressOf(shown, language);
	const state = { text: shown.text };
	if (isStep && address !== location.pathname + location.search) history.pushState(state, '', address);
	else history.replaceState(state, '', address);
	for (const link of document.querySelectorAll<HTMLAnchorElement>('a[hreflang]'))
		link.href = addressOf(shown, link.hreflang);
};
