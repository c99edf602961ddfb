import type { Redis } from 'ioredis';
import type { Holds } from './holds';
import { redisNowMs } from './holdNote';
import { books, noteOf, queueKey } from './keys';
import type { Lanes } from './lanes';

interface Means {
	readonly redis: Redis;
	readonly lanes: Pick<Lanes, 'queueOf'>;
	readonly holds: Pick<Holds, 'leftMs'>;
	/** Milliseconds since 1970, as BullMQ takes them for its delayed jobs. */
	readonly now: () => number;
	readonly monotonicMs: () => number;
	readonly sleep: (ms: number) => Promise<void>;
	readonly isClosed: () => boolean;
}

const tickMs = 1000;
/** What another gateway wrote by a clock that was wrong is found so often. */
const ticksPerLook = 30;
/** Clocks are set by less than this all the time. */
const stepMs = 500;
/** No lead is delayed for longer: the pause of an organization, and a little. */
const longestDelayMs = 310_000;
/** The slowest pace leaves this between two leads. */
const longestTurnMs = 12_000;
/** BullMQ keeps the time of a delayed job in so many steps of a ms. */
const delayedSteps = 0x1000;

/** Sees to it that a clock that is set back, here or where Redis runs, keeps no lead longer than it was to wait. */
export const createClockSteps = ({ redis, lanes, holds, now, monotonicMs, sleep, isClosed }: Means): { readonly run: () => Promise<void>; readonly look: (wasSetBack: boolean) => Promise<void> } => {
	const lookAt = async (group: string, wasSetBack: boolean): Promise<void> => {
		const latest = wasSetBack ? '-inf' : String((now() + longestDelayMs) * delayedSteps);
		const answers = (await redis.pipeline()
			.zcount(queueKey(group, 'delayed'), latest, '+inf').pttl(queueKey(group, 'limiter')).get(noteOf.hold(group)).time().exec()) ?? [];
		const [tooLate, limiterMs, hold, time] = answers.map(([error, value]) => { if (error !== null) throw error; return value; });
		const leftMs = typeof hold === 'string' ? holds.leftMs(noteOf.hold(group), hold, redisNowMs(time)) : 0;
		// Whoever still has to wait is only delayed anew.
		if (Number(tooLate) > 0) await lanes.queueOf(group).promoteJobs();
		if (Number(limiterMs) > leftMs + longestTurnMs) await lanes.queueOf(group).removeRateLimitKey();
	};
	const look = async (wasSetBack: boolean): Promise<void> => {
		for (const group of await redis.smembers(books.groups)) await lookAt(group, wasSetBack);
	};
	return {
		look,
		run: async () => {
			let offsetMs = now() - monotonicMs();
			for (let tick = 0; !isClosed(); tick++) {
				const offsetNowMs = now() - monotonicMs();
				const wasSetBack = offsetNowMs < offsetMs - stepMs;
				// What could not be done is done the next time.
				const isDone = wasSetBack || tick % ticksPerLook === 0 ? await look(wasSetBack).then(() => true, () => false) : true;
				if (isDone) offsetMs = offsetNowMs;
				await sleep(tickMs);
			}
		},
	};
};
