import type { LeadQueue } from '../../leads/leadQueue';
import type { Resolved } from '../../leads/leadState';
import { reopened, withoutSealed } from './jobData';
import type { JobReader, StoredLead } from './jobReader';
import { endUnsent, reopen } from './ledgerUnsent';
import type { WorkerPool } from './workers';
import { isPartOf, withBulkId } from '@icloud-ready/outbox';
import type { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';

interface Means {
	readonly redis: Redis;
	readonly jobs: JobReader;
	readonly workerPool: Pick<WorkerPool, 'queueOf'>;
	/** A lead of this key waits again. */
	readonly onReopened: (group: string) => void;
	readonly now: () => number;
}

type Act = LeadQueue['retry'];

/** Longer than BullMQ takes to end what the ledger has ended, on the busiest machine. */
const longestEndingMs = 5000;
const lookAgainMs = 50;

/** Does it once more where BullMQ was just ending the lead, or putting it back: it is listed as that a moment before. */
const onceOver = async (
	{ workerPool }: Pick<Means, 'workerPool'>,
	{ id, account, record }: StoredLead,
	act: () => Promise<boolean>,
): Promise<boolean> => {
	if (await act()) return true;
	// It is on its way just now.
	if (record.endedAtMs === undefined && record.sent !== undefined) return false;
	const queue = workerPool.queueOf(account.group);
	for (let waitedMs = 0; waitedMs < longestEndingMs; waitedMs += lookAgainMs) {
		if ((await queue.getJobState(id)) !== 'active') break;
		await sleep(lookAgainMs);
	}
	// Only if it is still as it was read. It may have been over by the time that was asked.
	return await act();
};

/** Has BullMQ take a lead from among those that are over. False where another did, or Redis said nothing. */
const takeUp = async (
	{ workerPool, onReopened }: Means,
	{ id, account: { group } }: StoredLead,
	from: 'failed' | 'completed',
): Promise<boolean> => {
	const job = await workerPool.queueOf(group).getJob(id);
	const isMoved =
		(await job?.retry(from).then(
			() => true,
			() => false,
		)) === true;
	onReopened(group);
	return isMoved;
};

/** A gateway that died in the middle leaves a lead that is written as waiting, and that BullMQ still has for over. */
const finish = async (means: Means, read: StoredLead): Promise<void> => {
	if (read.record.endedAtMs !== undefined) return;
	const state = await means.workerPool.queueOf(read.account.group).getJobState(read.id);
	if (state === 'failed' || state === 'completed') await takeUp(means, read, state);
};

const retry =
	(means: Means): Act =>
	async (key, bulkId) => {
		const { redis, jobs, now } = means;
		const read = await jobs.readByKey(key);
		if (read?.kind !== 'lead' || read.record.unreadable === true) return false;
		if (isPartOf(read.record, bulkId)) {
			await finish(means, read);
			return true;
		}
		if (read.record.endedAtMs === undefined) return false;
		return await onceOver(means, read, async () => {
			const from = await reopen(redis, read, withBulkId(reopened(read.record, now()), bulkId), now());
			return from !== undefined && (await takeUp(means, read, from));
		});
	};

const resolve =
	(means: Means, resolved: Resolved, mayWait: boolean): Act =>
	async (key, bulkId) => {
		const { redis, jobs, now } = means;
		const read = await jobs.readByKey(key);
		if (read?.kind !== 'lead') return false;
		if (isPartOf(read.record, bulkId)) return true;
		if (read.record.endedAtMs === undefined && !mayWait) return false;
		const nowMs = now();
		const record = withBulkId({ ...withoutSealed(read.record), resolved, endedAtMs: nowMs }, bulkId);
		return await onceOver(means, read, async () => await endUnsent(redis, read, record, nowMs, mayWait));
	};

/** What a person can do, whichever gateway holds the lead. One that only a newer gateway can read is not there to be acted on. */
export const createAdmin = (means: Means): Pick<LeadQueue, 'retry' | 'arrived' | 'discard'> => ({
	retry: retry(means),
	arrived: resolve(means, 'arrived', false),
	discard: resolve(means, 'discarded', true),
});
