import { untilFree } from './stoppedOutboxes';
import type { Dedupe, Outcome } from '@icloud-ready/core';
import {
	type Counts,
	type Entry,
	type NewEntry,
	openDiskStore,
	openOutbox,
	type Outbox,
	type OutboxOptions,
	reasonText,
	type Why,
} from '@icloud-ready/outbox';

/** A create-lead node as the outbox knows it. */
export interface Listener {
	readonly tell: (entry: Entry, outcome: Outcome, restored: boolean) => void;
	/** The node's own record of created leads, where it keeps one. */
	readonly once: Dedupe | undefined;
}

/** What can be said of an outbox at any time. */
export interface OutboxState {
	readonly counts: Counts;
	/** Why leads wait. */
	readonly held?: Why;
	/** It cannot be used, so leads are sent directly. */
	readonly isBroken: boolean;
}

export interface AccountOutbox {
	/** False: what an earlier setting kept is still sent, and nothing new is kept. */
	readonly keepsNew: boolean;
	/** `direct`: nothing can be kept, so the lead is to be sent at once. */
	readonly put: (lead: NewEntry) => Promise<'kept' | 'full' | 'direct'>;
	readonly state: () => OutboxState;
	/** The node with this id hears of its leads until it is detached. */
	readonly attach: (nodeId: string, listener: Listener) => void;
	readonly detach: (nodeId: string) => void;
	readonly listener: (nodeId: string) => Listener | undefined;
	/** Flows run, so outcomes find their nodes and leads may leave. */
	readonly start: () => void;
	/** What a person sees and does; undefined while it cannot be used. */
	readonly opened: () => Outbox | undefined;
	readonly close: (patience: Promise<unknown>) => Promise<void>;
}

export interface AccountOutboxOptions
	extends Pick<
		OutboxOptions,
		'send' | 'concurrency' | 'maxWaiting' | 'keepDays' | 'gateway' | 'now' | 'monotonicMs' | 'sleep'
	> {
	readonly folder: string;
	/** False: what an earlier setting kept is still sent, and nothing new is kept. */
	readonly keepsNew: boolean;
	readonly warn: (text: string) => void;
	readonly log: (text: string) => void;
	readonly onChange: () => void;
}

const nothing: Counts = { waiting: 0, sending: 0, unconfirmed: 0, ended: 0 };
const firstOpenAgainMs = 1000;
const longestOpenAgainMs = 60_000;
const isEmpty = ({ waiting, sending, unconfirmed }: Counts): boolean => waiting + sending + unconfirmed === 0;

const movedWarning = (movedTo: string, salvaged: number): string =>
	`The outbox was damaged or of another version and was moved to ${movedTo}. ` +
	(salvaged === 0
		? 'No lead in it could be read. '
		: `${salvaged} of its leads could be read and are listed as unconfirmed, since it is not known which of them were sent. `) +
	'A new outbox was begun.';
const brokenWarning = (folder: string, error: unknown): string =>
	`The outbox in ${folder} cannot be used, so leads are sent directly and none is kept for later: ${reasonText(error)}. Check that the folder can be written, that the disk has room and that no other Node-RED uses it. It is tried again by itself, and what waits in it leaves then.`;
const mendedText = (folder: string): string => `The outbox in ${folder} can be used again.`;
const unreadableWarning = ({ id }: Entry): string =>
	`A lead of the outbox cannot be read (${id}), so it is not sent and it is not known whether it was. It is listed as unconfirmed, with as much of it as can be read.`;

/** The outbox of one account: opened beside the running flows, tried again where it cannot be, and never in the way of a lead. */
export const createAccountOutbox = (options: AccountOutboxOptions): AccountOutbox => {
	const { folder, keepsNew, now, sleep, warn, log, onChange } = options;
	const listeners = new Map<string, Listener>();
	let outbox: Outbox | undefined;
	let isBroken = false;
	let isStarted = false;
	let isClosed = false;

	const tell: OutboxOptions['notify'] = (entry, outcome, restored) => {
		const listener = listeners.get(entry.origin.nodeId);
		listener?.tell(entry, outcome, restored);
		return listener !== undefined;
	};

	const open = async (): Promise<Outbox | undefined> => {
		await untilFree(folder);
		const { store, movedTo, salvaged = 0 } = await openDiskStore(folder, now(), { sleep });
		if (movedTo !== undefined) warn(movedWarning(movedTo, salvaged));
		const opened = await openOutbox({
			...options,
			store,
			notify: tell,
			onChange,
			unreadable: (entry) => warn(unreadableWarning(entry)),
		}).catch(async (error: unknown) => {
			// Or the next try would find it held by this very process.
			await store.close().catch(() => undefined);
			throw error;
		});
		store.watch?.({ away: broken, back: mended });
		if (keepsNew || !isEmpty(opened.counts()) || (await store.unacked()).length > 0) return opened;
		await opened.close(Promise.resolve());
		return undefined;
	};
	const broken = (error: unknown): void => {
		if (!isBroken) warn(brokenWarning(folder, error));
		isBroken = true;
		onChange();
	};
	const mended = (): void => {
		if (isBroken) log(mendedText(folder));
		isBroken = false;
		onChange();
	};
	let firstTryOver = (): void => undefined;
	/** Whoever comes while it opens waits for the first try and no longer. */
	const firstTry = new Promise<void>((resolve) => {
		firstTryOver = resolve;
	});
	const openUntilItWorks = async (): Promise<void> => {
		for (let tries = 0; !isClosed; tries++) {
			try {
				outbox = await open();
				mended();
				if (isStarted) outbox?.start();
				return;
			} catch (error) {
				broken(error);
			} finally {
				firstTryOver();
			}
			await sleep(Math.min(longestOpenAgainMs, firstOpenAgainMs * 2 ** tries));
		}
	};
	const opening = openUntilItWorks().finally(onChange);

	return {
		keepsNew,
		put: async (lead) => {
			await firstTry;
			if (outbox === undefined) return 'direct';
			try {
				return await outbox.put(lead);
			} catch {
				// The store has said so by itself, once.
				return 'direct';
			}
		},
		state: () => {
			const held = outbox?.holdReason();
			return { counts: outbox?.counts() ?? nothing, isBroken, ...(held === undefined ? {} : { held }) };
		},
		attach: (nodeId, listener) => {
			listeners.set(nodeId, listener);
			outbox?.redeliver();
		},
		detach: (nodeId) => {
			listeners.delete(nodeId);
		},
		listener: (nodeId) => listeners.get(nodeId),
		start: () => {
			isStarted = true;
			outbox?.start();
		},
		opened: () => outbox,
		close: async (patience) => {
			isClosed = true;
			if (outbox === undefined) await opening;
			await outbox?.close(patience);
		},
	};
};
