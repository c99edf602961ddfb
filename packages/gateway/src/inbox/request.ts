import { type Act, acts } from '@icloud-ready/outbox/view/actions';
import { type List, lists } from '../leads/leadQueue';
import type { Language } from '@icloud-ready/core';

type Header = (name: string) => string | undefined;

/**
 * Whether a request that changes something was sent by a page of this very address. Browsers say so themselves where the
 * address is a safe one, and name the page's address where it is not.
 */
export const isSameOrigin = (header: Header): boolean => {
	const site = header('sec-fetch-site');
	if (site !== undefined) return site === 'same-origin';
	const origin = header('origin');
	const host = header('host');
	return origin !== undefined && host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
};

/** The language that is asked for, else the first of the browser's that is spoken here. */
export const languageOf = (asked: string | undefined, accepted = ''): Language => {
	if (asked === 'ar' || asked === 'en') return asked;
	const spoken = accepted
		.split(',')
		.map((each) => each.trim().slice(0, 2).toLowerCase())
		.find((each) => each === 'ar' || each === 'en');
	return spoken === 'ar' ? 'ar' : 'en';
};

export interface Search {
	readonly list: List;
	readonly text: string;
	readonly after?: string;
	readonly limit: number;
}

export const mostAtOnce = 200;
const usualAtOnce = 50;
const longestText = 200;
const longestPlace = 1000;

const decoded = (text: string): string | undefined => {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
};

/**
 * What a request for leads asks; undefined where it cannot be understood. The text to look for names a person, and an
 * address is kept in logs and histories: so it comes as a header, encoded as in an address.
 */
export const searchOf = (query: (name: string) => string | undefined, header: Header): Search | undefined => {
	const list = lists.find((each) => each === query('list'));
	const text = decoded(header('x-search') ?? '');
	const after = query('after') ?? '';
	const limit = query('limit') ?? String(usualAtOnce);
	if (
		list === undefined ||
		text === undefined ||
		text.length > longestText ||
		after.length > longestPlace ||
		!/^[1-9]\d{0,5}$/.test(limit)
	)
		return undefined;
	return { list, text, limit: Math.min(mostAtOnce, Number(limit)), ...(after === '' ? {} : { after }) };
};

const longestId = 1000;

/** An act and the lead that it is for; undefined where the body says neither. */
export const actOf = (body: unknown): { readonly act: Act; readonly id: string } | undefined => {
	const { act: wanted, id } = (typeof body === 'object' && body !== null ? body : {}) as {
		readonly act?: unknown;
		readonly id?: unknown;
	};
	const act = acts.find((each) => each === wanted);
	return act === undefined || typeof id !== 'string' || id === '' || id.length > longestId ? undefined : { act, id };
};
