import { lists, type List } from '@icloud-ready/outbox/view/actions';
import { filterNames, type LeadFilter } from '@icloud-ready/outbox/view/filter';
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

const dayForm = /^(\d{4})-(\d{2})-(\d{2})$/;

/** When a day begins here, in ms since 1970; undefined where it is none. */
const dayBegin = (day: string, daysLater = 0): number | undefined => {
	const [, year, month, date] = dayForm.exec(day) ?? [];
	if (year === undefined) return undefined;
	const ms = new Date(Number(year), Number(month) - 1, Number(date) + daysLater).getTime();
	return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
};

const two = (part: number): string => String(part).padStart(2, '0');
/** The day of a time here, as an address and a field of dates have it. */
const dayOf = (ms: number): string => {
	const date = new Date(ms);
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

const dayMs = 86_400_000;

/** A filter as the fields of the page and the address have it: days, the last one whole. */
export const filterTexts = ({ from, to, ...rest }: LeadFilter): Readonly<Record<string, string>> => ({
	...rest,
	...(from === undefined ? {} : { from: dayOf(from) }),
	// Half a day before its end is on that day, whatever clocks were set.
	...(to === undefined ? {} : { to: dayOf(to - dayMs / 2) }),
});

/** The filter that such texts stand for. */
export const filterOfTexts = (texts: Readonly<Record<string, string | null | undefined>>): LeadFilter => {
	const from = dayBegin(texts['from'] ?? '');
	const to = dayBegin(texts['to'] ?? '', 1);
	const others = filterNames.filter((name) => name !== 'from' && name !== 'to');
	return {
		...(Object.fromEntries(others.flatMap((name) => (texts[name] ? [[name, texts[name]]] : []))) as LeadFilter),
		...(from === undefined ? {} : { from }),
		...(to === undefined ? {} : { to }),
	};
};

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
