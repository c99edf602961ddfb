import type { List } from '../../leads/leadQueue';
import type { LeadsPage, ShownLead } from '../leadRow';
import { type Asked, askLeads } from './ask';

const pageSize = 50;
/** A longer list is not asked for anew by itself. */
export const mostRefreshed = 200;

/** The leads that the page holds: of one list, those that hold a text, as far as they were asked for. */
export interface Shelf {
	readonly list: List;
	readonly text: string;
	readonly leads: readonly ShownLead[];
	readonly next: string | undefined;
}

/** A lead that has not changed stays the same object, so that its line stays as it is. */
const kept = (before: readonly ShownLead[], now: readonly ShownLead[]): readonly ShownLead[] => {
	const known = new Map(before.map((lead) => [lead.id, lead]));
	return now.map((lead) => {
		const same = known.get(lead.id);
		return same !== undefined && JSON.stringify(same) === JSON.stringify(lead) ? same : lead;
	});
};

/** `onPage` is called with each page that was asked for last, `onProblem` with why there is none. */
export const createShelf = (onPage: (page: LeadsPage | undefined) => void, onProblem: (message: string) => void) => {
	let shelf: Shelf = { list: 'waiting', text: '', leads: [], next: undefined };
	let etag: string | undefined;
	let asked = 0;

	/** Only what was asked for last counts; a list that was left meanwhile does not. */
	const take = async (
		asking: Promise<Asked<LeadsPage>>,
		put: (page: LeadsPage, etag: string | null) => void,
	): Promise<void> => {
		const mine = ++asked;
		const got = await asking;
		if (mine !== asked) return;
		if (got.kind === 'problem') return onProblem(got.message);
		if (got.kind === 'answer') put(got.answer, got.etag);
		onPage(got.kind === 'answer' ? got.answer : undefined);
	};

	const refresh = async (): Promise<void> => {
		const count = shelf.leads.length;
		// Of a long list only the counts are asked for.
		if (count > mostRefreshed) return await take(askLeads(shelf, 1), () => undefined);
		await take(askLeads(shelf, Math.max(pageSize, count), etag === undefined ? {} : { etag }), (page, newEtag) => {
			shelf = { ...shelf, leads: kept(shelf.leads, page.leads), next: page.next };
			etag = newEtag ?? undefined;
		});
	};
	return {
		now: () => shelf,
		refresh,
		/** Starts anew with another list or text. */
		turnTo: async (change: Partial<Pick<Shelf, 'list' | 'text'>>): Promise<void> => {
			shelf = { ...shelf, ...change, leads: [], next: undefined };
			etag = undefined;
			await refresh();
		},
		more: async (): Promise<void> => {
			const { next } = shelf;
			if (next === undefined) return;
			await take(askLeads(shelf, pageSize, { after: next }), (page) => {
				shelf = { ...shelf, leads: [...shelf.leads, ...page.leads], next: page.next };
				etag = undefined;
			});
		},
		/** A lead that left this list, where that is too long to be asked for anew. */
		drop: (id: string): void => {
			etag = undefined;
			if (shelf.leads.length > mostRefreshed) shelf = { ...shelf, leads: shelf.leads.filter((lead) => lead.id !== id) };
		},
	};
};
