import type { JobReader } from './jobReader';
import { facetsOf, memberOf } from './leadFacets';
import { reconcile } from './reconcile';
import { indexKeys, stateKeys, queueKey } from './redisKeys';
import { answersAsFar, textOrNull } from './schema/answers';
import { groupName, only } from './schema/names';
import type { UnreadReport } from './unread';
import type { WorkerPool } from './workers';
import type { Redis } from 'ioredis';
import * as z from 'zod/v4';

interface Means {
	readonly redis: Redis;
	readonly jobs: JobReader;
	readonly workerPool: Pick<WorkerPool, 'queueOf'>;
	readonly unread: UnreadReport;
	/** How long ended leads are kept; 0 to 3650. */
	readonly keepDays: number;
	readonly now: () => number;
	/** The same, but for a jump forward that nothing has borne out yet: what is forgotten by its age is forgotten by this. */
	readonly purgeNow: () => number;
}

const dayMs = 86_400_000;
/** So many leads are forgotten in one step of Redis, which takes some ms. */
const pageSize = 500;
/** BullMQ takes a moment until it forgets them. */
const cleanedWithinMs = 60_000;
/** Whoever makes up keys fills Redis for a day and no longer. */
const maxUnverifiedDays = 1;
/** What BullMQ keeps of a queue beside its jobs. */
const leftOvers = ['meta', 'id', 'events', 'marker', 'stalled', 'stalled-check', 'limiter'] as const;

/** All that begins with this id and the sign before the account. */
const rangeOf = (id: string) => [`[${id}~`, `(${id}\x7f`] as const;
const keysOf = z.array(z.string()).catch([]);

/** How old what has ended must be to be forgotten, as BullMQ takes it: by the clock of this machine, which may be ahead. */
export const expiryGraceMs = (isVerified: boolean, keepDays: number, nowMs: number, purgeNowMs: number): number =>
	(isVerified ? keepDays : Math.min(keepDays, maxUnverifiedDays)) * dayMs + Math.max(0, nowMs - purgeNowMs);

/**
 * By what the leads are found that are forgotten next, by their ids: a little more than those, since time goes on. Once they
 * are forgotten nobody can tell.
 */
const membersOfOldest = async (
	{ redis, jobs, now }: Means,
	group: string,
	graceMs: number,
): Promise<ReadonlyMap<string, readonly string[]>> => {
	const untilMs = now() - graceMs + cleanedWithinMs;
	const ids = await redis.zrangebyscore(queueKey(group, 'completed'), 0, untilMs, 'LIMIT', 0, pageSize);
	const reads = redis.pipeline();
	for (const id of ids) reads.zrangebylex(indexKeys.ended, ...rangeOf(id)).hget(queueKey(group, id), 'data');
	const answers = answersAsFar(await reads.exec());
	return new Map(
		ids.map((id, at) => {
			const [key = ''] = keysOf.parse(answers[at * 2]);
			const read = jobs.of(key, textOrNull.parse(answers[at * 2 + 1]));
			const facets = read?.kind === 'lead' ? facetsOf(read.account, read.record) : [];
			return [id, facets.map((facet) => memberOf(facet, key))] as const;
		}),
	);
};

/** Forgets what ended more than `keepDays` ago. Unconfirmed leads stay until a person says what became of them. */
const expire = async (means: Means, group: string): Promise<void> => {
	const { redis, workerPool, keepDays, now, purgeNow } = means;
	const isVerified = (await redis.zscore(indexKeys.verified, group)) !== null;
	const graceMs = expiryGraceMs(isVerified, keepDays, now(), purgeNow());
	for (;;) {
		const members = await membersOfOldest(means, group, graceMs);
		const ids = await workerPool.queueOf(group).clean(graceMs, pageSize, 'completed');
		if (ids.length === 0) return;
		const batch = redis.pipeline();
		for (const id of ids) {
			batch.zremrangebylex(indexKeys.ended, ...rangeOf(id));
			const gone = members.get(id) ?? [];
			if (gone.length > 0) batch.zrem(indexKeys.facets, ...gone);
		}
		await batch.exec();
		if (ids.length < pageSize) return;
	}
};

/** A key of which nothing is kept any more needs no notes. */
const dropEmptyQueue = async ({ redis }: Means, group: string): Promise<void> => {
	const kept = await redis.exists(
		...['wait', 'active', 'delayed', 'failed', 'completed'].map((name) => queueKey(group, name)),
	);
	if (kept !== 0 || (await redis.hexists(indexKeys.shares, group)) === 1) return;
	await redis
		.pipeline()
		.srem(indexKeys.groups, group)
		.zrem(indexKeys.trials, group)
		.del(
			stateKeys.hold(group),
			stateKeys.pace(group),
			stateKeys.unanswered(group),
			...leftOvers.map((name) => queueKey(group, name)),
		)
		.exec();
};

/** What has to be done now and then, by any of the gateways. */
export const maintain = async (means: Means): Promise<void> => {
	const { redis, unread } = means;
	const groups = only(groupName, await redis.smembers(indexKeys.groups), () =>
		unread.damaged('index', indexKeys.groups),
	);
	for (const group of groups) {
		await expire(means, group);
		await dropEmptyQueue(means, group);
	}
	await reconcile(means);
};
