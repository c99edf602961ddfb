import { maxPageSize, pageSize } from './limits';

interface Item {
	readonly id: string;
}

/** Part of a list, newest first; `next` is there where more may follow. */
export interface ListPage<Row> {
	readonly leads: readonly Row[];
	readonly next?: string;
}

/** The leads that a page holds: those that were wanted, as far as they were asked for. */
export interface ListState<Wanted, Row> {
	readonly wanted: Wanted;
	readonly leads: readonly Row[];
	readonly next: string | undefined;
	/** Names what is held, so that it need not come again while it is the same. */
	readonly etag: string | undefined;
}

export const emptyList = <Wanted, Row>(wanted: Wanted): ListState<Wanted, Row> => ({
	wanted,
	leads: [],
	next: undefined,
	etag: undefined,
});

/** Whether it is too long to be asked for anew by itself. */
export const isLong = ({ leads }: { readonly leads: readonly unknown[] }): boolean => leads.length > maxPageSize;

/** How many are asked for when what is held is asked for anew. */
export const refreshedCount = ({ leads }: { readonly leads: readonly unknown[] }): number =>
	Math.max(pageSize, leads.length);

/** A lead that has not changed stays the same object, so that its line stays as it is. */
const unchanged = <Row extends Item>(before: readonly Row[], now: readonly Row[]): readonly Row[] => {
	const known = new Map(before.map((lead) => [lead.id, lead]));
	return now.map((lead) => {
		const same = known.get(lead.id);
		return same !== undefined && JSON.stringify(same) === JSON.stringify(lead) ? same : lead;
	});
};

/** What is held was asked for anew. */
export const withFirstPage = <Wanted, Row extends Item>(
	state: ListState<Wanted, Row>,
	{ leads, next }: ListPage<Row>,
	etag?: string,
): ListState<Wanted, Row> => ({ ...state, leads: unchanged(state.leads, leads), next, etag });

/**
 * The same while somebody is about to click one of them: each stays at its place as it is now, none comes and none goes. What
 * is held is not what the server has, so the next time all of it comes.
 */
export const withHeldPage = <Wanted, Row extends Item>(
	state: ListState<Wanted, Row>,
	{ leads }: ListPage<Row>,
): ListState<Wanted, Row> => {
	const now = new Map(unchanged(state.leads, leads).map((lead) => [lead.id, lead]));
	return { ...state, leads: state.leads.map((lead) => now.get(lead.id) ?? lead), etag: undefined };
};

/** More was asked for. A lead that moved into that part meanwhile is not shown twice. */
export const withNextPage = <Wanted, Row extends Item>(
	state: ListState<Wanted, Row>,
	{ leads, next }: ListPage<Row>,
): ListState<Wanted, Row> => {
	const known = new Set(state.leads.map(({ id }) => id));
	return { ...state, leads: [...state.leads, ...leads.filter(({ id }) => !known.has(id))], next, etag: undefined };
};

/** A lead was acted on: it leaves a list that is too long to be asked for anew, and any other is asked for. */
export const withoutLead = <Wanted, Row extends Item>(
	state: ListState<Wanted, Row>,
	id: string,
): ListState<Wanted, Row> => ({
	...state,
	etag: undefined,
	leads: isLong(state) ? state.leads.filter((lead) => lead.id !== id) : state.leads,
});
