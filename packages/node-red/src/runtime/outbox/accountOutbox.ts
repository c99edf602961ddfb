import { outboxTexts } from './outboxTexts';
import type { QueuedLead } from './queuedLead';
import { untilFree } from './stoppedOutboxes';
import type { Dedupe, HoldReason, Outcome } from '@icloud-ready/core';
import {
	type Counts,
	type Damage,
	type Entry,
	type EntryStore,
	type NewEntry,
	type NotLeaving,
	openDiskStore,
	openOutbox,
	type Outbox,
	type OutboxOptions,
	type WaitingPartition,
} from '@icloud-ready/outbox';

/** A create-lead node as the outbox knows it. */
export interface Listener {
	readonly tell: (entry: Entry<QueuedLead>, outcome: Outcome, restored: boolean) => void;
	/** The node's own record of created leads, where it keeps one. */
	readonly once: Dedupe | undefined;
}

/** What can be said of an outbox at any time. */
export interface OutboxState {
	readonly counts: Counts;
	/** Why leads wait. */
	readonly held?: HoldReason;
	/** They wait because a setting of the account is missing or cannot be used, not because iCloud-Ready refused it. */
	readonly isAccountUnusable?: true;
	/** Leads that could have left for a minute, and have not. */
	readonly notLeaving?: NotLeaving;
	/** So many leads were found damaged or missing, and no person has seen that yet. */
	readonly damaged?: number;
	/** It cannot be used, so leads are sent directly. */
	readonly isBroken: boolean;
}

/** What it knows of who waits and of its files, for whoever decides whether a person is needed. */
export interface OutboxFacts {
	/** Whether it was tried to open it: before that it knows nothing. */
	readonly isTried: boolean;
	readonly waiting: readonly WaitingPartition[];
	/** When the lead that waits longest arrived, in ms since 1970. */
	readonly oldestAtMs?: number;
	/** What was found wrong with its files, until a person has seen that. */
	readonly damage?: Damage;
}

export interface AccountOutbox {
	/** False: what an earlier setting kept is still sent, and nothing new is kept. */
	readonly keepsNew: boolean;
	/** `direct`: nothing can be kept, so the lead is to be sent at once. */
	readonly put: (lead: NewEntry<QueuedLead>) => Promise<'kept' | 'full' | 'direct'>;
	/** Keeps a lead that has ended already; one that cannot be kept is not, and its outcome is told all the same. */
	readonly putEnded: (lead: NewEntry<QueuedLead>, outcome: Outcome) => Promise<void>;
	readonly state: () => OutboxState;
	/** Never rejects. */
	readonly facts: () => Promise<OutboxFacts>;
	/** The node with this id hears of its leads until it is detached. */
	readonly attach: (nodeId: string, listener: Listener) => void;
	readonly detach: (nodeId: string) => void;
	readonly listener: (nodeId: string) => Listener | undefined;
	/** Flows run, so outcomes find their nodes and leads may leave. */
	readonly start: () => void;
	/** What a person sees and does; undefined while it cannot be used. */
	readonly opened: () => Outbox<QueuedLead> | undefined;
	/** A person has seen what was found damaged. Rejects where that cannot be written. */
	readonly damageSeen: () => Promise<void>;
	readonly close: (patience: Promise<unknown>) => Promise<void>;
}

export interface AccountOutboxOptions
	extends Pick<
		OutboxOptions<QueuedLead>,
		| 'send'
		| 'concurrency'
		| 'acquire'
		| 'tryAcquire'
		| 'maxPerSecond'
		| 'longestSendingMs'
		| 'maxWaiting'
		| 'keepDays'
		| 'gateway'
		| 'now'
		| 'monotonicMs'
		| 'sleep'
	> {
	readonly folder: string;
	/** The folder of its journal, outside of its own. */
	readonly journalFolder: string;
	/** False: what an earlier setting kept is still sent, and nothing new is kept. */
	readonly keepsNew: boolean;
	/** Nothing can be sent until a setting of the account is corrected. */
	readonly isAccountUnusable: boolean;
	readonly warn: (text: string) => void;
	readonly log: (text: string) => void;
	readonly onChange: () => void;
}

interface State {
	readonly options: AccountOutboxOptions;
	readonly listeners: Map<string, Listener>;
	/** Undefined while it cannot be used, and where there is nothing in it and nothing new is kept. */
	outbox: Outbox<QueuedLead> | undefined;
	/** Undefined as the outbox is. */
	store: EntryStore<QueuedLead> | undefined;
	isBroken: boolean;
	isTried: boolean;
	isStarted: boolean;
	isClosed: boolean;
}

const nothing: Counts = { waiting: 0, sending: 0, unconfirmed: 0, ended: 0 };
/** Soon enough for one that the Node-RED before this one still holds, and no load on a disk that is full for days. */
const firstOpenAgainMs = 1000;
const longestOpenAgainMs = 60_000;

const setBroken = (state: State, error: unknown): void => {
	const { folder, warn, onChange } = state.options;
	if (!state.isBroken) warn(outboxTexts.broken(folder, error));
	state.isBroken = true;
	onChange();
};

const setMended = (state: State): void => {
	const { folder, log, onChange } = state.options;
	if (state.isBroken) log(outboxTexts.mended(folder));
	state.isBroken = false;
	onChange();
};

const notify = ({ listeners }: State, entry: Entry<QueuedLead>, outcome: Outcome, restored: boolean): boolean => {
	const listener = listeners.get(entry.payload.origin.nodeId);
	listener?.tell(entry, outcome, restored);
	return listener !== undefined;
};

/** Undefined where nothing is in it and nothing new is kept. Rejects where it cannot be opened. */
const open = async (state: State): Promise<Outbox<QueuedLead> | undefined> => {
	const { options } = state;
	const { folder, journalFolder, now, sleep, warn, log, onChange, keepsNew } = options;
	await untilFree(folder);
	const { queuedLeadFormat } = await import('./queuedLeadFormat');
	const opened = await openDiskStore(folder, now(), queuedLeadFormat, { sleep, journalFolder });
	const { store, movedTo, salvaged, damage, renewedJournal } = opened;
	if (movedTo !== undefined)
		warn(salvaged === undefined ? outboxTexts.repaired(movedTo) : outboxTexts.moved(movedTo, salvaged));
	if (damage !== undefined) warn(outboxTexts.damaged(damage));
	if (renewedJournal === true) log(outboxTexts.renewed(folder));
	const outbox = await openOutbox({
		...options,
		store,
		notify: (...told) => notify(state, ...told),
		onChange,
		onNotLeaving: (found) => {
			if (found === undefined) log(outboxTexts.leavingAgain);
			else warn(outboxTexts.notLeaving(found));
			onChange();
		},
		unreadable: (entry) => warn(outboxTexts.unreadable(entry)),
	}).catch(async (error: unknown) => {
		// Or the next try would find it held by this very process.
		await store.close().catch(() => undefined);
		throw error;
	});
	store.watch?.({ away: (error) => setBroken(state, error), back: () => setMended(state) });
	state.store = store;
	const { waiting, sending, unconfirmed } = outbox.counts();
	if (keepsNew || waiting + sending + unconfirmed > 0 || (await store.unacked()).length > 0) return outbox;
	state.store = undefined;
	await outbox.close(Promise.resolve());
	return undefined;
};

/** `tried` is called after each try. */
const openUntilItWorks = async (state: State, tried: () => void): Promise<void> => {
	for (let tries = 0; !state.isClosed; tries++) {
		try {
			state.outbox = await open(state);
			setMended(state);
			if (state.isStarted) state.outbox?.start();
			return;
		} catch (error) {
			setBroken(state, error);
		} finally {
			state.isTried = true;
			tried();
		}
		await state.options.sleep(Math.min(longestOpenAgainMs, firstOpenAgainMs * 2 ** tries));
	}
};

const stateOf = ({ options, outbox, store, isBroken }: State): OutboxState => {
	const damage = store?.damage?.();
	const damaged = damage === undefined ? 0 : damage.leads + damage.unnamed;
	const held = outbox?.holdReason();
	const notLeaving = outbox?.notLeaving();
	return {
		counts: outbox?.counts() ?? nothing,
		isBroken,
		...(damaged === 0 ? {} : { damaged }),
		...(held === undefined ? {} : { held }),
		...(options.isAccountUnusable ? { isAccountUnusable: true } : {}),
		...(notLeaving === undefined ? {} : { notLeaving }),
	};
};

const factsOf = async ({ outbox, store, isTried }: State): Promise<OutboxFacts> => {
	const waiting = outbox?.waitingPartitions() ?? [];
	const [longest] = waiting;
	const read = async (shelf: 'waiting' | 'sending'): Promise<Entry<QueuedLead> | undefined> =>
		longest === undefined ? undefined : await store?.get(shelf, longest.first).catch(() => undefined);
	const oldest = (await read('waiting')) ?? (await read('sending'));
	const damage = store?.damage?.();
	return {
		isTried,
		waiting,
		...(oldest === undefined ? {} : { oldestAtMs: oldest.arrivedAtMs }),
		...(damage === undefined ? {} : { damage }),
	};
};

/** The outbox of one account: opened beside the running flows, tried again where it cannot be, and never in the way of a lead. */
export const createAccountOutbox = (options: AccountOutboxOptions): AccountOutbox => {
	const listeners = new Map<string, Listener>();
	const state: State = {
		options,
		listeners,
		outbox: undefined,
		store: undefined,
		isBroken: false,
		isTried: false,
		isStarted: false,
		isClosed: false,
	};
	let firstTryOver = (): void => undefined;
	/** Whoever comes while it opens waits for the first try and no longer. */
	const firstTry = new Promise<void>((resolve) => {
		firstTryOver = resolve;
	});
	const opening = openUntilItWorks(state, firstTryOver).finally(options.onChange);

	return {
		keepsNew: options.keepsNew,
		put: async (lead) => {
			await firstTry;
			// A store that fails has said so by itself, once.
			return (await state.outbox?.put(lead).catch(() => undefined)) ?? 'direct';
		},
		putEnded: async (lead, outcome) => {
			await firstTry;
			await state.outbox?.putEnded(lead, outcome).catch(() => undefined);
		},
		state: () => stateOf(state),
		facts: async () => await factsOf(state),
		attach: (nodeId, listener) => {
			listeners.set(nodeId, listener);
			state.outbox?.redeliver();
		},
		detach: (nodeId) => {
			listeners.delete(nodeId);
		},
		listener: (nodeId) => listeners.get(nodeId),
		start: () => {
			state.isStarted = true;
			state.outbox?.start();
		},
		opened: () => state.outbox,
		damageSeen: async () => {
			await state.store?.damageSeen?.();
			options.onChange();
		},
		close: async (patience) => {
			state.isClosed = true;
			if (state.outbox === undefined) await opening;
			await state.outbox?.close(patience);
		},
	};
};
