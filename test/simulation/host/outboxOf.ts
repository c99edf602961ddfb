import type { NodeRed } from './nodeRed';

/** As much of an entry as a person goes by. */
export interface SeenEntry {
	readonly id: string;
	readonly payload: { readonly lead: { readonly leadInformation: { readonly firstName: string } } };
	readonly outcome: { readonly outcome: string } | null;
	readonly resolved?: string;
	readonly unreadable?: true;
}

interface Opened {
	readonly list: (search: {
		readonly shelf: string;
		readonly limit: number;
		readonly text?: string;
		readonly after?: string;
		readonly filter?: object;
	}) => Promise<{ readonly entries: readonly SeenEntry[]; readonly next?: string }>;
	readonly waitingPartitions: () => readonly unknown[];
	readonly facets: (shelf: string) => object | undefined;
	readonly indexed: () => Promise<void>;
	readonly find: (id: string) => Promise<object | undefined>;
	readonly retry: (id: string, bulkId?: string) => Promise<boolean>;
	readonly arrived: (id: string, bulkId?: string) => Promise<boolean>;
	readonly discard: (id: string, bulkId?: string) => Promise<boolean>;
	readonly counts: () => Readonly<Record<string, number>>;
	readonly holdReason: () => string | undefined;
}

/** The outbox of an account as a person uses it: the only place that knows by which names. */
export const outboxOf = (nodeRed: NodeRed, account: string): Opened | undefined =>
	nodeRed.node<{ readonly outbox?: { readonly opened: () => unknown } }>(account)?.outbox?.opened() as
		| Opened
		| undefined;
