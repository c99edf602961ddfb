import { accountOfId, type Secrets } from '../../leads/accounts';
import { type HeldAccount, heldLeads, type WaitingLeads } from '../../leads/waitingLeads';
import type { KnownAccounts } from './knownAccounts';
import { credentialsOf, type SealedLead, type SealedStore } from './sealedEntry';
import type { VerifiedAccounts } from './verifiedAccounts';
import type { Outbox, WaitingPartition } from '@icloud-ready/outbox';

interface Means {
	readonly outbox: Pick<Outbox<SealedLead>, 'waitingPartitions'>;
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
	const { outbox, store, verified } = means;
	const partitions = outbox
		.waitingPartitions()
		.filter(({ partition }) => verified.hasGroup(accountOfId(partition).group));
	const [longest] = partitions;
	if (longest === undefined) return { held: [] };
	const accounts: HeldAccount[] = [];
	for (const waiting of partitions) {
		if (waiting.why === undefined) continue;
		const organizationId = await organizationOf(means, waiting);
		const { partition: accountId, why, count } = waiting;
		accounts.push({ accountId, why, count, ...(organizationId === undefined ? {} : { organizationId }) });
	}
	const oldest = (await store.get('waiting', longest.first)) ?? (await store.get('sending', longest.first));
	return {
		held: heldLeads(accounts),
		...(oldest === undefined ? {} : { oldestAtMs: oldest.arrivedAtMs }),
	};
};
