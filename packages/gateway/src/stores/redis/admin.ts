import type { LeadQueue } from '../../leads/leadQueue';
import type { Resolved } from '../../leads/leadState';
import { reopened, withoutSealed } from './jobData';
import type { JobReader } from './jobReader';
import { endUnsent, reopen } from './ledgerUnsent';
import type { WorkerPool } from './workers';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly jobs: JobReader;
	readonly workerPool: Pick<WorkerPool, 'queueOf'>;
	/** A lead of this key waits again. */
	readonly onReopened: (group: string) => void;
	readonly now: () => number;
}

/** What a person can do, whichever gateway holds the lead. One that only a newer gateway can read is not there to be acted on. */
export const createAdmin = ({
	redis,
	jobs,
	workerPool,
	onReopened,
	now,
}: Means): Pick<LeadQueue, 'retry' | 'arrived' | 'discard'> => {
	const resolve =
		(resolved: Resolved, mayWait: boolean) =>
		async (key: string): Promise<boolean> => {
			const read = await jobs.readByKey(key);
			if (read?.kind !== 'lead' || (read.record.endedAtMs === undefined && !mayWait)) return false;
			const nowMs = now();
			const record = { ...withoutSealed(read.record), resolved, endedAtMs: nowMs };
			return await endUnsent(redis, read, record, nowMs, mayWait);
		};
	return {
		retry: async (key) => {
			const read = await jobs.readByKey(key);
			if (read?.kind !== 'lead' || read.record.endedAtMs === undefined || read.record.unreadable === true) return false;
			const from = await reopen(redis, read, reopened(read.record, now()), now());
			if (from === undefined) return false;
			const { group } = read.account;
			const job = await workerPool.queueOf(group).getJob(read.id);
			const isMoved =
				(await job?.retry(from).then(
					() => true,
					() => false,
				)) === true;
			onReopened(group);
			return isMoved;
		},
		arrived: resolve('arrived', false),
		discard: resolve('discarded', true),
	};
};
