import { accountOfId, keyAlone } from '../../leads/accounts';
import type { QueueCounts, LeadQueue } from '../../leads/leadQueue';
import type { LeadState } from '../../leads/leadState';
import { checkSecret } from '../../leads/checkSecret';
import { createLruMap } from '../../leads/lruMap';
import { type QueueDependencies, isOf } from '../../leads/queueOptions';
import { createSubscriptions } from '../../leads/subscriptions';
import { createAccepted } from './acceptedAccounts';
import { createAdmin } from './admin';
import type { Fitness } from './checkAccess';
import { checkRedis } from './checkDurability';
import { createCircuitBreakers } from './circuitBreaker';
import { createClockSteps } from './clockSteps';
import { codeOf, type Connections, lookAt, openConnections, unreachable } from './connection';
import { createEnqueue } from './enqueue';
import { expire } from './expireUnverified';
import { createFitnessWatch } from './fitness';
import { stateOf } from './jobData';
import { createKeyRing } from './keyRotation';
import { readJob } from './ledger';
import { maintain } from './maintenance';
import { preflight } from './preflight';
import { createProcessJob } from './processJob';
import { createPubSub } from './pubSub';
import { arrivedAtMsOf, indexKeys, isId, jobKey } from './redisKeys';
import { createScheduler } from './scheduler';
import { createSharedLimiter } from './sharedLimiter';
import { userOf } from './unfitWords';
import { createWorkerPool } from './workers';
import { createPurgeClock, type Why } from '@icloud-ready/outbox';
import { randomBytes } from 'node:crypto';

export interface RedisQueueOptions extends QueueDependencies {
	readonly url: string;
	/** How long the API may take to answer. */
	readonly timeoutMs: number;
}

/** Leads that this gateway took in: where Redis is away it knows of these that they are safe. */
const mostOwn = 10_000;
/** What Redis may not do any more is told after so long, also where nobody gives a lead. */
const lookEveryMs = 5000;

/** Leads in Redis, for any number of gateways. Rejects where Redis does not let this one in. */
export const openRedisQueue = async (options: RedisQueueOptions): Promise<LeadQueue> => {
	const { url, sleep, events } = options;
	const fitness = await lookAt(
		url,
		async (asking, hearing) => await preflight({ url, asking, hearing, sleep, notice: events.notice }),
	);
	if (fitness.kind === 'away') throw unreachable(fitness.code);
	const connections = await openConnections(url, (isAway) =>
		events.notice(
			isAway
				? 'Redis cannot be reached. Until it can, no lead is taken and those that are there wait.'
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

const openOver = async (options: RedisQueueOptions, connections: Connections, fitness: Fitness): Promise<LeadQueue> => {
	const {
		url,
		secrets,
		send,
		now,
		monotonicMs,
		sleep,
		concurrency,
		maxPerSecond,
		maxWaiting,
		unverifiedForMs,
		keepDays,
		timeoutMs,
		events,
	} = options;
	const { commands, blocking, subscriber } = connections;
	let isClosed = false;
	await checkSecret(secrets, {
		read: async () => (await commands.get(indexKeys.secret)) ?? undefined,
		write: async (value) => {
			await commands.set(indexKeys.secret, value);
		},
		hasOpenLeads: async () => (await commands.zcard(indexKeys.open)) > 0,
	});
	for (const flaw of await checkRedis(commands)) events.notice(flaw);
	const watch = createFitnessWatch(
		{ asking: commands, hearing: subscriber, user: userOf(url), now, notice: events.notice },
		fitness,
	);
	const bull = await import('bullmq');
	const watching = createSubscriptions();
	const own = createLruMap<true>(mostOwn);
	const pubSub = createPubSub(blocking, subscriber);
	const holds = createCircuitBreakers(blocking, monotonicMs);
	const pace = createSharedLimiter({ redis: blocking, pubSub, maxPerSecond, now, monotonicMs });
	const accepted = createAccepted({ redis: blocking, secrets, pubSub, now });
	const me = randomBytes(6).toString('hex');
	let sendings = 0;
	const told = new Set<string>();
	const purgeNow = createPurgeClock(now, monotonicMs);

	const lanes = createWorkerPool({
		bull,
		connections,
		concurrency,
		monotonicMs,
		sleep,
		deliver: async (...lead) => {
			await deliver(...lead);
		},
		onError: (error) => {
			const code = codeOf(error);
			// That it is away is told once, by the connection itself.
			if (isClosed || /^E[A-Z]+$/.test(code) || code === 'unknown' || told.has(code)) return;
			told.add(code);
			events.notice(`Redis refused something (${code}). Leads that wait for it are tried again.`);
		},
	});
	const rounds = createScheduler({
		redis: blocking,
		workers: lanes,
		holds,
		pace,
		accepted,
		timeoutMs,
		concurrency,
		now,
		monotonicMs,
		sleep,
		isClosed: () => isClosed,
		expire: async () => await expire({ redis: blocking, accepted, forMs: unverifiedForMs, events, now: purgeNow }),
		maintain: async () => {
			await maintain({ redis: blocking, lanes, keepDays, now, purgeNow });
		},
	});
	const clockSteps = createClockSteps({
		redis: blocking,
		lanes,
		holds,
		now,
		monotonicMs,
		sleep,
		isClosed: () => isClosed,
	});
	const keys = createKeyRing({
		redis: blocking,
		secrets,
		lanes,
		pubSub,
		onlyAccepted: accepted.only,
		release: rounds.release,
		onLetGo: (count) =>
			events.notice(`${count} leads whose key was refused go with a newer key of their organization.`),
	});
	const deliver = createProcessJob({
		bull,
		redis: blocking,
		holds,
		pace,
		send,
		events,
		timeoutMs,
		now,
		monotonicMs,
		sleep,
		isClosed: () => isClosed,
		credentialsOf: keys.of,
		lacks: keys.needKey,
		refused: keys.onRefused,
		isAccepted: async ({ id }) => await accepted.has(id),
		newSending: () => `${me}:${++sendings}`,
		holdsChanged: (group) => {
			rounds.apply(group).catch(() => undefined);
		},
		passed: (account, lifted, sent, credentials) => {
			rounds.onPassed(account, lifted).catch(() => undefined);
			if (!isOf(sent, credentials)) {
				// The key is good, whatever organization the answer names.
				if (sent.outcome === 'created') accepted.add(keyAlone(account)).catch(() => undefined);
				return;
			}
			// What is not noted now is noted with the next one.
			accepted.add(account).catch(() => undefined);
			keys.onAccepted(account, credentials, lifted.refused);
		},
	});
	const asked = createCircuitBreakers(commands, monotonicMs);
	const why = async (accountId: string): Promise<Why | undefined> => {
		const { key, organization } = await asked.of(accountOfId(accountId));
		return (key ?? organization)?.why;
	};
	const arrivals = createEnqueue({
		bull,
		asking: commands,
		lanes,
		secrets,
		most: maxWaiting,
		unverifiedForMs,
		now,
		monotonicMs,
		sleep,
		met: ({ account, credentials }, lacking) => keys.onCredentials(account, credentials, lacking),
	});

	await pubSub.subscribe((news) => {
		switch (news.kind) {
			case 'ended':
				return watching.notify(news.whole);
			case 'answered':
				// Nobody's pace is forgotten for those of keys that are made up.
				if (!news.isLimited && !accepted.isKnown(news.group)) return;
				pace.onEvent(news);
				if (news.isLimited) rounds.apply(news.group).catch(() => undefined);
				return;
			case 'accepted':
				accepted.heard(news.account);
				return rounds.verified(accountOfId(news.account).group);
			case 'lacking':
				return keys.onKeyNeeded(news.account);
		}
	});
	await commands.gatewayRecount(indexKeys.open, indexKeys.shares);
	accepted.seed().catch(() => undefined);
	void rounds.run();
	void clockSteps.run();
	const keepWatch = async (): Promise<void> => {
		for (await sleep(lookEveryMs); !isClosed; await sleep(lookEveryMs)) await watch.isFit();
	};
	void keepWatch();

	return {
		put: async (given) => {
			const kept = await arrivals(given);
			if (kept.kind === 'unwritten' && !isClosed) void watch.isFit();
			if (kept.kind === 'kept' && !kept.isReplay) {
				own.set(jobKey(given.account, kept.id), true);
				rounds.onEnqueued(given.account.group);
			}
			return kept;
		},
		stateOf: async (account, id): Promise<LeadState | undefined> => {
			if (!isId(id)) return undefined;
			try {
				const read = await readJob(commands, account, id);
				const standing = read === undefined ? undefined : stateOf(read.record);
				if (standing === undefined || standing.kind === 'ended') return standing;
				const reason = await why(account.id);
				return { kind: standing.kind, ...(reason === undefined ? {} : { why: reason }) };
			} catch (error) {
				if (own.get(jobKey(account, id)) === undefined) throw error;
				return { kind: 'waiting', why: 'disk' };
			}
		},
		// What another gateway tells goes through Redis, which may lose its clients for a moment.
		lookAgainMs: 5000,
		subscribe: (account, id, wake) => watching.subscribe(jobKey(account, id), wake),
		isVerified: async ({ group }) => await accepted.has(group),
		counts: async (): Promise<QueueCounts> => {
			const answers =
				(await commands
					.pipeline()
					.zcard(indexKeys.open)
					.scard(indexKeys.sending)
					.zcard(indexKeys.unconfirmed)
					.zcard(indexKeys.ended)
					.zcard(indexKeys.unverified)
					.zrange(indexKeys.open, 0, 0)
					.exec()) ?? [];
			const [open, sending, unconfirmed, ended, unverified, [oldest]] = answers.map(([error, value]) => {
				if (error !== null) throw error;
				return value;
			}) as [number, number, number, number, number, readonly string[]];
			return {
				waiting: Math.max(0, open - sending),
				unverified,
				sending,
				unconfirmed,
				ended,
				...(oldest === undefined ? {} : { oldestAtMs: arrivedAtMsOf(oldest) }),
			};
		},
		isReady: async () => !isClosed && commands.status === 'ready' && (await watch.isFit()),
		...createAdmin({ redis: commands, lanes: { queueOf: lanes.queueOf, start: rounds.onEnqueued }, why, now }),
		close: async (patience) => {
			isClosed = true;
			await lanes.close(patience);
		},
	};
};
