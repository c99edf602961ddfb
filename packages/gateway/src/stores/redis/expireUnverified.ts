import type { Account } from '../../leads/accounts';
import type { AttemptResult } from '../../leads/leadState';
import { type QueueEvents, givenUpNotice } from '../../leads/queueOptions';
import type { Accepted } from './acceptedAccounts';
import { endedWith } from './jobData';
import { readJobByKey, endUnsent } from './ledger';
import { indexKeys, stateKeys, queueKey } from './redisKeys';
import { givenUp } from '@icloud-ready/outbox';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly accepted: Pick<Accepted, 'has'>;
	/** How long a lead of an account that was never accepted may wait. */
	readonly forMs: number;
	readonly events: QueueEvents;
	readonly now: () => number;
}

const mostAtOnce = 500;
/** One that nobody refused so far, or that is on its way just now, is looked at again after so long. */
const againMs = 60_000;

/** Nothing of this key waits any more, so what held it is forgotten, and its next lead is tried at once. */
const forgetHolds = async (redis: Redis, { id, group }: Account): Promise<void> => {
	if ((await redis.hexists(indexKeys.shares, group)) === 1) return;
	await redis
		.pipeline()
		.del(stateKeys.hold(group), stateKeys.hold(id), stateKeys.probe(id), queueKey(group, 'limiter'))
		.zrem(indexKeys.trials, group)
		.exec();
};

/** Ends leads of accounts never accepted that waited too long; whichever gateway comes first. Resolves with how many that were. */
export const expire = async ({ redis, accepted, forMs, events, now }: Means): Promise<number> => {
	let count = 0;
	for (const whole of await redis.zrangebyscore(indexKeys.unverified, '-inf', now() - forMs, 'LIMIT', 0, mostAtOnce)) {
		const read = await readJobByKey(redis, whole);
		if (read === undefined || read.record.endedAtMs !== undefined || (await accepted.has(read.account.id))) {
			await redis.zrem(indexKeys.unverified, whole);
			continue;
		}
		const { record } = read;
		const sinceMs = Math.max(record.arrivedAtMs, record.againAtMs ?? 0);
		const outcome = record.sent === undefined ? givenUp({ ...record, warnings: [] }, now() - sinceMs) : undefined;
		if (
			outcome !== undefined &&
			(await endUnsent(redis, read, endedWith(record, outcome as AttemptResult, now()), now(), true))
		) {
			count++;
			await forgetHolds(redis, read.account);
			events.ended(read.id, outcome, now() - record.arrivedAtMs, record.lead);
		} else await redis.zadd(indexKeys.unverified, 'XX', now() - forMs + Math.min(againMs, forMs), whole);
	}
	if (count > 0) events.notice(givenUpNotice(count));
	return count;
};
