import { accountOfId } from '../../leads/accounts';
import { checkSecret } from '../../leads/checkSecret';
import type { LeadQueue } from '../../leads/leadQueue';
import { createLruMap } from '../../leads/lruMap';
import { createSubscriptions } from '../../leads/subscriptions';
import { createAdmin } from './admin';
import { createAlertMemory } from './alertMemory';
import type { Fitness } from './checkAccess';
import { checkRedis } from './checkDurability';
import { createCircuitBreakers } from './circuitBreaker';
import { createCorrect, createFind } from './correctLead';
import { type Connections, lookAt, openConnections, unreachable } from './connection';
import { countsOf } from './counts';
import { createEnqueue } from './enqueue';
import { createFacets } from './facets';
import { createFitnessWatch } from './fitness';
import { createJobReader } from './jobReader';
import { createLeadList } from './leadRows';
import { createLeadStates } from './leadStates';
import { preflight } from './preflight';
import { createQueueParts, onEvent } from './queueParts';
import { indexKeys, jobKey, readJobKey } from './redisKeys';
import type { RedisQueueOptions } from './redisQueueOptions';
import { createTextIndex } from './textIndex';
import { userOf } from './unfitWords';
import { waitingLeads } from './waitingLeads';
import type { HoldReason } from '@icloud-ready/core';

/** Leads that this gateway took in: where Redis is away it knows of these that they are safe. Some minutes of a busy queue, about 1 MB. */
const maxOwn = 10_000;
/** What Redis may not do any more is told after so long, also where nobody gives a lead. */
const lookEveryMs = 5000;

/** Leads in Redis, for any number of gateways. Rejects where Redis does not let this one in. */
export const openRedisQueue = async (options: RedisQueueOptions): Promise<LeadQueue> => {
	const { url, sleep, events } = options;
	const fitness = await lookAt(
		url,
		async (commands, subscriber) => await preflight({ url, commands, subscriber, sleep, notice: events.notice }),
	);
	if (fitness.kind === 'away') throw unreachable(fitness.code);
	const connections = await openConnections(url, (isAway) =>
		events.notice(
			isAway
				? 'Redis cannot be reached. Until then, new leads are rejected and queued leads wait.'
				: 'Redis can be reached again.',
		),
	);
	try {
		return await openOver(options, connections, fitness);
	} catch (error) {
		// One that stays open would keep the process from ending.
		connections.close();
		throw error;
	}
};

/** Rejects where leads wait that were kept with another secret; tells what may happen to leads in this Redis. */
const checkStore = async ({ secrets, events }: RedisQueueOptions, { commands }: Connections): Promise<void> => {
	await checkSecret(secrets, {
		read: async () => (await commands.get(indexKeys.secret)) ?? undefined,
		write: async (value) => {
			await commands.set(indexKeys.secret, value);
		},
		hasOpenLeads: async () => (await commands.zcard(indexKeys.open)) > 0,
	});
	for (const flaw of await checkRedis(commands)) events.notice(flaw);
};

const openOver = async (options: RedisQueueOptions, connections: Connections, fitness: Fitness): Promise<LeadQueue> => {
	const { now, monotonicMs, sleep, events } = options;
	const { commands, subscriber } = connections;
	let hasEnded = false;
	const isClosed = (): boolean => hasEnded;
	await checkStore(options, connections);
	const watch = createFitnessWatch(
		{ commands, subscriber, user: userOf(options.url), now, notice: events.notice },
		fitness,
	);
	const bull = await import('bullmq');
	const { unread, pubSub, limiter, verified, workerPool, scheduler, clockSteps, keys, watchdog, olderCopy } =
		createQueueParts(options, connections, bull, isClosed);
	const subscriptions = createSubscriptions();
	const own = createLruMap<true>(maxOwn);
	// Whoever waits for an answer asks over a connection that fails at once where Redis is away.
	const jobs = createJobReader(commands, unread);
	const breakers = createCircuitBreakers(commands, monotonicMs, unread);
	const holdReasonOf = async (accountId: string): Promise<HoldReason | undefined> => {
		const { key, organization } = await breakers.of(accountOfId(accountId));
		return (key ?? organization)?.why;
	};
	const enqueue = createEnqueue({
		...options,
		bull,
		commands,
		jobs,
		workerPool,
		unread,
		forgotten: olderCopy.forgotten,
		onCredentials: ({ account, credentials }, keyNeeded) => keys.onCredentials(account, credentials, keyNeeded),
	});

	const texts = createTextIndex({ redis: commands, jobs, monotonicMs, sleep, isClosed });
	const list = createLeadList({ redis: commands, jobs, unread, holdReasonOf, texts });

	const onEnded = (key: string): void => {
		subscriptions.notify(key);
		texts.changed(key);
	};
	await pubSub.subscribe(onEvent(limiter, verified, scheduler, keys, watchdog, onEnded));
	// Whatever ended while nothing was heard may say something else now.
	subscriber.on('ready', texts.forget);
	await commands.gatewayRecount(indexKeys.open, indexKeys.shares);
	verified.seed().catch(() => undefined);
	await olderCopy.look();
	commands.on('ready', () => {
		olderCopy.look().catch(() => undefined);
	});
	void scheduler.run();
	void clockSteps.run();
	const keepWatch = async (): Promise<void> => {
		for (await sleep(lookEveryMs); !hasEnded; await sleep(lookEveryMs)) await watch.isFit();
	};
	void keepWatch();

	return {
		put: async (given) => {
			const result = await enqueue(given);
			if (result.kind === 'unwritten' && !hasEnded) void watch.isFit();
			if (result.kind === 'kept' && !result.isReplay) {
				own.set(jobKey(given.account, result.id), true);
				scheduler.onEnqueued(given.account.group);
			}
			return result;
		},
		stateOf: createLeadStates({
			redis: commands,
			jobs,
			holdReasonOf,
			isOwn: (key) => own.get(key) !== undefined,
		}),
		// What another gateway tells goes through Redis, which may lose its clients for a moment.
		lookAgainMs: 5000,
		subscribe: (account, id, wake) => subscriptions.subscribe(jobKey(account, id), wake),
		isVerified: async ({ group }) => await verified.has(group),
		counts: async () => {
			const damaged = olderCopy.damaged();
			// Nothing else is found damaged here.
			return { ...(await countsOf(commands, jobs)), ...(damaged === 0 ? {} : { damaged, hasGoneBack: true }) };
		},
		damageSeen: async () => await Promise.resolve(olderCopy.seen()),
		waitingLeads: async () =>
			await waitingLeads({ redis: commands, jobs, secrets: options.secrets, verified, unread, holdReasonOf }),
		alertMemory: createAlertMemory(commands),
		notLeaving: watchdog.notLeaving,
		isReady: async () => !hasEnded && commands.status === 'ready' && (await watch.isFit()),
		list,
		facets: createFacets({ redis: commands, jobs, listOf: list }),
		publicIdOf: (key) => readJobKey(key)?.id ?? '',
		find: createFind({ jobs, holdReasonOf }),
		correct: createCorrect({
			...options,
			bull,
			commands,
			jobs,
			workerPool,
			holdReasonOf,
			onEnqueued: scheduler.onEnqueued,
		}),
		...createAdmin({ redis: commands, jobs, workerPool, onReopened: scheduler.onEnqueued, now }),
		close: async (patience) => {
			hasEnded = true;
			await workerPool.close(patience);
		},
	};
};
