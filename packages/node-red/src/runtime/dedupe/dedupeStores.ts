import { type RecordListener, shareRecord } from './sharedRecord';
import { createDedupe, type DedupeStore, memoryDedupeStore, type Dedupe, type Policy } from '@icloud-ready/core';
import { join } from 'node:path';

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

const folderOf = (userFolder: string): string => join(userFolder, 'icloud-ready', 'record');

/** For `always`: survives a restart, and comes back by itself where its folder cannot be used for a while. */
const lastingRecord = (folder: string, listener: RecordListener): DedupeStores => {
	const { record, release } = shareRecord(folder, listener);
	return { once: record.once, marks: record.marks, release };
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
