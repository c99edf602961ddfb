import { accountOfId, type Secrets } from '../../leads/accounts';
import { type HeldAccount, heldLeads, type WaitingLeads } from '../../leads/waitingLeads';
import type { KnownAccounts } from './knownAccounts';
import { credentialsOf, type SealedLead, type SealedStore } from './sealedEntry';
import type { VerifiedAccounts } from './verifiedAccounts';
import type { Outbox, WaitingPartition } from '@icloud-ready/outbox';

interface Means {
	readonly outbox: Pick<Outbox<SealedLead>, 'waitingPartitions' | 'longestWaitSinceMs'>;
	readonly store: Pick<SealedStore, 'get'>;
	readonly secrets: Secrets;
	readonly known: Pick<KnownAccounts, 'credentialsOf'>;
	readonly verified: Pick<VerifiedAccounts, 'hasGroup'>;
}

/** The organization that an account's leads go to, as one of them says. */
const organizationOf = async (
	{ store, secrets, known }: Means,
	{ partition, first }: WaitingPartition,
): Promise<string | undefined> => {
	const before = known.credentialsOf(partition);
	if (before !== undefined) return before.organizationId;
	const entry = await store.get('waiting', first);
	return entry === undefined ? undefined : credentialsOf(entry, secrets)?.organizationId;
};

/** Who waits at this gateway, and what for. Rejects where the store cannot be read. */
export const waitingLeads = async (means: Means): Promise<WaitingLeads> => {
	const { outbox, verified } = means;
	const isWanted = (partition: string): boolean => verified.hasGroup(accountOfId(partition).group);
	const partitions = outbox.waitingPartitions().filter(({ partition }) => isWanted(partition));
	const accounts: HeldAccount[] = [];
	for (const waiting of partitions) {
		if (waiting.why === undefined) continue;
		const organizationId = await organizationOf(means, waiting);
		const { partition: accountId, why, count } = waiting;
		accounts.push({ accountId, why, count, ...(organizationId === undefined ? {} : { organizationId }) });
	}
	const waitsSinceMs = await outbox.longestWaitSinceMs(isWanted);
	return {
		held: heldLeads(accounts),
		...(waitsSinceMs === undefined ? {} : { waitsSinceMs }),
	};
};
