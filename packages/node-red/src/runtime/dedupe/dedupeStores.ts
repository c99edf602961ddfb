import { createDedupe, type DedupeStore, memoryDedupeStore, type Dedupe, type Policy } from '@icloud-ready/core';
import { type DiskDedupeStore, lastingDedupeStore, openLevel, type RecordFindings } from '@icloud-ready/outbox';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A record that a node uses; it gives it back when it closes. */
export interface DedupeStores {
	readonly once: Dedupe;
	/** What it is kept in, for keys that are no leads. */
	readonly marks: DedupeStore;
	readonly release: () => Promise<void>;
}

/** For `run`: forgotten with the next deploy. */
const runRecord = (): DedupeStores => {
	const marks = memoryDedupeStore();
	return {
		once: createDedupe(marks, () => undefined),
		marks,
		release: async () => {
			await marks.close();
		},
	};
};

/**
 * Hears that the record cannot be used, or that it can again: once each. `warning`: what was found wrong with it, in words,
 * for one of those who listen.
 */
export type RecordListener = (isAway: boolean, warning?: string) => void;

/** What was found wrong with the record; undefined where all is well. */
const warningOf = ({ damage, movedTo, renewedJournal }: RecordFindings): string | undefined => {
	const said = [
		movedTo === undefined ? '' : `The old files are in ${movedTo}.`,
		damage === undefined
			? ''
			: [
					damage.isOlder ? 'An older copy of it was restored.' : '',
					`${damage.restored} of its keys were restored.`,
					damage.leads + damage.unnamed === 0
						? 'Nothing is lost.'
						: `For ${damage.leads + damage.unnamed} keys it is unknown whether their leads were created: check iCloud-Ready before sending such leads again.`,
					'Check the disk of this machine.',
				]
					.filter((each) => each !== '')
					.join(' '),
		renewedJournal === true ? 'Its journal was damaged or missing and has been rewritten. No lead is missing.' : '',
	].filter((each) => each !== '');
	return said.length === 0 ? undefined : `The record of created leads was damaged. ${said.join(' ')}`;
};

interface Shared {
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
let shared: Shared | undefined;
let closing: Promise<unknown> = Promise.resolve();

/** Lets the process end. */
const nap = async (ms: number): Promise<void> => {
	await sleep(ms, undefined, { ref: false });
};

const openShared = (folder: string): Shared => {
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

/** A person has seen what was found wrong with the record, where it is open. */
export const recordDamageSeen = async (): Promise<void> => {
	await shared?.damageSeen();
};

/** What is known of the lasting record now; where nobody uses one, nothing is wrong with it. */
export const recordFacts = (): { readonly isAway: boolean; readonly damage: RecordFindings['damage'] } => ({
	isAway: shared?.isAway() ?? false,
	damage: shared?.damage(),
});

const folderOf = (userFolder: string): string => join(userFolder, 'icloud-ready', 'record');

/** For `always`: survives a restart, and comes back by itself where its folder cannot be used for a while. */
const lastingRecord = (folder: string, listener: RecordListener): DedupeStores => {
	const mine = shared?.folder === folder ? shared : openShared(folder);
	shared = mine;
	mine.users++;
	mine.listeners.add(listener);
	if (mine.isAway()) listener(true);
	return {
		once: mine.once,
		marks: mine.marks,
		release: async () => {
			mine.listeners.delete(listener);
			mine.users--;
			if (mine.users > 0) return;
			if (shared === mine) shared = undefined;
			closing = mine.marks.close().catch(() => undefined);
			await closing;
		},
	};
};

/** The record that a choice of duplicates asks for; none where they are allowed. */
export const recordOf = (
	duplicates: Policy['duplicates'],
	userFolder: unknown,
	listener: RecordListener,
): DedupeStores | undefined => {
	switch (duplicates) {
		case 'allow':
			return undefined;
		case 'run':
			return runRecord();
		case 'always':
			return lastingRecord(folderOf(typeof userFolder === 'string' ? userFolder : '.'), listener);
	}
};

/** The lasting record, for whoever may need it. */
export interface LastingRecord {
	readonly once: () => Dedupe;
	readonly marks: () => DedupeStore;
	readonly release: () => Promise<void>;
}

/** The lasting record for whoever may need it, opened when that shows. */
export const createLastingRecord = (userFolder: string, listener: RecordListener): LastingRecord => {
	let record: DedupeStores | undefined;
	const opened = (): DedupeStores => {
		record ??= lastingRecord(folderOf(userFolder), listener);
		return record;
	};
	return {
		once: () => opened().once,
		marks: () => opened().marks,
		release: async () => {
			await record?.release();
		},
	};
};
