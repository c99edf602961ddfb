import type { QueueCounts } from '../../leads/leadQueue';
import { arrivedAtMsOf, indexKeys } from './redisKeys';
import { answersOf, queueCounts } from './schema/answers';
import type { Redis } from 'ioredis';

/** How many leads stand where. Rejects where Redis does not say. */
export const countsOf = async (redis: Redis): Promise<QueueCounts> => {
	const [open, sending, unconfirmed, ended, unverified, [oldest]] = queueCounts.parse(
		answersOf(
			await redis
				.pipeline()
				.zcard(indexKeys.open)
				.scard(indexKeys.sending)
				.zcard(indexKeys.unconfirmed)
				.zcard(indexKeys.ended)
				.zcard(indexKeys.unverified)
				.zrange(indexKeys.open, 0, 0)
				.exec(),
		),
	);
	const oldestAtMs = oldest === undefined ? Number.NaN : arrivedAtMsOf(oldest);
	return {
		waiting: Math.max(0, open - sending),
		unverified,
		sending,
		unconfirmed,
		ended,
		...(Number.isFinite(oldestAtMs) ? { oldestAtMs } : {}),
	};
};
