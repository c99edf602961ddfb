import { createOnce, type Marks, memoryMarks, type Once, type Policy } from '@icloud-ready/core';
import { openDiskMarks } from '@icloud-ready/outbox';
import { join } from 'node:path';

/** A record that a node uses; it gives it back when it closes. */
export interface Record {
	readonly once: Once;
	readonly release: () => Promise<void>;
}

/** For `run`: forgotten with the next deploy. */
const runRecord = (): Record => {
	const marks = memoryMarks();
	return { once: createOnce(marks, () => undefined), release: async () => { await marks.close(); } };
};

interface Shared {
	readonly folder: string;
	readonly once: Once;
	readonly marks: Promise<Marks>;
	readonly faulted: Set<() => void>;
	users: number;
}

/** The folder's database can be open once in a process, so every node that uses it shares it. */
let shared: Shared | undefined;
let closing: Promise<unknown> = Promise.resolve();

const openShared = (folder: string): Shared => {
	const marks = closing.then(async () => await openDiskMarks(folder));
	// Whoever asks for a mark hears of a failure; nobody else needs to.
	marks.catch(() => undefined);
	const faulted = new Set<() => void>();
	const late: Marks = {
		get: async (key) => await (await marks).get(key),
		put: async (key, mark) => { await (await marks).put(key, mark); },
		remove: async (key) => { await (await marks).remove(key); },
		close: async () => { await (await marks).close(); },
	};
	return { folder, marks, faulted, users: 0, once: createOnce(late, () => faulted.forEach((tell) => tell())) };
};

const folderOf = (userFolder: string): string => join(userFolder, 'icloud-ready', 'record');

/** For `always`: survives a restart. `onFault` is called for each lead for which the record could not be used. */
const lastingRecord = (folder: string, onFault: () => void): Record => {
	const mine = shared?.folder === folder ? shared : openShared(folder);
	shared = mine;
	mine.users++;
	mine.faulted.add(onFault);
	return {
		once: mine.once,
		release: async () => {
			mine.faulted.delete(onFault);
			mine.users--;
			if (mine.users > 0) return;
			if (shared === mine) shared = undefined;
			closing = mine.marks.then(async (marks) => { await marks.close(); }).catch(() => undefined);
			await closing;
		},
	};
};

/** The record that a choice of duplicates asks for; none where they are allowed. */
export const recordOf = (duplicates: Policy['duplicates'], userFolder: unknown, onFault: () => void): Record | undefined => {
	switch (duplicates) {
		case 'allow':
			return undefined;
		case 'run':
			return runRecord();
		case 'always':
			return lastingRecord(folderOf(typeof userFolder === 'string' ? userFolder : '.'), onFault);
	}
};

/** The lasting record for whoever may need it, opened when that shows. */
export const createLastingRecord = (userFolder: string, onFault: () => void): { readonly once: () => Once; readonly release: () => Promise<void> } => {
	let record: Record | undefined;
	return {
		once: () => {
			record ??= lastingRecord(folderOf(userFolder), onFault);
			return record.once;
		},
		release: async () => { await record?.release(); },
	};
};
