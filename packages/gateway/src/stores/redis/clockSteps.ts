import type { CircuitBreakers } from './circuitBreaker';
import { delayedSteps } from './queueSnapshot';
import { indexKeys, stateKeys, queueKey } from './redisKeys';
import { answersOf, redisNowMs, firstText } from './schema/answers';
import { groupName, only } from './schema/names';
import type { UnreadReport } from './unread';
import type { WorkerPool } from './workers';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly workerPool: Pick<WorkerPool, 'queueOf'>;
	readonly breakers: Pick<CircuitBreakers, 'leftMs'>;
	readonly unread: UnreadReport;
	/** Milliseconds since 1970, as BullMQ takes them for its delayed jobs. */
	readonly now: () => number;
	readonly monotonicMs: () => number;
	readonly sleep: (ms: number) => Promise<void>;
	readonly isClosed: () => boolean;
}

/** A clock that is set holds leads for no longer than this and a look. */
const tickMs = 1000;
/** What another gateway wrote by a clock that was wrong is found so often. */
const ticksPerLook = 10;
/** So many keys in one round trip: 800 commands, which keep Redis from others for a few ms. */
const groupsAtOnce = 200;
/** Clocks are set by less than this all the time. */
const stepMs = 500;
/** No lead is delayed for longer: the pause of an organization, and a little. */
const maxDelayMs = 310_000;
/** The slowest pace leaves this between two leads. */
const maxTurnMs = 12_000;
/** What BullMQ holds a queue by, as it was read. */
export interface QueueClock {
	/** Jobs that are delayed for longer than any may be. */
	readonly tooLate: number;
	/** For how long its limit lasts still. */
	readonly limiterMs: number;
	/** For how long its key is held still. */
	readonly heldMs: number;
}

/** What is to be taken back: delays, and the limit, that a clock that was set made too long. */
export const clockRepair = ({
	tooLate,
	limiterMs,
	heldMs,
}: QueueClock): { readonly promote: boolean; readonly removeLimit: boolean } => ({
	promote: tooLate > 0,
	removeLimit: limiterMs > heldMs + maxTurnMs,
});

const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

/** Sees to it that a clock that is set back, here or where Redis runs, keeps no lead longer than it was to wait. */
export const createClockSteps = ({
	redis,
	workerPool,
	breakers,
	unread,
	now,
	monotonicMs,
	sleep,
	isClosed,
}: Means): { readonly run: () => Promise<void>; readonly look: (wasSetBack: boolean) => Promise<void> } => {
	/** What BullMQ holds each of these queues by, asked for in one go. */
	const read = async (groups: readonly string[], latest: string): Promise<readonly QueueClock[]> => {
		const batch = redis.pipeline();
		for (const group of groups)
			batch
				.zcount(queueKey(group, 'delayed'), latest, '+inf')
				.pttl(queueKey(group, 'limiter'))
				.mget(stateKeys.hold(group))
				.time();
		const answers = answersOf(await batch.exec());
		return groups.map((group, index) => {
			const [tooLate, limiterMs, holds, time] = answers.slice(index * 4, index * 4 + 4);
			const hold = firstText.parse(holds);
			const heldMs = breakers.leftMs(stateKeys.hold(group), hold, redisNowMs(time)) ?? 0;
			return { tooLate: number(tooLate), limiterMs: number(limiterMs), heldMs };
		});
	};
	const correct = async (group: string, clock: QueueClock): Promise<void> => {
		const { promote, removeLimit } = clockRepair(clock);
		// Whoever still has to wait is only delayed anew.
		if (promote) await workerPool.queueOf(group).promoteJobs();
		if (removeLimit) await workerPool.queueOf(group).removeRateLimitKey();
	};
	const look = async (wasSetBack: boolean): Promise<void> => {
		const latest = wasSetBack ? '-inf' : String((now() + maxDelayMs) * delayedSteps);
		const members = await redis.smembers(indexKeys.groups);
		const all = only(groupName, members, () => unread.damaged('index', indexKeys.groups));
		for (let from = 0; from < all.length; from += groupsAtOnce) {
			const groups = all.slice(from, from + groupsAtOnce);
			const found = await read(groups, latest);
			for (const [index, group] of groups.entries()) {
				const clock = found[index];
				if (clock !== undefined) await correct(group, clock);
			}
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
