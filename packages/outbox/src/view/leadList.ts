import { type Asked, createLastAsked } from './asked';
import { pageSize } from './limits';
import {
	emptyList,
	isLong,
	type ListPage,
	type ListState,
	refreshedCount,
	withFirstPage,
	withHeldPage,
	withNextPage,
	withoutLead,
} from './listState';

/** Which part of what is wanted is asked for. */
export interface AskedPart {
	readonly limit: number;
	readonly after?: string;
	readonly etag?: string;
}

interface Means<Wanted, Row, Page extends ListPage<Row>> {
	readonly first: Wanted;
	/** Always resolves. */
	readonly ask: (wanted: Wanted, part: AskedPart) => Promise<Asked<Page>>;
	/** Called with each page that was asked for last; with nothing where nothing has changed. */
	readonly onPage: (page: Page | undefined) => void;
	readonly onProblem: (message: string) => void;
	/**
	 * Whether the leads stay at their places when they are asked for by themselves, and not because of what somebody did.
	 * @default they never do
	 */
	readonly holds?: (leads: readonly Row[]) => boolean;
}

/** A list of leads that follows the server. */
export interface LeadList<Wanted, Row> {
	readonly now: () => ListState<Wanted, Row>;
	/** Asks for what is held anew; of a long list for one lead alone, and so for what the page says beside its leads. */
	readonly refresh: (isByItself?: boolean) => Promise<void>;
	/** Starts anew with something else that is wanted. */
	readonly turnTo: (change: Partial<Wanted>) => Promise<void>;
	readonly more: () => Promise<void>;
	/** A lead was acted on. */
	readonly drop: (id: string) => void;
}

export const createLeadList = <Wanted, Row extends { readonly id: string }, Page extends ListPage<Row>>({
	first,
	ask,
	onPage,
	onProblem,
	holds = () => false,
}: Means<Wanted, Row, Page>): LeadList<Wanted, Row> => {
	let state = emptyList<Wanted, Row>(first);
	const lastAsked = createLastAsked();

	const take = async (part: AskedPart, put: (page: Page, etag?: string) => typeof state): Promise<void> => {
		const got = await lastAsked(ask(state.wanted, part));
		if (got === undefined) return;
		if (got.kind === 'problem') return onProblem(got.message);
		if (got.kind === 'answer') state = put(got.answer, got.etag);
		onPage(got.kind === 'answer' ? got.answer : undefined);
	};
	const refresh = async (isByItself = false): Promise<void> => {
		if (isLong(state)) return await take({ limit: 1 }, () => state);
		const { etag } = state;
		await take({ limit: refreshedCount(state), ...(etag === undefined ? {} : { etag }) }, (page, newEtag) =>
			isByItself && state.leads.length > 0 && holds(page.leads)
				? withHeldPage(state, page)
				: withFirstPage(state, page, newEtag),
		);
	};
	return {
		now: () => state,
		refresh,
		turnTo: async (change) => {
			state = emptyList({ ...state.wanted, ...change });
			await refresh();
		},
		more: async () => {
			const { next } = state;
			if (next !== undefined) await take({ limit: pageSize, after: next }, (page) => withNextPage(state, page));
		},
		drop: (id) => {
			state = withoutLead(state, id);
		},
	};
};
