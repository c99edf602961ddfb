import type { QueueCounts } from '../../leads/leadQueue';
import type { JobReader } from './jobReader';
import { longestWaitSinceMs, maxLooked } from './longestWait';
import { indexKeys } from './redisKeys';
import { answersOf, queueCounts } from './schema/answers';
import type { Redis } from 'ioredis';

/** How many leads stand where. Rejects where Redis does not say. */
export const countsOf = async (redis: Redis, jobs: Pick<JobReader, 'readByKey'>): Promise<QueueCounts> => {
	const [open, sending, unconfirmed, ended, unverified, first] = queueCounts.parse(
		answersOf(
			await redis
				.pipeline()
				.zcard(indexKeys.open)
				.scard(indexKeys.sending)
				.zcard(indexKeys.unconfirmed)
				.zcard(indexKeys.ended)
				.zcard(indexKeys.unverified)
				.zrange(indexKeys.open, 0, maxLooked - 1)
				.exec(),
		),
	);
	const waitsSinceMs = await longestWaitSinceMs(jobs, first);
	return {
		waiting: Math.max(0, open - sending),
		unverified,
		sending,
		unconfirmed,
		ended,
		...(Number.isFinite(waitsSinceMs) ? { waitsSinceMs } : {}),
	};
};
