import { accountOfId } from '../../leads/accounts';
import type { LeadQueue, QueueCounts } from '../../leads/leadQueue';
import type { AttemptResult } from '../../leads/leadState';
import { adoptedNotice, givenUpNotice, mostUnverifiedAtOnce, type QueueDependencies } from '../../leads/queueOptions';
import { createSubscriptions, type Subscriptions } from '../../leads/subscriptions';
import { createAlertMemory } from './alertMemory';
import { createNewerKey } from './keyRotation';
import { createKnownAccounts, type KnownAccounts } from './knownAccounts';
import { createFacets } from './facets';
import { findEntry, leadDetailOf, leadRowOf, leadStateOf, publicIdOf } from './leadRow';
import { openNoticedStore } from './openNoticedStore';
import { createPutOnce } from './putOnce';
import { correctedPayload, type SealedEntry, type SealedLead, type SealedStore } from './sealedEntry';
import { sendEntry, withoutItsKey } from './sendEntry';
import { openVerified, type VerifiedAccounts } from './verifiedAccounts';
import { waitingLeads } from './waitingLeads';
import { longestBackMs, mostAtOnce } from '@icloud-ready/core';
import {
	entryId,
	isEntryId,
	type OpenedStore,
	openOutbox,
	type Outbox,
	type OutboxOptions,
} from '@icloud-ready/outbox';
import { entryFilterOf } from '@icloud-ready/outbox/view/entryFilter';

export type DiskQueueOptions = QueueDependencies & {
	/** Opens the store of entries. */
	readonly openStore: (nowMs: number) => Promise<OpenedStore<SealedLead>>;
};

/** Whatever ends a lead wakes those who wait for it, in this very process: a look is only in case that it did not. */
const lookAgainMs = 60_000;

interface State {
	readonly options: DiskQueueOptions;
	readonly store: SealedStore;
	readonly verified: VerifiedAccounts;
	readonly known: KnownAccounts;
	readonly subscriptions: Subscriptions;
	isClosed: boolean;
}

const unreadableNotice = ({ id, unreadable }: SealedEntry): string =>
	unreadable?.why === 'newer'
		? `Lead ${publicIdOf(id)} was kept by a newer version of the gateway. It is not sent and is now unconfirmed, with whatever can be read. Update this gateway to read all of it.`
		: `Lead ${publicIdOf(id)} cannot be read. It is not sent and is now unconfirmed, with whatever can be read.`;

const openLeads = async (
	state: State,
	means: Pick<OutboxOptions<SealedLead>, 'send' | 'unsendable'>,
): Promise<Outbox<SealedLead>> => {
	const { options, store, verified, known, subscriptions } = state;
	const { now, monotonicMs, sleep, events } = options;
	const groupOf = (accountId: string): string => accountOfId(accountId).group;
	return await openOutbox<SealedLead>({
		store,
		...means,
		concurrency: mostAtOnce(options.concurrency),
		maxPerSecond: options.maxPerSecond,
		maxWaiting: options.maxWaiting,
		keepDays: options.keepDays,
		now,
		monotonicMs,
		sleep,
		groupOf,
		acquire: async (accountId) => {
			await known.limiterOf(groupOf(accountId)).acquire({ sleep, monotonicMs, stopped: () => state.isClosed });
		},
		tryAcquire: (accountId) => known.limiterOf(groupOf(accountId)).tryAcquire(monotonicMs()),
		shared: {
			isUnverified: (accountId) => !verified.has(accountId),
			isGroupUnverified: (accountId) => !verified.hasGroup(groupOf(accountId)),
			atOnce: mostUnverifiedAtOnce,
			forMs: options.unverifiedForMs,
			onGivenUp: (count) => events.notice(givenUpNotice(count)),
		},
		autoAck: true,
		onNotLeaving: options.onNotLeaving,
		unreadable: (entry) => events.notice(unreadableNotice(entry)),
		notify: (entry, outcome, restored) => {
			// After a start nobody waits for what was cut off before it.
			const tookMs = restored ? undefined : Math.max(0, now() - entry.arrivedAtMs);
			events.ended(publicIdOf(entry.id), outcome, tookMs, entry.payload.lead);
			subscriptions.notify(entry.id, { kind: 'ended', outcome: outcome as AttemptResult });
			return true;
		},
	});
};

const countsOf = async (outbox: Outbox<SealedLead>, store: SealedStore, nowMs: number): Promise<QueueCounts> => {
	const damage = store.damage?.();
	const damaged = damage === undefined ? 0 : damage.leads + damage.unnamed;
	// One that lost nothing has nothing for a person to say that it was seen.
	const hasGoneBack = damage?.isOlder === true && (damaged > 0 || nowMs - damage.atMs < longestBackMs);
	const counts = outbox.counts();
	const waitsSinceMs = counts.waiting === 0 ? undefined : await outbox.longestWaitSinceMs().catch(() => undefined);
	return {
		...counts,
		unverified: outbox.waitingUnverified(),
		...(damaged === 0 ? {} : { damaged }),
		...(hasGoneBack ? { hasGoneBack } : {}),
		...(waitsSinceMs === undefined ? {} : { waitsSinceMs }),
	};
};

const canRead = async (store: SealedStore): Promise<boolean> =>
	await store.get('waiting', '').then(
		() => true,
		() => false,
	);

/** Leads in a store of this machine, for one gateway. Rejects where it cannot be opened. */
export const openDiskQueue = async (options: DiskQueueOptions): Promise<LeadQueue> => {
	const { openStore, secrets, now, monotonicMs, maxPerSecond, events } = options;
	const { store, awayBecause } = await openNoticedStore(async () => await openStore(now()), secrets, events);
	const verified = await openVerified({ store, secrets, now, onFirst: ({ id }) => outbox.verified(id) });
	const known = createKnownAccounts({
		verified,
		maxPerSecond,
		isAdaptive: options.concurrency === 0,
		monotonicMs,
	});
	const subscriptions = createSubscriptions();
	const state: State = { options, store, verified, known, subscriptions, isClosed: false };
	const sending = { store, secrets, send: options.send, known, verified, newerKey: () => newerKey, events };
	const outbox = await openLeads(state, {
		send: async (entry) => await sendEntry(sending, entry),
		unsendable: async (entry) => await withoutItsKey(sending, entry),
	});
	const newerKey = createNewerKey({
		store,
		outbox,
		secrets,
		isVerified: verified.has,
		onAdopted: (count) => events.notice(adoptedNotice(count)),
	});
	const putOnce = createPutOnce({ store, outbox, secrets });
	const filtering = {
		organizationOf: (partition: string): string => accountOfId(partition).organization,
		whyOf: (partition: string) => outbox.holdReason(partition),
	};
	/** A person's act ends or moves a lead, which whoever waits for it should see. */
	const acting =
		(act: (id: string, bulkId?: string) => Promise<boolean>) =>
		async (id: string, bulkId?: string): Promise<boolean> => {
			const wasThere = await act(id, bulkId);
			if (wasThere) subscriptions.notify(id);
			return wasThere;
		};

	outbox.start();
	return {
		put: async (given) => {
			if (known.onCredentials(given.account.id, given.credentials)) outbox.release(given.account.id);
			return await putOnce(given).catch(() => ({ kind: 'unwritten' as const }));
		},
		stateOf: async (account, id) => {
			const found = /^\d{1,15}$/.test(id) ? await findEntry(store, entryId(Number(id), account.id)) : undefined;
			return found === undefined ? undefined : leadStateOf(found.shelf, found.entry, outbox.holdReason(account.id));
		},
		lookAgainMs,
		subscribe: (account, id, wake) => subscriptions.subscribe(entryId(Number(id), account.id), wake),
		isVerified: async ({ group }) => await Promise.resolve(verified.hasGroup(group)),
		counts: async () => await countsOf(outbox, store, now()),
		waitingLeads: async () => await waitingLeads({ outbox, store, secrets, known, verified }),
		alertMemory: createAlertMemory(store),
		notLeaving: outbox.notLeaving,
		isReady: async () => !state.isClosed && (await canRead(store)) && store.isAway?.() !== true,
		awayBecause,
		list: async (list, { filter, ...search }) => {
			const { entries, next } = await outbox.list({
				...search,
				shelf: list,
				...(filter === undefined ? {} : { filter: entryFilterOf(filter, filtering) }),
			});
			const leads = entries.map((entry) => leadRowOf(entry, list, outbox.holdReason(entry.partition)));
			return { leads, ...(next === undefined ? {} : { next }) };
		},
		facets: createFacets(outbox),
		publicIdOf,
		find: async (id) => {
			const found = isEntryId(id) ? await findEntry(store, id) : undefined;
			return found === undefined
				? undefined
				: leadDetailOf(found.entry, found.shelf, outbox.holdReason(found.entry.partition));
		},
		correct: async (id, corrected) => {
			if (!isEntryId(id)) return { kind: 'notThere' };
			const result = await outbox.correct(id, (first) => correctedPayload(first, corrected, known, secrets));
			return result.kind === 'full' ? { kind: 'full' } : result;
		},
		retry: acting(outbox.retry),
		arrived: acting(outbox.arrived),
		discard: acting(outbox.discard),
		damageSeen: async () => await store.damageSeen?.(),
		close: async (patience) => {
			state.isClosed = true;
			await outbox.close(patience);
		},
	};
};
