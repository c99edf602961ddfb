import { createLruMap } from '../../leads/lruMap';
import type { PubSub } from './pubSub';
import { stateKeys } from './redisKeys';
import type { GatewayEvent } from './schema/event';
import { paceText, readPace, type StoredPace } from './schema/pace';
import type { UnreadReport } from './unread';
import {
	askedWaitMs,
	boundedPace,
	type ConcurrencyState,
	initialConcurrency,
	initialLimiter,
	initialQuota,
	onAnswer,
	onQuotaReply,
	onSuccess,
	onThrottled,
	type LimiterState,
	currentRate,
	quotaRate,
	type QuotaState,
	readAvailableQuota,
	type Reply,
	shiftedPace,
	type LoadSignal,
	loadSignalOf,
} from '@icloud-ready/core';
import type { Redis } from 'ioredis';

/** A limit as BullMQ takes it: so many jobs in so many ms. */
export interface Limit {
	readonly max: number;
	readonly durationMs: number;
}

/**
 * One pace for each key, the same at every gateway: all hear of every answer, in the same order, and learn the same from
 * it. A gateway that is new begins with what was noted at the last 429.
 */
export interface SharedLimiter {
	/** Tells all gateways what the API answered to a lead that left at `leftAtMs`. */
	readonly onReply: (group: string, reply: Reply, leftAtMs: number, nowMs: number) => void;
	/** Takes in what a gateway published. */
	readonly onEvent: (event: Extract<GatewayEvent, { kind: 'answered' | 'lost' }>) => void;
	readonly load: (group: string) => Promise<void>;
	readonly limitNow: (group: string) => Limit;
	/** How many leads of this key may be on their way at once, from all gateways together, where that is adaptive. 1 to 50. */
	readonly concurrencyNow: (group: string) => number;
}

/** Keys whose pace is in memory, of verified ones and those that met a limit: about 10 MB. */
const maxGroups = 10_000;
/** A limit that a key met yesterday tells little of today. */
const rememberedMs = 86_400_000;
/** Long enough that looking for the next turn costs little of it, short enough that nothing comes in bursts. */
const windowMs = 200;
/** BullMQ can only be held up where it has a limit; this one is none. */
const none: Limit = { max: 1_000_000, durationMs: 1000 };

const limitOf = (perSecond: number | null): Limit => {
	if (perSecond === null || perSecond > 10_000) return none;
	const max = Math.max(1, Math.round((perSecond * windowMs) / 1000));
	return { max, durationMs: Math.ceil((max * 1000) / perSecond) };
};

interface Means {
	readonly redis: Redis;
	readonly pubSub: Pick<PubSub, 'publish'>;
	readonly maxPerSecond: number;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	readonly monotonicMs: () => number;
	readonly unread: UnreadReport;
}

/** A pace on this gateway's own clock. Its age is no less than nothing, whatever was set since it was noted. */
export const paceOf = ({ notedAtMs, ...pace }: StoredPace, nowMs: number, elapsedMs: number): LimiterState => {
	const agoMs = Math.min(rememberedMs, Math.max(0, nowMs - notedAtMs));
	return boundedPace(shiftedPace(pace, elapsedMs - agoMs - notedAtMs), elapsedMs);
};

/** Null is as fast as it goes. */
const slower = (one: number | null, other: number | null): number | null =>
	one === null || other === null ? (one ?? other) : Math.min(one, other);

const signalOf = (event: Parameters<SharedLimiter['onEvent']>[0]): LoadSignal => {
	if (event.kind === 'lost') return 'overloaded';
	if (event.isLimited) return 'limited';
	return event.isOverloaded === true ? 'overloaded' : 'answered';
};

export const createSharedLimiter = ({
	redis,
	pubSub: { publish },
	maxPerSecond,
	now,
	monotonicMs,
	unread,
}: Means): SharedLimiter => {
	const paces = createLruMap<LimiterState>(maxGroups);
	const concurrencies = createLruMap<ConcurrencyState>(maxGroups);
	const knownConcurrency = (group: string): ConcurrencyState =>
		concurrencies.get(group) ?? initialConcurrency(monotonicMs());
	/** Not in Redis with the pace: what a header says is of this window, and the next answer says it again. */
	const quotas = createLruMap<QuotaState>(maxGroups);
	const knownQuota = (group: string): QuotaState => quotas.get(group) ?? initialQuota;
	const knownPace = (group: string): LimiterState => paces.get(group) ?? initialLimiter(monotonicMs(), maxPerSecond);
	const read = async (group: string): Promise<ReturnType<typeof readPace>> => {
		const [text = null] = await redis.mget(stateKeys.pace(group));
		const stored = readPace(text);
		if (stored.kind === 'newer') unread.newer('pace', group, stored.schemaVersion);
		if (stored.kind === 'damaged') unread.damaged('pace', group);
		return stored;
	};
	/** A newer gateway notes the same 429 by itself, with all that it knows. */
	const write = async (group: string, pace: LimiterState): Promise<void> => {
		if ((await read(group)).kind === 'newer') return;
		const notedAtMs = now();
		const stored = { ...shiftedPace(pace, notedAtMs - monotonicMs()), notedAtMs };
		await redis.set(stateKeys.pace(group), paceText(stored), 'PX', rememberedMs);
	};
	return {
		onReply: (group, reply, leftAtMs, nowMs) => {
			if ('fault' in reply) {
				publish({ kind: 'lost', group, agoMs: nowMs - leftAtMs });
				return;
			}
			const quota = readAvailableQuota(reply.headers);
			const isLimited = reply.status === 429;
			const isOverloaded = loadSignalOf(reply) === 'overloaded';
			publish({
				kind: 'answered',
				group,
				isLimited,
				...(isOverloaded ? { isOverloaded } : {}),
				...(quota === null ? {} : { quota }),
				agoMs: nowMs - leftAtMs,
				retryAfterMs: isLimited ? askedWaitMs(reply) : null,
			});
		},
		onEvent: (event) => {
			const { group, agoMs } = event;
			const nowMs = monotonicMs();
			const leftAtMs = nowMs - agoMs;
			concurrencies.set(group, onAnswer(knownConcurrency(group), signalOf(event), leftAtMs, nowMs));
			// No answer says nothing of the limit.
			if (event.kind === 'lost') return;
			const { isLimited, retryAfterMs, quota = null } = event;
			if (quota !== null || quotas.get(group) !== undefined)
				quotas.set(
					group,
					onQuotaReply(
						knownQuota(group),
						isLimited ? { kind: 'limited' } : { kind: 'taken', claim: quota },
						leftAtMs,
						nowMs,
					),
				);
			const before = knownPace(group);
			const pace = paces.set(
				group,
				isLimited ? onThrottled(before, leftAtMs, retryAfterMs, nowMs) : onSuccess(before, nowMs),
			);
			if (isLimited) write(group, pace).catch(() => undefined);
		},
		load: async (group) => {
			if (paces.get(group) !== undefined) return;
			const stored = await read(group);
			// Whatever answer came meanwhile is newer.
			if (stored.kind === 'known' && paces.get(group) === undefined)
				paces.set(group, { ...paceOf(stored.value, now(), monotonicMs()), maxPerSecond });
		},
		concurrencyNow: (group) => knownConcurrency(group).level,
		limitNow: (group) => {
			const nowMs = monotonicMs();
			return limitOf(slower(currentRate(knownPace(group), nowMs), quotaRate(knownQuota(group), nowMs)));
		},
	};
};
