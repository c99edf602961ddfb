import { accountOfId } from '../../leads/accounts';
import { arrivedAtMsOf, indexKeys, stateKeys, readJobKey, queueKey } from './redisKeys';
import type { WorkerPool } from './workers';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly lanes: Pick<WorkerPool, 'queueOf'>;
	readonly keepDays: number;
	readonly now: () => number;
	/** The same, but for a jump forward that nothing has borne out yet: what is forgotten by its age is forgotten by this. */
	readonly purgeNow: () => number;
}

const dayMs = 86_400_000;
const pageSize = 500;
/** Whoever makes up keys fills Redis for a day and no longer. */
const mostUnverifiedDays = 1;
/** What BullMQ keeps of a queue beside its jobs. */
const leftOvers = ['meta', 'id', 'events', 'marker', 'stalled', 'stalled-check', 'limiter'] as const;
/** Younger leads may be in the middle of being written. */
const oldEnoughMs = 60_000;

/** Forgets what ended more than `keepDays` ago. Unconfirmed leads stay until a person says what became of them. */
const expire = async ({ redis, lanes, keepDays, now, purgeNow }: Means, group: string): Promise<void> => {
	const isVerified = (await redis.zscore(indexKeys.accepted, group)) !== null;
	const days = isVerified ? keepDays : Math.min(keepDays, mostUnverifiedDays);
	// BullMQ takes the age by the clock of this machine.
	const graceMs = days * dayMs + Math.max(0, now() - purgeNow());
	for (;;) {
		const ids = await lanes.queueOf(group).clean(graceMs, pageSize, 'completed');
		if (ids.length === 0) return;
		const batch = redis.pipeline();
		// All that begins with this id and the sign before the account.
		for (const id of ids) batch.zremrangebylex(indexKeys.ended, `[${id}~`, `(${id}\x7f`);
		await batch.exec();
		if (ids.length < pageSize) return;
	}
};

/** A key of which nothing is kept any more needs no notes. */
const dropEmptyQueues = async ({ redis }: Means, group: string): Promise<void> => {
	const kept = await redis.exists(
		...['wait', 'active', 'delayed', 'failed', 'completed'].map((name) => queueKey(group, name)),
	);
	if (kept !== 0 || (await redis.hexists(indexKeys.shares, group)) === 1) return;
	await redis
		.pipeline()
		.srem(indexKeys.groups, group)
		.zrem(indexKeys.trials, group)
		.del(
			stateKeys.hold(group),
			stateKeys.pace(group),
			stateKeys.unanswered(group),
			...leftOvers.map((name) => queueKey(group, name)),
		)
		.exec();
};

/** Puts the books right where a gateway died between two steps: BullMQ's sets say where a lead is. */
const reconcile = async ({ redis, purgeNow }: Means): Promise<void> => {
	for (let after = '-'; ; ) {
		const page = await redis.zrangebylex(indexKeys.open, after, '+', 'LIMIT', 0, pageSize);
		const reads = redis.pipeline();
		for (const whole of page) {
			const { id, accountId } = readJobKey(whole) ?? { id: '', accountId: '' };
			const { group } = accountOfId(accountId);
			reads.exists(queueKey(group, id)).zscore(queueKey(group, 'failed'), id).zscore(queueKey(group, 'completed'), id);
		}
		const answers = (await reads.exec()) ?? [];
		const writes = redis.pipeline();
		page.forEach((whole, index) => {
			const [exists, failed, completed] = [0, 1, 2].map((offset) => answers[index * 3 + offset]?.[1]);
			if (arrivedAtMsOf(whole) > purgeNow() - oldEnoughMs) return;
			if (failed != null) writes.zadd(indexKeys.unconfirmed, 0, whole);
			if (completed != null) writes.zadd(indexKeys.ended, 0, whole);
			// The others look for leads by this.
			if (exists === 1) writes.sadd(indexKeys.groups, accountOfId(readJobKey(whole)?.accountId ?? '').group);
			if (exists === 0 || failed != null || completed != null)
				writes
					.gatewayRelease(indexKeys.open, indexKeys.unverified, indexKeys.shares, whole)
					.srem(indexKeys.sending, whole);
		});
		await writes.exec();
		if (page.length < pageSize) return;
		after = `(${page.at(-1) ?? ''}`;
	}
};

/** What has to be done now and then, by any of the gateways. */
export const maintain = async (means: Means): Promise<void> => {
	for (const group of await means.redis.smembers(indexKeys.groups)) {
		await expire(means, group);
		await dropEmptyQueues(means, group);
	}
	await reconcile(means);
};
