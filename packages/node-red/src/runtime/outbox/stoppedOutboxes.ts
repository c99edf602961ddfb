import { type Counts, openDiskStore, type Shelf, shelves } from '@icloud-ready/outbox';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** The folder of an account's outbox below Node-RED's user folder. */
export const outboxFolder = (userFolder: string, accountId: string): string =>
	join(userFolder, 'icloud-ready', `outbox-${encodeURIComponent(accountId)}`);

/** The folder of all journals, beside the stores: so it shows when an older copy of one was brought back. */
export const journalsFolder = (userFolder: string): string => join(userFolder, 'icloud-ready', 'journals');

/** An outbox whose account does not run: it was deleted, or its flow is disabled. */
export interface StoppedOutbox {
	readonly id: string;
	readonly counts: Counts;
}

/** Looks that are under way, by folder: whoever wants to use one waits for it. */
const looking = new Map<string, Promise<unknown>>();

/** Resolves when nobody looks into this folder. */
export const untilFree = async (folder: string): Promise<void> => {
	for (let look = looking.get(folder); look !== undefined; look = looking.get(folder)) await look;
};

const countsIn = async (folder: string, nowMs: number): Promise<Counts> => {
	const { queuedLeadFormat } = await import('./queuedLeadFormat');
	const { store } = await openDiskStore(folder, nowMs, queuedLeadFormat, {
		journalFolder: join(dirname(folder), 'journals'),
	});
	const counts: Record<Shelf, number> = { waiting: 0, sending: 0, unconfirmed: 0, ended: 0 };
	try {
		for (const shelf of shelves) for await (const ids of store.ids(shelf)) counts[shelf] += ids.length;
	} finally {
		await store.close();
	}
	return counts;
};

const look = async (folder: string, nowMs: number): Promise<Counts | undefined> => {
	const running = looking.get(folder) as Promise<Counts | undefined> | undefined;
	if (running !== undefined) return await running;
	// One that cannot be opened is in use, or says nothing.
	const mine = countsIn(folder, nowMs)
		.catch(() => undefined)
		.finally(() => looking.delete(folder));
	looking.set(folder, mine);
	return await mine;
};

/** What an outbox holds does not change while nobody runs it. */
const known = new Map<string, Counts>();

/** To be called when an account starts to use its folder. */
export const forgetStopped = (folder: string): void => void known.delete(folder);

const idOf = (folder: string): string | undefined => {
	const name = /^outbox-([^/]+)$/.exec(basename(folder))?.[1];
	// What was moved aside as damaged has been taken over into the new one, as far as it could be read.
	if (name === undefined || /-damaged-\d{14}(?:-2)?$|-repair$/.test(name)) return undefined;
	try {
		return decodeURIComponent(name);
	} catch {
		return undefined;
	}
};

/** The outboxes that still hold leads although no account runs them. Their leads wait until the account is there again. */
export const stoppedOutboxes = async (
	userFolder: string,
	isRunning: (id: string) => boolean,
	nowMs: number,
): Promise<readonly StoppedOutbox[]> => {
	const names = await readdir(join(userFolder, 'icloud-ready')).catch(() => []);
	const stopped: StoppedOutbox[] = [];
	for (const name of names) {
		const id = idOf(name);
		if (id === undefined || isRunning(id)) continue;
		const folder = outboxFolder(userFolder, id);
		const counts = known.get(folder) ?? (await look(folder, nowMs));
		if (counts === undefined || isRunning(id)) continue;
		known.set(folder, counts);
		if (counts.waiting + counts.sending + counts.unconfirmed > 0) stopped.push({ id, counts });
	}
	return stopped;
};
