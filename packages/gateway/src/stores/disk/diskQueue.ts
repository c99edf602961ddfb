import { accountOfId, type Credentials, keyAlone } from '../../leads/accounts';
import type { QueueCounts, PutResult, LeadQueue, LeadRow } from '../../leads/leadQueue';
import type { LeadState, AttemptResult } from '../../leads/leadState';
import { checkSecret, type SecretNote } from '../../leads/checkSecret';
import { createLruMap, type LruMap } from '../../leads/lruMap';
import { givenUpNotice, isOf, mostUnverifiedAtOnce, type QueueOptions } from '../../leads/queueOptions';
import { type Sender, unreadableKey, withoutKey } from '../../leads/sendOnce';
import { isFree } from '../../leads/sentLead';
import { type Submission, isSameBody } from '../../leads/submittedLead';
import { createSubscriptions } from '../../leads/subscriptions';
import { openAccepted } from './acceptedAccounts';
import { createNewerKey } from './keyRotation';
import { bodyOf, credentialsOf, endedWithoutCredentials, entryFor, isSealed, stripSalvaged } from './sealedEntry';
import { createLimiter, type Limiter } from '@icloud-ready/core';
import {
	arrivalOf,
	type Entry,
	type EntryStore,
	entryId,
	isEntryId,
	type OpenedStore,
	openOutbox,
	type Outbox,
	organizationOf,
	reasonText,
	type Shelf,
	type Why,
} from '@icloud-ready/outbox';

export interface DiskQueueOptions extends QueueOptions {
	/** Opens the store of entries. */
	readonly openStore: (nowMs: number) => Promise<OpenedStore>;
	readonly send: Sender;
	readonly now: () => number;
	readonly monotonicMs: () => number;
	/** Resolves after `ms`, or as soon as the gateway stops. */
	readonly sleep: (ms: number) => Promise<void>;
}

/** Accounts whose pace and key are remembered; who comes after them begins anew. */
const mostAccounts = 10_000;
/** The same of those never accepted, which push out none of the others. */
const mostUnverifiedAccounts = 1000;

/** So many other leads of an account are looked at for its key. */
const mostOthers = 20;

/** Shelves by how likely a lead that is asked for stands there. */
const likeliest: readonly Shelf[] = ['sending', 'ended', 'waiting', 'unconfirmed'];

const publicIdOf = (id: string): string => String(arrivalOf(id));

const standingOf = (shelf: Shelf, { outcome, resolved }: Entry, why: Why | undefined): LeadState => {
	if (shelf === 'waiting' || shelf === 'sending') return { kind: shelf, ...(why === undefined ? {} : { why }) };
	return { kind: 'ended', outcome: outcome as AttemptResult | null, ...(resolved === undefined ? {} : { resolved }) };
};

const secretName = 'secret';

const secretNoteOf = (store: EntryStore): SecretNote => ({
	read: async () => (await store.notes()).find(([name]) => name === secretName)?.[1],
	write: async (value) => await store.write([{ kind: 'note', name: secretName, value }]),
	hasOpenLeads: async () => {
		for (const shelf of ['waiting', 'sending'] as const) {
			for await (const ids of store.ids(shelf)) if (ids.length > 0) return true;
		}
		return false;
	},
});

/** Leads in a store of this machine, for one gateway. Rejects where it cannot be opened. */
export const openDiskQueue = async (options: DiskQueueOptions): Promise<LeadQueue> => {
	const {
		openStore,
		secrets,
		send,
		now,
		monotonicMs,
		sleep,
		concurrency,
		maxPerSecond,
		maxWaiting,
		unverifiedForMs,
		keepDays,
		events,
	} = options;
	const opened = await openStore(now());
	if (opened.movedTo !== undefined)
		events.notice(
			`The store was damaged or of another version and was moved to ${opened.movedTo}. ${opened.salvaged ?? 0} of its leads could be read and are unconfirmed now. A new store was begun.`,
		);
	try {
		await checkSecret(secrets, secretNoteOf(opened.store));
	} catch (error) {
		await opened.store.close();
		throw error;
	}
	if ((opened.salvaged ?? 0) > 0) await stripSalvaged(opened.store);
	let awayBecause: string | undefined;
	opened.store.watch?.({
		away: (error) => {
			awayBecause = reasonText(error);
			events.notice(
				`The store cannot be used: ${awayBecause}. No lead is taken and those that are there wait. It is tried again by itself.`,
			);
		},
		back: () => {
			awayBecause = undefined;
			events.notice('The store can be used again.');
		},
	});
	const store = endedWithoutCredentials(opened.store);
	const watching = createSubscriptions();
	const accepted = await openAccepted({ store, secrets, now, onFirst: ({ id }) => outbox.verified(id) });
	const latest = <Value>(): Record<'verified' | 'unverified', LruMap<Value>> => ({
		verified: createLruMap(mostAccounts),
		unverified: createLruMap(mostUnverifiedAccounts),
	});
	const [paces, known] = [latest<Limiter>(), latest<Credentials>()];
	/** Accounts with leads that wait for their key to come by. */
	const lacking = new Set<string>();
	const paceOf = (group: string): Limiter => {
		const mine = paces[accepted.hasGroup(group) ? 'verified' : 'unverified'];
		return mine.get(group) ?? mine.set(group, createLimiter(maxPerSecond, monotonicMs()));
	};
	let isClosed = false;

	/** The key of another lead of this account, where this one's cannot be had: they have the same. */
	const ofAnother = async (accountId: string): Promise<Credentials | undefined> => {
		let looks = mostOthers;
		for await (const ids of store.ids('waiting')) {
			for (const id of ids.filter((each) => isEntryId(each) && organizationOf(each) === accountId)) {
				const other = await store.get('waiting', id);
				const found = other === undefined ? undefined : credentialsOf(other, secrets);
				if (found !== undefined)
					return known[accepted.has(accountId) ? 'verified' : 'unverified'].set(accountId, found);
				if (--looks === 0) return undefined;
			}
		}
		return undefined;
	};

	const sendEntry = async (entry: Entry): Promise<AttemptResult> => {
		const account = accountOfId(entry.organizationId);
		const { lead } = entry;
		const own = credentialsOf(entry, secrets);
		const mine = known[accepted.has(account.id) ? 'verified' : 'unverified'];
		// Another of its account may need it.
		if (own !== undefined) mine.set(account.id, own);
		const credentials =
			own ??
			known.verified.get(account.id) ??
			known.unverified.get(account.id) ??
			(await ofAnother(entry.organizationId));
		if (credentials === undefined) {
			if (isSealed(entry)) {
				events.notice(
					`The key of lead ${publicIdOf(entry.id)} cannot be read: it was kept with another GATEWAY_SECRET, or its file is damaged. It is not sent, and is unconfirmed now.`,
				);
				return unreadableKey(lead);
			}
			lacking.add(account.id);
			return withoutKey(lead);
		}
		const sent = await send({ credentials, body: bodyOf(entry), lead, learn: paceOf(account.group).onReply });
		events.attempt(publicIdOf(entry.id), sent, lead);
		if (sent.outcome === 'unauthorized') newerKey.refused(account);
		else if (sent.status !== null) newerKey.passed(account);
		if (isOf(sent, credentials)) {
			accepted.add(account);
			void newerKey.works(account, credentials);
		} else if (sent.outcome === 'created') accepted.add(keyAlone(account));
		return sent;
	};

	const outbox: Outbox = await openOutbox({
		store,
		send: sendEntry,
		concurrency,
		maxWaiting,
		keepDays,
		now,
		monotonicMs,
		sleep,
		groupOf: (accountId) => accountOfId(accountId).group,
		acquire: async (accountId) => {
			await paceOf(accountOfId(accountId).group).acquire({ sleep, monotonicMs, stopped: () => isClosed });
		},
		tryAcquire: (accountId) => paceOf(accountOfId(accountId).group).tryAcquire(monotonicMs()),
		shared: {
			isUnverified: (accountId) => !accepted.has(accountId),
			isGroupUnverified: (accountId) => !accepted.hasGroup(accountOfId(accountId).group),
			atOnce: mostUnverifiedAtOnce,
			forMs: unverifiedForMs,
			onGivenUp: (count) => events.notice(givenUpNotice(count)),
		},
		autoAck: true,
		unreadable: ({ id }) =>
			events.notice(
				`Lead ${publicIdOf(id)} cannot be read. It is not sent, and is unconfirmed now, with as much of it as can be read.`,
			),
		notify: (entry, outcome, restored) => {
			// After a start nobody waits for what was cut off before it.
			events.ended(
				publicIdOf(entry.id),
				outcome,
				restored ? undefined : Math.max(0, now() - entry.arrivedAtMs),
				entry.lead,
			);
			watching.notify(entry.id, { kind: 'ended', outcome: outcome as AttemptResult });
			return true;
		},
	});
	const newerKey = createNewerKey({
		store,
		outbox,
		secrets,
		isAccepted: accepted.has,
		onLetGo: (count) =>
			events.notice(`${count} leads whose key was refused go with a newer key of their organization.`),
	});

	const find = async (id: string): Promise<{ readonly shelf: Shelf; readonly entry: Entry } | undefined> => {
		// It may move to a shelf that was looked at before; not so twice in a row.
		for (const shelf of [...likeliest, ...likeliest]) {
			const entry = await store.get(shelf, id);
			if (entry !== undefined) return { shelf, entry };
		}
		return undefined;
	};
	const standing = async (id: string): Promise<LeadState | undefined> => {
		const found = await find(id);
		if (found === undefined) return undefined;
		const why = outbox.holdReason(found.entry.organizationId);
		return standingOf(found.shelf, found.entry, why);
	};

	const keepNew = async (given: Submission): Promise<PutResult> => {
		const kept = await outbox.enqueue(entryFor(given, secrets));
		return kept.kind === 'full'
			? { kind: kept.of }
			: { kind: 'kept', id: publicIdOf(kept.id), isReplay: false, isHere: true };
	};
	const keepOnce = async (given: Submission, mark: NonNullable<Submission['key']>): Promise<PutResult> => {
		const id = await store.bySubmissionKey(mark.text);
		const found = id === undefined ? undefined : await find(id);
		if (found === undefined) return await keepNew(given);
		const { entry, shelf } = found;
		if (shelf === 'ended' && isFree(entry)) return await keepNew(given);
		// Of one that cannot be read nobody knows whether it was another.
		if (mark.isNamed && entry.unreadable !== true && !isSameBody(bodyOf(entry), given.body))
			return { kind: 'otherBody', id: publicIdOf(entry.id) };
		return { kind: 'kept', id: publicIdOf(entry.id), isReplay: true };
	};
	/** Of those that come at the same time with one mark each waits for the one before. */
	const arriving = new Map<string, Promise<PutResult>>();
	const keep = async (given: Submission): Promise<PutResult> => {
		const { key } = given;
		if (key === undefined) return await keepNew(given);
		const before = arriving.get(key.text) ?? Promise.resolve();
		const mine = before.then(
			async () => await keepOnce(given, key),
			async () => await keepOnce(given, key),
		);
		arriving.set(key.text, mine);
		return await mine.finally(() => {
			if (arriving.get(key.text) === mine) arriving.delete(key.text);
		});
	};

	const shown = (entry: Entry, list: string): LeadRow => {
		const { firstName, lastName, phone } = entry.lead.leadInformation;
		const why = list === 'waiting' ? outbox.holdReason(entry.organizationId) : undefined;
		const { id, arrivedAtMs, endedAtMs, resolved } = entry;
		return {
			id,
			publicId: publicIdOf(id),
			arrivedAtMs,
			name: [firstName, lastName].filter((name) => name !== undefined).join(' '),
			phone,
			outcome: entry.outcome?.outcome ?? null,
			...(entry.outcome === null ? {} : { sent: entry.outcome as AttemptResult }),
			...(endedAtMs === undefined ? {} : { endedAtMs }),
			...(why === undefined ? {} : { why }),
			...(resolved === undefined ? {} : { resolved }),
		};
	};
	/** A person's act ends or moves a lead, which whoever waits for it should see. */
	const acting =
		(act: (id: string) => Promise<boolean>) =>
		async (id: string): Promise<boolean> => {
			const wasThere = await act(id);
			if (wasThere) watching.notify(id);
			return wasThere;
		};

	outbox.start();
	return {
		put: async (given) => {
			const { account, credentials } = given;
			known[accepted.has(account.id) ? 'verified' : 'unverified'].set(account.id, credentials);
			if (lacking.delete(account.id)) outbox.release(account.id);
			return await keep(given).catch(() => ({ kind: 'unwritten' as const }));
		},
		stateOf: async (account, id) =>
			/^\d{1,15}$/.test(id) ? await standing(entryId(Number(id), account.id)) : undefined,
		// Whatever ends a lead wakes those who wait for it, in this very process.
		lookAgainMs: 60_000,
		subscribe: (account, id, wake) => watching.subscribe(entryId(Number(id), account.id), wake),
		isVerified: async ({ group }) => await Promise.resolve(accepted.hasGroup(group)),
		counts: async (): Promise<QueueCounts> => {
			const { waiting, sending, unconfirmed, ended } = outbox.counts();
			const [oldest] = await store.list('waiting', { limit: 1 }).catch(() => []);
			return {
				waiting,
				unverified: outbox.waitingUnverified(),
				sending,
				unconfirmed,
				ended,
				...(oldest === undefined ? {} : { oldestAtMs: oldest.arrivedAtMs }),
			};
		},
		isReady: async () =>
			!isClosed &&
			(await store.get('waiting', '').then(
				() => true,
				() => false,
			)) &&
			opened.store.isAway?.() !== true,
		awayBecause: () => awayBecause,
		list: async (list, { text, after, limit }) => {
			const { entries, next } = await outbox.list({
				shelf: list,
				text,
				limit,
				...(after === undefined ? {} : { after }),
			});
			return { leads: entries.map((entry) => shown(entry, list)), ...(next === undefined ? {} : { next }) };
		},
		retry: acting(outbox.retry),
		arrived: acting(outbox.arrived),
		discard: acting(outbox.discard),
		close: async (patience) => {
			isClosed = true;
			await outbox.close(patience);
		},
	};
};
