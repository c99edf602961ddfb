import type { Account } from '../../../packages/gateway/src/leads/accounts';
import { lists } from '../../../packages/gateway/src/leads/leadQueue';
import { release, reserve } from '../../../packages/gateway/src/stores/redis/admission';
import { keysWith } from '../../../packages/gateway/src/stores/redis/facetIndex';
import { createJobReader } from '../../../packages/gateway/src/stores/redis/jobReader';
import { facetsOf } from '../../../packages/gateway/src/stores/redis/leadFacets';
import { markEnded, markSending, markWaiting } from '../../../packages/gateway/src/stores/redis/ledger';
import { change, endUnsent, note, reopen } from '../../../packages/gateway/src/stores/redis/ledgerUnsent';
import { indexKeys, jobKey, newId, queueKey, queuePrefix } from '../../../packages/gateway/src/stores/redis/redisKeys';
import { type LeadRecord, storedLead } from '../../../packages/gateway/src/stores/redis/schema/lead';
import { created, recordOf, unconfirmed } from '../../gateway/redis/stand';
import fc from 'fast-check';
import type { Redis } from 'ioredis';

/*
 * What must be the same whether BullMQ and Redis are real or a model: any sequence of what the gateway asks of them. Calls
 * are chosen by numbers, so that one sequence is the same for both; no time passes in it that matters.
 */

/** A store to try it on. */
export interface Tried {
	readonly bull: unknown;
	readonly redis: Redis;
	/** For queues and workers. */
	readonly connection: unknown;
	readonly moveStalled: (worker: never) => Promise<readonly string[]>;
}

const accounts: readonly Account[] = [
	{ id: 'key.one', group: 'key', organization: 'one' },
	{ id: 'key.two', group: 'key', organization: 'two' },
];
const group = 'key';
const arrivedAtMs = 1_800_000_000_000;
const idOf = (which: number): string => newId(arrivedAtMs + which, which.toString(16).padStart(16, '0'));
const accountOf = (which: number): Account => accounts[which % accounts.length] as Account;
const farMs = 3_600_000;
const yearMs = 365 * 86_400_000;

const which = fc.integer({ min: 0, max: 4 });
/** Tokens of two workers, and of nobody. */
const token = fc.constantFrom('a', 'b', 'c');

/** One call, as data. */
export const calls = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ call: fc.constant('reserve' as const), which }) },
	{
		weight: 5,
		arbitrary: fc.record({ call: fc.constant('add' as const), which, key: fc.integer({ min: 0, max: 3 }) }),
	},
	{ weight: 6, arbitrary: fc.record({ call: fc.constant('take' as const), token }) },
	fc.record({ call: fc.constant('release' as const), which, isKept: fc.boolean() }),
	fc.record({ call: fc.constant('note' as const), which }),
	fc.record({
		call: fc.constant('find' as const),
		list: fc.constantFrom(...lists),
		facet: fc.constantFrom('g:one', 'g:two', 'o:created', 'o:unconfirmed', 'o:discarded'),
	}),
	fc.record({ call: fc.constant('complete' as const), which, token }),
	fc.record({ call: fc.constant('fail' as const), which, token }),
	fc.record({ call: fc.constant('delay' as const), which, token, isFar: fc.boolean() }),
	fc.record({ call: fc.constant('wait' as const), which, token }),
	fc.record({ call: fc.constant('limit' as const) }),
	fc.record({ call: fc.constant('unlimit' as const) }),
	fc.record({ call: fc.constant('concurrency' as const), most: fc.integer({ min: 1, max: 3 }) }),
	fc.record({ call: fc.constant('pace' as const), most: fc.integer({ min: 1, max: 4 }) }),
	fc.record({ call: fc.constant('lock lost' as const), which }),
	{ weight: 2, arbitrary: fc.record({ call: fc.constant('stalled' as const) }) },
	fc.record({ call: fc.constant('promote' as const), which }),
	fc.record({ call: fc.constant('promote all' as const) }),
	fc.record({ call: fc.constant('retry' as const), which, from: fc.constantFrom('failed', 'completed') }),
	fc.record({ call: fc.constant('key of' as const), key: fc.integer({ min: 0, max: 3 }) }),
	fc.record({ call: fc.constant('free key' as const), which, key: fc.integer({ min: 0, max: 3 }) }),
	fc.record({ call: fc.constant('clean' as const) }),
	{ weight: 2, arbitrary: fc.record({ call: fc.constant('leaves' as const), which, token }) },
	fc.record({ call: fc.constant('comes back' as const), which, token }),
	{ weight: 2, arbitrary: fc.record({ call: fc.constant('ends' as const), which, token, isKnown: fc.boolean() }) },
	fc.record({ call: fc.constant('discard' as const), which, mayWait: fc.boolean() }),
	fc.record({ call: fc.constant('reopen' as const), which }),
	fc.record({ call: fc.constant('change' as const), which }),
	fc.record({ call: fc.constant('verified' as const), which }),
	fc.record({ call: fc.constant('claim' as const) }),
	fc.record({ call: fc.constant('tried' as const) }),
);
export type OneCall = typeof calls extends fc.Arbitrary<infer Call> ? Call : never;

interface Job {
	readonly id?: string;
	readonly moveToCompleted: (value: unknown, token: string, fetchNext: boolean) => Promise<unknown>;
	readonly moveToFailed: (error: Error, token: string, fetchNext: boolean) => Promise<unknown>;
	readonly moveToDelayed: (atMs: number, token: string) => Promise<unknown>;
	readonly moveToWait: (token: string) => Promise<unknown>;
	readonly promote: () => Promise<unknown>;
	readonly retry: (from: string) => Promise<unknown>;
	readonly removeDeduplicationKey: () => Promise<boolean>;
}
interface Queue {
	readonly add: (name: string, data: unknown, options: object) => Promise<Job>;
	readonly getDeduplicationJobId: (id: string) => Promise<string | null>;
	readonly promoteJobs: () => Promise<void>;
	readonly removeRateLimitKey: () => Promise<unknown>;
	readonly setGlobalConcurrency: (most: number) => Promise<unknown>;
	readonly setGlobalRateLimit: (max: number, durationMs: number) => Promise<unknown>;
	readonly clean: (graceMs: number, limit: number) => Promise<readonly string[]>;
	readonly close: () => Promise<void>;
}
interface Worker {
	readonly getNextJob: (token: string, options: { readonly block: boolean }) => Promise<Job | undefined>;
	readonly rateLimit: (ms: number) => Promise<void>;
	readonly close: (force?: boolean) => Promise<void>;
}
interface Bull {
	readonly Queue: new (name: string, options: object) => Queue;
	readonly Worker: new (name: string, process: null, options: object) => Worker;
	readonly Job: new (queue: Queue, name: string, data: unknown, options: object, id: string) => Job;
	readonly UnrecoverableError: new (message: string) => Error;
}

/** What a call says: its answer, or the code of what was refused. */
const said = async (work: Promise<unknown>): Promise<string> =>
	await work.then(
		(value) => JSON.stringify(value ?? null),
		(error: unknown) => `refused ${String((error as { readonly code?: unknown }).code)}`,
	);

const doCall = async ({ redis, moveStalled }: Tried, bull: Bull, queue: Queue, worker: Worker, call: OneCall) => {
	const job = (id: string, options: object = {}): Job =>
		new bull.Job(queue, 'lead', {}, { attempts: 1, ...options }, id);
	const of = (number: number) => {
		const account = accountOf(number);
		return { account, id: idOf(number), key: jobKey(account, idOf(number)) };
	};
	const record = (number: number, changed: Partial<LeadRecord> = {}): LeadRecord =>
		recordOf({ account: accountOf(number).id, arrivedAtMs, ...changed });
	const nothing = { damaged: () => undefined, newer: () => undefined };
	const read = async (number: number) => {
		const { account, id } = of(number);
		const found = await createJobReader(redis, nothing).read(account, id);
		return found?.kind === 'lead' ? found : undefined;
	};
	switch (call.call) {
		case 'reserve': {
			const { account, key } = of(call.which);
			const facets = facetsOf(account, record(call.which));
			const limits = { maxWaiting: 7, unverifiedForMs: farMs };
			return await said(reserve(redis, account, { key, facets }, limits, arrivedAtMs));
		}
		case 'release': {
			const { account, key } = of(call.which);
			const facets = call.isKept ? [] : facetsOf(account, record(call.which));
			return await said(release(redis, key, facets).then(() => 0));
		}
		case 'note': {
			const found = await read(call.which);
			return found === undefined ? 'not there' : await said(note(redis, found));
		}
		case 'find':
			return await said(keysWith(redis, call.list, [call.facet], {}, 3));
		case 'add': {
			const added = queue.add('lead', storedLead(record(call.which)), {
				jobId: idOf(call.which),
				attempts: 1,
				removeOnComplete: false,
				removeOnFail: false,
				...(call.key === 0 ? {} : { deduplication: { id: `key-${call.key}`, ttl: 100 * yearMs } }),
			});
			return await said(added.then(({ id }) => id));
		}
		case 'take': {
			Object.assign(worker, { limitUntil: 0, drained: false });
			return await said(worker.getNextJob(call.token, { block: false }).then((taken) => taken?.id));
		}
		case 'complete':
			return await said(
				job(idOf(call.which))
					.moveToCompleted(1, call.token, false)
					.then(() => 0),
			);
		case 'fail':
			return await said(
				job(idOf(call.which))
					.moveToFailed(new bull.UnrecoverableError('unconfirmed'), call.token, false)
					.then(() => 0),
			);
		case 'delay':
			return await said(
				job(idOf(call.which))
					.moveToDelayed(Date.now() + (call.isFar ? farMs : -farMs), call.token)
					.then(() => 0),
			);
		case 'wait':
			return await said(
				job(idOf(call.which))
					.moveToWait(call.token)
					.then((leftMs) => Number(leftMs) > 0),
			);
		case 'limit':
			return await said(worker.rateLimit(farMs));
		case 'unlimit':
			return await said(queue.removeRateLimitKey().then(() => 0));
		case 'concurrency':
			return await said(queue.setGlobalConcurrency(call.most).then(() => 0));
		case 'pace':
			return await said(queue.setGlobalRateLimit(call.most, farMs).then(() => 0));
		case 'lock lost':
			return await said(redis.del(queueKey(group, `${idOf(call.which)}:lock`)));
		case 'stalled':
			await redis.del(queueKey(group, 'stalled-check'));
			return await said(moveStalled(worker as never).then((ids) => [...ids].sort()));
		case 'promote':
			return await said(
				job(idOf(call.which))
					.promote()
					.then(() => 0),
			);
		case 'promote all':
			return await said(queue.promoteJobs());
		case 'retry':
			return await said(
				job(idOf(call.which))
					.retry(call.from)
					.then(() => 0),
			);
		case 'key of':
			return await said(queue.getDeduplicationJobId(`key-${call.key}`));
		case 'free key':
			return await said(job(idOf(call.which), { deduplication: { id: `key-${call.key}` } }).removeDeduplicationKey());
		case 'clean':
			return await said(queue.clean(-farMs, 100).then((ids) => [...ids].sort()));
		case 'leaves':
			return await said(
				markSending(
					redis,
					{ ...of(call.which), token: call.token },
					record(call.which, { sent: { atMs: 1, by: 'x' } }),
				),
			);
		case 'comes back':
			return await said(markWaiting(redis, { ...of(call.which), token: call.token }, record(call.which)));
		case 'ends': {
			const outcome = call.isKnown ? created : unconfirmed;
			const ended = record(call.which, { outcome, endedAtMs: arrivedAtMs });
			return await said(markEnded(redis, { ...of(call.which), token: call.token }, ended));
		}
		case 'discard': {
			const found = await read(call.which);
			if (found === undefined) return 'not there';
			const ended = { ...found.record, resolved: 'discarded' as const, endedAtMs: arrivedAtMs };
			return await said(endUnsent(redis, found, ended, arrivedAtMs, call.mayWait));
		}
		case 'reopen': {
			const found = await read(call.which);
			return found === undefined
				? 'not there'
				: await said(reopen(redis, found, record(call.which, { againAtMs: 1 }), arrivedAtMs));
		}
		case 'change': {
			const found = await read(call.which);
			return found === undefined
				? 'not there'
				: await said(change(redis, found, { ...found.record, sealed: 'another' }));
		}
		case 'verified': {
			const { account } = of(call.which);
			return await said(redis.zadd(indexKeys.verified, 1, account.id, 1, account.group).then(() => 0));
		}
		case 'claim':
			return await said(redis.gatewayClaim(indexKeys.trials, String(farMs)));
		case 'tried':
			return await said(redis.gatewayTried(indexKeys.trials, indexKeys.shares, group, '0').then(() => 0));
	}
};

/** Everything that stands anywhere, in the order in which it is taken where that matters. */
const dump = async (redis: Redis): Promise<string> => {
	const queue = (name: string): string => queueKey(group, name);
	const ids = [0, 1, 2, 3, 4].map(idOf);
	const data = await Promise.all(
		ids.map(async (id) => ({
			data: await redis.hget(queue(id), 'data'),
			isLocked: await redis.exists(queue(`${id}:lock`)),
		})),
	);
	return JSON.stringify({
		wait: await redis.lrange(queue('wait'), 0, -1),
		active: [...(await redis.lrange(queue('active'), 0, -1))].sort(),
		delayed: [...(await redis.zrange(queue('delayed'), 0, -1))].sort(),
		failed: [...(await redis.zrange(queue('failed'), 0, -1))].sort(),
		completed: [...(await redis.zrange(queue('completed'), 0, -1))].sort(),
		stalled: [...(await redis.smembers(queue('stalled')))].sort(),
		data,
		open: await redis.zrange(indexKeys.open, 0, -1),
		unconfirmed: await redis.zrange(indexKeys.unconfirmed, 0, -1),
		ended: await redis.zrange(indexKeys.ended, 0, -1),
		facets: await redis.zrange(indexKeys.facets, 0, -1),
		unverified: await redis.zrange(indexKeys.unverified, 0, -1),
		trials: await redis.zrange(indexKeys.trials, 0, -1),
		sending: [...(await redis.smembers(indexKeys.sending))].sort(),
		share: await redis.hget(indexKeys.shares, group),
	});
};

/** Makes these calls on an empty store; gives what each said and what stood where after it. */
export const storyOf = async (tried: Tried, all: readonly OneCall[]): Promise<readonly string[]> => {
	const bull = tried.bull as Bull;
	const options = { connection: tried.connection, prefix: queuePrefix };
	const queue = new bull.Queue(group, options);
	const worker = new bull.Worker(group, null, {
		...options,
		autorun: false,
		lockDuration: farMs,
		maxStalledCount: 1000,
	});
	try {
		const story: string[] = [];
		for (const call of all)
			story.push(
				`${JSON.stringify(call)}: ${await doCall(tried, bull, queue, worker, call)} ${await dump(tried.redis)}`,
			);
		return story;
	} finally {
		await worker.close();
		await queue.close();
	}
};
