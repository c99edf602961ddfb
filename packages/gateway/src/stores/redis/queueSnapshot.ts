import type { CircuitBreakers } from './circuitBreaker';
import { queueKey, stateKeys } from './redisKeys';
import { answersAsFar, counted, firstScored, redisNowMs, firstText } from './schema/answers';
import type { Redis } from 'ioredis';

/** How the queue of one key stands, for whoever decides whether it needs a worker. */
export interface QueueSnapshot {
	/** Jobs that wait for their turn, and that a worker has. */
	readonly waiting: number;
	readonly active: number;
	/** In how many ms the next delayed job is due, by the clock of this machine; Infinity where none is delayed. */
	readonly dueInMs: number;
	/** How long the key is held still; undefined where it is not. 0: one lead may see whether it goes again. */
	readonly heldMs: number | undefined;
}

/** BullMQ keeps the time of a delayed job in so many steps of a ms. */
export const delayedSteps = 0x1000;

/** Rejects where Redis does not say all of it. */
export const snapshotOf = async (
	redis: Redis,
	breakers: Pick<CircuitBreakers, 'leftMs'>,
	group: string,
	nowMs: number,
): Promise<QueueSnapshot> => {
	const of = (name: string): string => queueKey(group, name);
	// Where the connection broke in the middle, some of it is not known; a hold without the time it is of would begin anew.
	const [waiting, active, delayed, holds, time] = answersAsFar(
		await redis
			.pipeline()
			.llen(of('wait'))
			.llen(of('active'))
			.zrange(of('delayed'), 0, 0, 'WITHSCORES')
			.mget(stateKeys.hold(group))
			.time()
			.exec(),
	);
	const dueAt = firstScored.parse(delayed);
	return {
		waiting: counted.parse(waiting),
		active: counted.parse(active),
		dueInMs: dueAt === undefined ? Number.POSITIVE_INFINITY : dueAt / delayedSteps - nowMs,
		heldMs: breakers.leftMs(stateKeys.hold(group), firstText.parse(holds), redisNowMs(time)),
	};
};
