import { byId } from '@icloud-ready/web/client';
import type { Row } from '../../view';
import { words } from './words';

export interface Listing {
	readonly rows: readonly Row[];
	readonly callCount: number;
	readonly leadCount: number;
}

export interface Listener {
	readonly onListing: (listing: Listing) => void;
	readonly onCall: (call: { readonly row: Row; readonly callCount: number }) => void;
}

const retryMs = 2000;

const showState = (state: 'live' | 'connecting' | 'reconnecting'): void => {
	const link = byId('link');
	if (link.dataset['state'] === state) return;
	link.dataset['state'] = state;
	link.textContent = words.link[state];
};

/** Follows the sandbox for as long as the page is open; when it restarts, the list is loaded again. */
export const follow = (listener: Listener): void => {
	const events = new EventSource('/events');
	// What arrives while the list is being loaded is newer than the list, so it is put on top of it afterward.
	let early: MessageEvent<string>[] | null = [];

	const take = (event: MessageEvent<string>): void => {
		if (early) early.push(event);
		else listener.onCall(JSON.parse(event.data) as Parameters<Listener['onCall']>[0]);
	};

	const load = async (): Promise<void> => {
		early = [];
		try {
			const response = await fetch('/rows.json');
			listener.onListing((await response.json()) as Listing);
		} catch {
			// The sandbox went away again: the stream notices too, and greets us when it is back.
			return;
		}
		const waiting = early ?? [];
		early = null;
		waiting.forEach(take);
		showState('live');
	};

	events.addEventListener('hello', () => void load());
	events.addEventListener('reset', () => void load());
	events.addEventListener('call', take as EventListener);
	events.addEventListener('error', () => {
		showState('reconnecting');
		// A browser tries again by itself unless it was answered with something that is no stream.
		if (events.readyState !== EventSource.CLOSED) return;
		setTimeout(() => follow(listener), retryMs);
	});
};
