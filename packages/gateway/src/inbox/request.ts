import { type List, lists } from '../leads/leadQueue';
import type { Language } from '@icloud-ready/core';
import { type Action, actions } from '@icloud-ready/outbox/view/actions';
import { filterNames, filterOf } from '@icloud-ready/outbox/view/filter';
import { createSearchReader, type Search } from '@icloud-ready/outbox/view/readSearch';
import { searchHeader } from '@icloud-ready/outbox/view/searchText';
import * as z from 'zod/v4';

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

// Each store gives places of its own.
const readSearch = createSearchReader({ lists, place: /^/ });

/** What a request for leads asks; undefined where it cannot be understood. */
export const searchOf = (query: Header, header: Header): Search<List> | undefined => {
	const read = readSearch({
		list: query('list'),
		header: header(searchHeader),
		textInAddress: query('text'),
		after: query('after'),
		limit: query('limit'),
		...filterOf(Object.fromEntries(filterNames.map((name) => [name, query(name)]))),
	});
	return 'search' in read ? read.search : undefined;
};

const maxIdLength = 1000;

/** What of a page's address survives signing in: the list, its filters, the lead. Nothing of it names a person. */
export const pageQuery = (query: Header, language: Language): string =>
	new URLSearchParams([
		['lang', language],
		...['list', ...filterNames, 'lead'].flatMap((name) => {
			const value = query(name);
			return value === undefined || value === '' || value.length > maxIdLength
				? []
				: [[name, value] as [string, string]];
		}),
	]).toString();

const actionBody = z.object({ action: z.enum(actions), id: z.string().min(1).max(maxIdLength) });

/** An action and the lead that it is for; undefined where the body does not say both. */
export const actionOf = (body: unknown): { readonly action: Action; readonly id: string } | undefined =>
	actionBody.safeParse(body).data;

/** The id of a lead in an address. */
export const idOf = (id: string | undefined): string | undefined =>
	id === undefined || id === '' || id.length > maxIdLength ? undefined : id;

const signInBody = z.object({ token: z.string().trim() });

/** The token of the form; empty where it holds none, which is never the right one. */
export const tokenOf = (body: unknown): string => signInBody.safeParse(body).data?.token ?? '';
