import { accountOfId, type Credentials, keyAlone, type Secrets } from '../../leads/accounts';
import type { AttemptResult } from '../../leads/leadState';
import { isOf, type QueueEvents } from '../../leads/queueOptions';
import { type Sender, unreadableKey, withoutKey } from '../../leads/sendOnce';
import type { NewerKey } from './keyRotation';
import type { KnownAccounts } from './knownAccounts';
import { publicIdOf } from './leadRow';
import { credentialsOf, isSealed, type SealedEntry, type SealedStore } from './sealedEntry';
import type { VerifiedAccounts } from './verifiedAccounts';
import { isEntryId, partitionOf } from '@icloud-ready/outbox';

interface Means {
	readonly store: Pick<SealedStore, 'ids' | 'get'>;
	readonly secrets: Secrets;
	readonly send: Sender;
	readonly known: KnownAccounts;
	readonly verified: VerifiedAccounts;
	readonly newerKey: () => NewerKey;
	readonly events: QueueEvents;
}

/** So many other leads of an account are looked at for its key: more would keep leads of others from leaving. */
const mostOthers = 20;

/** The key of another lead of this account, where this one's cannot be had: they have the same. */
const credentialsOfAnother = async ({ store, secrets }: Means, accountId: string): Promise<Credentials | undefined> => {
	let looks = mostOthers;
	for await (const ids of store.ids('waiting')) {
		for (const id of ids.filter((each) => isEntryId(each) && partitionOf(each) === accountId)) {
			const other = await store.get('waiting', id);
			const found = other === undefined ? undefined : credentialsOf(other, secrets);
			if (found !== undefined || --looks === 0) return found;
		}
	}
	return undefined;
};

/** Its own, or what is known of its account. */
const findCredentials = async (means: Means, entry: SealedEntry): Promise<Credentials | undefined> => {
	const { known, secrets } = means;
	const accountId = entry.partition;
	const own = credentialsOf(entry, secrets);
	// Another of its account may need it.
	if (own !== undefined) return known.remember(accountId, own);
	const before = known.credentialsOf(accountId);
	if (before !== undefined) return before;
	const others = await credentialsOfAnother(means, accountId);
	// It may have come by meanwhile.
	return others === undefined ? known.credentialsOf(accountId) : known.remember(accountId, others);
};

const endWithoutKey = ({ known, events }: Means, entry: SealedEntry): AttemptResult => {
	const { lead } = entry.payload;
	if (!isSealed(entry)) {
		known.needKey(entry.partition);
		return withoutKey(lead);
	}
	events.notice(
		`The key of lead ${publicIdOf(entry.id)} cannot be read: it was kept with another GATEWAY_SECRET, or its file is damaged. It is not sent and is now unconfirmed.`,
	);
	return unreadableKey(lead);
};

/** Why a lead cannot leave: its key is nowhere, or cannot be read. Looked for before it is marked as leaving. */
export const withoutItsKey = async (means: Means, entry: SealedEntry): Promise<AttemptResult | undefined> =>
	(await findCredentials(means, entry)) === undefined ? endWithoutKey(means, entry) : undefined;

/** Sends one lead to its outcome, and learns what that says of its key and account. */
export const sendEntry = async (means: Means, entry: SealedEntry): Promise<AttemptResult> => {
	const { send, known, verified, events } = means;
	const account = accountOfId(entry.partition);
	const { lead, body } = entry.payload;
	const credentials = await findCredentials(means, entry);
	if (credentials === undefined) return endWithoutKey(means, entry);
	const { onSent, onReply } = known.limiterOf(account.group);
	const sent = await send({ credentials, body, lead, leaves: onSent, learn: onReply });
	events.attempt(publicIdOf(entry.id), sent, lead);
	const newerKey = means.newerKey();
	if (sent.outcome === 'unauthorized') newerKey.refused(account);
	else if (sent.status !== null) newerKey.passed(account);
	if (isOf(sent, credentials)) {
		verified.add(account);
		void newerKey.works(account, credentials);
	} else if (sent.outcome === 'created') verified.add(keyAlone(account));
	return sent;
};
