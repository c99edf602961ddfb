import { accountOfId } from '../../leads/accounts';
import { arrivedAtMsOf, indexKeys, queueKey, readJobKey } from './redisKeys';
import { jobKeyText, only } from './schema/names';
import type { UnreadReport } from './unread';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly unread: UnreadReport;
	/** Milliseconds since 1970, but for a jump forward that nothing has borne out yet. */
	readonly purgeNow: () => number;
}

/** So many leads in one round trip: 1,500 commands, which keep Redis from others for some ms. */
const pageSize = 500;
/** Younger leads may be in the middle of being written. */
const minAgeMs = 60_000;

/** Where BullMQ has a lead that stands among the open ones. */
export interface JobPlace {
	readonly exists: boolean;
	readonly isFailed: boolean;
	readonly isCompleted: boolean;
}

/** What is to be written of it: which index it belongs to, whether it is open no more, and that its queue has leads. */
export interface IndexRepair {
	readonly index?: 'unconfirmed' | 'ended';
	readonly isClosed: boolean;
	readonly hasQueue: boolean;
}

/** Puts an open lead right; undefined where it is too young to be judged. */
export const indexRepairOf = (
	{ exists, isFailed, isCompleted }: JobPlace,
	arrivedAtMs: number,
	nowMs: number,
): IndexRepair | undefined =>
	arrivedAtMs > nowMs - minAgeMs
		? undefined
		: {
				...(isFailed ? { index: 'unconfirmed' } : isCompleted ? { index: 'ended' } : {}),
				isClosed: !exists || isFailed || isCompleted,
				hasQueue: exists,
			};

const placesOf = async (redis: Redis, keys: readonly string[]): Promise<readonly (readonly unknown[])[]> => {
	const reads = redis.pipeline();
	for (const key of keys) {
		const { id, accountId } = readJobKey(key) ?? { id: '', accountId: '' };
		const { group } = accountOfId(accountId);
		reads.exists(queueKey(group, id)).zscore(queueKey(group, 'failed'), id).zscore(queueKey(group, 'completed'), id);
	}
	const answers = (await reads.exec()) ?? [];
	return keys.map((_, at) => answers.slice(at * 3, at * 3 + 3).map(([, value]) => value));
};

/** Puts the indexes right where a gateway died between two steps: BullMQ's sets say where a lead is. */
export const reconcile = async ({ redis, unread, purgeNow }: Means): Promise<void> => {
	for (let after = '-'; ; ) {
		const page = await redis.zrangebylex(indexKeys.open, after, '+', 'LIMIT', 0, pageSize);
		const keys = only(jobKeyText, page, () => unread.damaged('index', indexKeys.open));
		const places = await placesOf(redis, keys);
		const writes = redis.pipeline();
		for (const [at, key] of keys.entries()) {
			const [exists, failed, completed] = places[at] ?? [];
			// What was not answered is not known, and looked at the next time.
			if (typeof exists !== 'number') continue;
			const repair = indexRepairOf(
				{ exists: exists === 1, isFailed: failed != null, isCompleted: completed != null },
				arrivedAtMsOf(key),
				purgeNow(),
			);
			if (repair === undefined) continue;
			if (repair.index !== undefined) writes.zadd(indexKeys[repair.index], 0, key);
			// The others look for leads by this.
			if (repair.hasQueue) writes.sadd(indexKeys.groups, accountOfId(readJobKey(key)?.accountId ?? '').group);
			if (repair.isClosed)
				writes
					.gatewayRelease(indexKeys.open, indexKeys.unverified, indexKeys.shares, indexKeys.facets, key, '')
					.srem(indexKeys.sending, key);
		}
		await writes.exec();
		if (page.length < pageSize) return;
		after = `(${page.at(-1) ?? ''}`;
	}
};
