import type { HeldLeads } from '@icloud-ready/core';

/**
 * Leads that have not ended, of keys that iCloud-Ready has accepted before: whoever makes up a key makes nobody look after
 * it.
 */
export interface WaitingLeads {
	/** What holds them back, the most leads first. */
	readonly held: readonly HeldLeads[];
	/** Since when the one waits that waits longest, in ms since 1970. */
	readonly waitsSinceMs?: number;
}

/** Leads of one account. */
export interface HeldAccount extends HeldLeads {
	readonly accountId: string;
}

/** Accounts of one organization that wait for the same are one: it renews its key, and is told of it once. */
export const heldLeads = (accounts: readonly HeldAccount[]): readonly HeldLeads[] => {
	const byName = new Map<string, HeldLeads>();
	for (const { accountId, why, organizationId, count } of accounts) {
		const name = `${why} ${organizationId ?? accountId}`;
		const before = byName.get(name)?.count ?? 0;
		byName.set(name, { why, count: before + count, ...(organizationId === undefined ? {} : { organizationId }) });
	}
	return [...byName.values()].sort((one, other) => other.count - one.count);
};
