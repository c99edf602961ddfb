import { outboxTexts } from './outboxTexts';
import type { QueuedLead } from './queuedLead';
import { untilFree } from './stoppedOutboxes';
import type { Dedupe, Outcome } from '@icloud-ready/core';
import {
	type Entry,
	type EntryStore,
	openDiskStore,
	openOutbox,
	type Outbox,
	type OutboxOptions,
} from '@icloud-ready/outbox';

/** A create-lead node as the outbox knows it. */
export interface Listener {
	readonly tell: (entry: Entry<QueuedLead>, outcome: Outcome, restored: boolean) => void;
	/** The node's own record of created leads, where it keeps one. */
	readonly once: Dedupe | undefined;
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

/** An account's outbox while it is opened, used and closed. */
export interface OpenState {
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

/** Soon enough for one that the Node-RED before this one still holds, and no load on a disk that is full for days. */
const firstOpenAgainMs = 1000;
const longestOpenAgainMs = 60_000;

const setBroken = (state: OpenState, error: unknown): void => {
	const { folder, warn, onChange } = state.options;
	if (!state.isBroken) warn(outboxTexts.broken(folder, error));
	state.isBroken = true;
	onChange();
};

const setMended = (state: OpenState): void => {
	const { folder, log, onChange } = state.options;
	if (state.isBroken) log(outboxTexts.mended(folder));
	state.isBroken = false;
	onChange();
};

const notify = ({ listeners }: OpenState, entry: Entry<QueuedLead>, outcome: Outcome, restored: boolean): boolean => {
	const listener = listeners.get(entry.payload.origin.nodeId);
	listener?.tell(entry, outcome, restored);
	return listener !== undefined;
};

/** Undefined where nothing is in it and nothing new is kept. Rejects where it cannot be opened. */
const open = async (state: OpenState): Promise<Outbox<QueuedLead> | undefined> => {
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

/** Opens it, again and again where that fails, until it is closed; `tried` is called after each try. Never rejects. */
export const openUntilItWorks = async (state: OpenState, tried: () => void): Promise<void> => {
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
