import { freshPace, headerOf, letThrough, limited, type Pace, rateNow, readRetryAfterMs, type Reply } from '@icloud-ready/core';
import type { Redis } from 'ioredis';
import { createLatest } from '../latest';
import { noteOf } from './keys';
import type { News, Newsroom } from './news';

/** A limit as BullMQ takes it: so many jobs in so many ms. */
export interface Limit {
	readonly max: number;
	readonly durationMs: number;
}

/**
 * One pace for each key, the same at every gateway: all hear of every answer, in the same order, and learn the same from
 * it. A gateway that is new begins with what was noted at the last 429.
 */
export interface SharedPace {
	/** Tells all gateways what the API answered to a lead that left at `leftAtMs`. */
	readonly learn: (group: string, reply: Reply, leftAtMs: number, nowMs: number) => void;
	/** Takes in what a gateway told. */
	readonly hear: (news: Extract<News, { kind: 'answered' }>) => void;
	readonly load: (group: string) => Promise<void>;
	readonly limitNow: (group: string) => Limit;
}

const mostGroups = 10_000;
const rememberedMs = 86_400_000;
/** Long enough that looking for the next turn costs little of it, short enough that nothing comes in bursts. */
const windowMs = 200;
/** BullMQ can only be held up where it has a limit; this one is none. */
const none: Limit = { max: 1_000_000, durationMs: 1000 };

export const limitOf = (perSecond: number | null): Limit => {
	if (perSecond === null || perSecond > 10_000) return none;
	const max = Math.max(1, Math.round((perSecond * windowMs) / 1000));
	return { max, durationMs: Math.ceil((max * 1000) / perSecond) };
};

export const createSharedPace = (redis: Redis, { tell }: Newsroom, maxPerSecond: number, now: () => number): SharedPace => {
	const paces = createLatest<Pace>(mostGroups);
	const paceOf = (group: string): Pace => paces.get(group) ?? freshPace(now(), maxPerSecond);
	return {
		learn: (group, reply, leftAtMs, nowMs) => {
			// No answer says nothing of the limit.
			if ('fault' in reply) return;
			const isLimited = reply.status === 429;
			tell({ kind: 'answered', group, isLimited, agoMs: nowMs - leftAtMs, retryAfterMs: isLimited ? readRetryAfterMs(headerOf(reply.headers, 'retry-after'), nowMs) : null });
		},
		hear: ({ group, isLimited, retryAfterMs, agoMs }) => {
			const nowMs = now();
			const before = paceOf(group);
			const pace = paces.set(group, isLimited ? limited(before, nowMs - agoMs, retryAfterMs, nowMs) : letThrough(before, nowMs));
			if (isLimited) redis.set(noteOf.pace(group), JSON.stringify(pace), 'PX', rememberedMs).catch(() => undefined);
		},
		load: async (group) => {
			if (paces.get(group) !== undefined) return;
			const text = await redis.get(noteOf.pace(group));
			const noted = text === null ? undefined : (JSON.parse(text) as Partial<Pace>);
			// A gateway of another version may have noted it in another shape.
			if (noted?.answeredAtMs !== undefined) paces.set(group, { ...(noted as Pace), maxPerSecond });
		},
		limitNow: (group) => limitOf(rateNow(paceOf(group), now())),
	};
};
