import { warningOf } from './recordWarning';
import { createDedupe, type Dedupe, type DedupeStore } from '@icloud-ready/core';
import { type DiskDedupeStore, lastingDedupeStore, openLevel, type RecordFindings } from '@icloud-ready/outbox';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Hears that the record cannot be used, or that it can again: once each. `warning`: what was found wrong with it, in words,
 * for one of those who listen.
 */
export type RecordListener = (isAway: boolean, warning?: string) => void;

/** The lasting record of a folder, for all nodes that use it. */
interface SharedRecord {
	readonly folder: string;
	readonly once: Dedupe;
	readonly marks: DedupeStore;
	readonly listeners: Set<RecordListener>;
	/** A person has seen what was found wrong with it. */
	readonly damageSeen: () => Promise<void>;
	readonly isAway: () => boolean;
	/** What was found wrong with it, until a person has seen that. */
	readonly damage: () => RecordFindings['damage'];
	users: number;
}

/** The folder's database can be open once in a process, so every node that uses it shares it. */
let shared: SharedRecord | undefined;
let closing: Promise<unknown> = Promise.resolve();

/** Lets the process end. */
const nap = async (ms: number): Promise<void> => {
	await sleep(ms, undefined, { ref: false });
};

const openRecord = (folder: string): SharedRecord => {
	const listeners = new Set<RecordListener>();
	let isAway = false;
	const turned = (now: boolean): void => {
		if (isAway === now) return;
		isAway = now;
		for (const listener of listeners) listener(now);
	};
	const before = closing;
	let damage: RecordFindings['damage'];
	const tellFound = (found: RecordFindings): void => {
		damage = found.damage;
		const warning = warningOf(found);
		const [first] = listeners;
		if (warning !== undefined) first?.(isAway, warning);
	};
	const marks: DiskDedupeStore = lastingDedupeStore(
		folder,
		{ away: () => turned(true), back: () => turned(false) },
		{
			sleep: nap,
			// Beside the record, so that it shows when an older copy of it was brought back.
			journalFolder: join(dirname(folder), 'journals'),
			onOpened: tellFound,
			open: async (...where) => {
				await before;
				return await openLevel(...where);
			},
		},
	);
	const working = async <Result>(work: Promise<Result>): Promise<Result> => {
		const result = await work;
		turned(false);
		return result;
	};
	const told: DedupeStore = {
		get: async (key) => await working(marks.get(key)),
		put: async (key, mark) => {
			await working(marks.put(key, mark));
		},
		remove: async (key) => {
			await working(marks.remove(key));
		},
		close: marks.close,
	};
	// So that it shows at once that it cannot be opened.
	told.get('').catch(() => undefined);
	return {
		folder,
		marks: told,
		listeners,
		damageSeen: async () => {
			await marks.damageSeen();
			damage = undefined;
		},
		isAway: () => isAway,
		damage: () => damage,
		users: 0,
		once: createDedupe(told, () => turned(true)),
	};
};

/** The record of a folder for one more user, who hears of it until `release`. */
export const shareRecord = (
	folder: string,
	listener: RecordListener,
): { readonly record: SharedRecord; readonly release: () => Promise<void> } => {
	const record = shared?.folder === folder ? shared : openRecord(folder);
	shared = record;
	record.users++;
	record.listeners.add(listener);
	if (record.isAway()) listener(true);
	return {
		record,
		release: async () => {
			record.listeners.delete(listener);
			record.users--;
			if (record.users > 0) return;
			if (shared === record) shared = undefined;
			closing = record.marks.close().catch(() => undefined);
			await closing;
		},
	};
};

/** A person has seen what was found wrong with the record, where it is open. */
export const recordDamageSeen = async (): Promise<void> => {
	await shared?.damageSeen();
};

/** What is known of the lasting record now; where nobody uses one, nothing is wrong with it. */
export const recordFacts = (): { readonly isAway: boolean; readonly damage: RecordFindings['damage'] } => ({
	isAway: shared?.isAway() ?? false,
	damage: shared?.damage(),
});
