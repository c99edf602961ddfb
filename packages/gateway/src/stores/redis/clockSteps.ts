import type { CircuitBreakers } from './circuitBreaker';
import { indexKeys, stateKeys, queueKey } from './redisKeys';
import { redisNowMs } from './storedBreaker';
import type { WorkerPool } from './workers';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly lanes: Pick<WorkerPool, 'queueOf'>;
	readonly holds: Pick<CircuitBreakers, 'leftMs'>;
	/** Milliseconds since 1970, as BullMQ takes them for its delayed jobs. */
	readonly now: () => number;
	readonly monotonicMs: () => number;
	readonly sleep: (ms: number) => Promise<void>;
	readonly isClosed: () => boolean;
}

const tickMs = 1000;
/** What another gateway wrote by a clock that was wrong is found so often. */
const ticksPerLook = 10;
const groupsAtOnce = 200;
/** Clocks are set by less than this all the time. */
const stepMs = 500;
/** No lead is delayed for longer: the pause of an organization, and a little. */
const longestDelayMs = 310_000;
/** The slowest pace leaves this between two leads. */
const longestTurnMs = 12_000;
/** BullMQ keeps the time of a delayed job in so many steps of a ms. */
const delayedSteps = 0x1000;

/** Sees to it that a clock that is set back, here or where Redis runs, keeps no lead longer than it was to wait. */
export const createClockSteps = ({
	redis,
	lanes,
	holds,
	now,
	monotonicMs,
	sleep,
	isClosed,
}: Means): { readonly run: () => Promise<void>; readonly look: (wasSetBack: boolean) => Promise<void> } => {
	/** What BullMQ holds each of these queues by, asked for in one go. */
	const read = async (groups: readonly string[], latest: string): Promise<readonly (readonly unknown[])[]> => {
		const batch = redis.pipeline();
		for (const group of groups)
			batch
				.zcount(queueKey(group, 'delayed'), latest, '+inf')
				.pttl(queueKey(group, 'limiter'))
				.get(stateKeys.hold(group))
				.time();
		const answers = ((await batch.exec()) ?? []).map(([error, value]) => {
			if (error !== null) throw error;
			return value;
		});
		return groups.map((_, index) => answers.slice(index * 4, index * 4 + 4));
	};
	const mend = async (group: string, [tooLate, limiterMs, hold, time]: readonly unknown[]): Promise<void> => {
		const leftMs = typeof hold === 'string' ? holds.leftMs(stateKeys.hold(group), hold, redisNowMs(time)) : 0;
		// Whoever still has to wait is only delayed anew.
		if (Number(tooLate) > 0) await lanes.queueOf(group).promoteJobs();
		if (Number(limiterMs) > leftMs + longestTurnMs) await lanes.queueOf(group).removeRateLimitKey();
	};
	const look = async (wasSetBack: boolean): Promise<void> => {
		const latest = wasSetBack ? '-inf' : String((now() + longestDelayMs) * delayedSteps);
		const all = await redis.smembers(indexKeys.groups);
		for (let from = 0; from < all.length; from += groupsAtOnce) {
			const groups = all.slice(from, from + groupsAtOnce);
			const found = await read(groups, latest);
			for (const [index, group] of groups.entries()) await mend(group, found[index] ?? []);
		}
	};
	return {
		look,
		run: async () => {
			let offsetMs = now() - monotonicMs();
			for (let tick = 0; !isClosed(); tick++) {
				const offsetNowMs = now() - monotonicMs();
				const wasSetBack = offsetNowMs < offsetMs - stepMs;
				// What could not be done is done the next time.
				const isDone =
					wasSetBack || tick % ticksPerLook === 0
						? await look(wasSetBack).then(
								() => true,
								() => false,
							)
						: true;
				if (isDone) offsetMs = offsetNowMs;
				await sleep(tickMs);
			}
		},
	};
};
