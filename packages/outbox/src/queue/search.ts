import type { Entry, Shelf } from '../store/entry';
import { messagesOf } from '@icloud-ready/core';

export interface Search {
	readonly shelf: Shelf;
	/** Part of a name, a phone, an email, a message: whatever stands in the entry. */
	readonly text?: string;
	/** The last id of the page before. */
	readonly after?: string;
	readonly limit: number;
}

/** Entries, newest first; `next` is there where more may follow. */
export interface Found {
	readonly entries: readonly Entry[];
	readonly next?: string;
}

export const pageSize = 200;
/** A search reads no more than this at once, so that it never keeps leads from leaving. */
export const mostRead = 20_000;

export const holdsText = ({ lead, outcome }: Entry, text: string): boolean =>
	JSON.stringify([lead, outcome === null ? [] : messagesOf(outcome)])
		.toLowerCase()
		.includes(text);
