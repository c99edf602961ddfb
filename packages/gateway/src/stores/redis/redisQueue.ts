import { accountOfId } from '../../leads/accounts';
import type { Figures, Queue } from '../../leads/leadQueue';
import type { Standing } from '../../leads/leadState';
import { createLatest } from '../../leads/lruMap';
import { type QueueMeans, isOf } from '../../leads/queueOptions';
import { createWatching } from '../../leads/subscriptions';
import { createAccepted } from './acceptedAccounts';
import { createMending } from './admin';
import type { Fitness } from './checkAccess';
import { checkRedis } from './checkDurability';
import { createHolds } from './circuitBreaker';
import { createClockSteps } from './clockSteps';
import { codeOf, type Connections, lookAt, openConnections, unreachable } from './connection';
import { createArrivals } from './enqueue';
import { expire } from './expireUnverified';
import { createFitnessWatch } from './fitness';
import { standingOf } from './jobData';
import { createKeyRing } from './keyRotation';
import { readLead } from './ledger';
import { upkeep } from './maintenance';
import { preflight } from './preflight';
import { createDelivery } from './processJob';
import { createNewsroom } from './pubSub';
import { arrivedAtMsOf, books, isId, wholeId } from './redisKeys';
import { createRounds } from './scheduler';
import { createSharedPace } from './sharedLimiter';
import { userOf } from './unfitWords';
import { createLanes } from './workers';
import { createPurgeClock, type Why } from '@icloud-ready/outbox';
import { randomBytes } from 'node:crypto';

export interface RedisQueueOptions extends QueueMeans {
	readonly url: string;
	/** How long the API may take to answer. */
	readonly timeoutMs: number;
}

/** Leads that this gateway took in: where Redis is away it knows of these that they are safe. */
const mostOwn = 10_000;
/** What Redis may not do any more is told after so long, also where nobody gives a lead. */
const lookEveryMs = 5000;

/** Leads in Redis, for any number of gateways. Rejects where Redis does not let this one in. */
export const openRedisQueue = async (options: RedisQueueOptions): Promise<Queue> => {
	const { url, sleep, events } = options;
	const fitness = await lookAt(url, async (asking, hearing) => await preflight({ url, asking, hearing, sleep, notice: events.notice }));
	if (fitness.kind === 'away') throw unreachable(fitness.code);
	const connections = await openConnections(url, (isAway) => events.notice(isAway ? 'Redis cannot be reached. Until it can, no lead is taken and those that are there wait.' : 'Redis can be reached again.'));
	try {
		return await openOver(options, connections, fitness);
	} catch (error) {
		// One that stays open would keep the process from ending.
		connections.close();
		throw error;
	}
};

const openOver = async (options: RedisQueueOptions, connections: Connections, fitness: Fitness): Promise<Queue> => {
	const { url, secrets, send, now, monotonicMs, sleep, concurrency, maxPerSecond, most, unverifiedForMs, keepDays, timeoutMs, events } = options;
	const { asking, working, hearing } = connections;
	let isClosed = false;
	for (const flaw of await checkRedis(asking)) events.notice(flaw);
	const watch = createFitnessWatch({ asking, hearing, user: userOf(url), now, notice: events.notice }, fitness);
	const bull = await import('bullmq');
	const watching = createWatching();
	const own = createLatest<true>(mostOwn);
	const newsroom = createNewsroom(working, hearing);
	const holds = createHolds(working, monotonicMs);
	const pace = createSharedPace({ redis: working, newsroom, maxPerSecond, now, monotonicMs });
	const accepted = createAccepted({ redis: working, secrets, newsroom, now });
	const me = randomBytes(6).toString('hex');
	let sendings = 0;
	const told = new Set<string>();
	const purgeNow = createPurgeClock(now, monotonicMs);

	const lanes = createLanes({
		bull, connections, concurrency, monotonicMs, sleep,
		deliver: async (...lead) => { await deliver(...lead); },
		onError: (error) => {
			const code = codeOf(error);
			// That it is away is told once, by the connection itself.
			if (isClosed || /^E[A-Z]+$/.test(code) || code === 'unknown' || told.has(code)) return;
			told.add(code);
			events.notice(`Redis refused something (${code}). Leads that wait for it are tried again.`);
		},
	});
	const rounds = createRounds({
		redis: working, lanes, holds, pace, accepted, timeoutMs, concurrency, now, monotonicMs, sleep, isClosed: () => isClosed,
		expire: async () => await expire({ redis: working, accepted, forMs: unverifiedForMs, events, now: purgeNow }),
		upkeep: async () => { await upkeep({ redis: working, lanes, keepDays, now, purgeNow }); },
	});
	const clockSteps = createClockSteps({ redis: working, lanes, holds, now, monotonicMs, sleep, isClosed: () => isClosed });
	const keys = createKeyRing({ redis: working, secrets, lanes, newsroom, onlyAccepted: accepted.only, release: rounds.release, onLetGo: (count) => events.notice(`${count} leads whose key was refused go with a newer key of their organization.`) });
	const deliver = createDelivery({
		bull, redis: working, holds, pace, send, events, timeoutMs, now, monotonicMs, sleep, isClosed: () => isClosed,
		credentialsOf: keys.of, lacks: keys.lacks, refused: keys.refused, isAccepted: async ({ id }) => await accepted.has(id),
		newSending: () => `${me}:${++sendings}`,
		holdsChanged: (group) => { rounds.apply(group).catch(() => undefined); },
		passed: (account, lifted, sent, credentials) => {
			rounds.passed(account, lifted).catch(() => undefined);
			if (!isOf(sent, credentials)) return;
			// What is not noted now is noted with the next one.
			accepted.add(account).catch(() => undefined);
			keys.works(account, credentials, lifted.refused);
		},
	});
	const asked = createHolds(asking, monotonicMs);
	const why = async (accountId: string): Promise<Why | undefined> => {
		const { key, organization } = await asked.of(accountOfId(accountId));
		return (key ?? organization)?.why;
	};
	const arrivals = createArrivals({ bull, asking, lanes, secrets, most, unverifiedForMs, now, monotonicMs, sleep, met: ({ account, credentials }, lacking) => keys.met(account, credentials, lacking) });

	await newsroom.listen((news) => {
		switch (news.kind) {
			case 'ended':
				return watching.wake(news.whole);
			case 'answered':
				// Nobody's pace is forgotten for those of keys that are made up.
				if (!news.isLimited && !accepted.isKnown(news.group)) return;
				pace.hear(news);
				if (news.isLimited) rounds.apply(news.group).catch(() => undefined);
				return;
			case 'accepted':
				accepted.heard(news.account);
				return rounds.verified(accountOfId(news.account).group);
			case 'lacking':
				return keys.asked(news.account);
		}
	});
	await asking.gatewayRecount(books.open, books.shares);
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
				own.set(wholeId(given.account, kept.id), true);
				rounds.arrived(given.account.group);
			}
			return kept;
		},
		standing: async (account, id): Promise<Standing | undefined> => {
			if (!isId(id)) return undefined;
			try {
				const read = await readLead(asking, account, id);
				const standing = read === undefined ? undefined : standingOf(read.record);
				if (standing === undefined || standing.kind === 'ended') return standing;
				const reason = await why(account.id);
				return { kind: standing.kind, ...(reason === undefined ? {} : { why: reason }) };
			} catch (error) {
				if (own.get(wholeId(account, id)) === undefined) throw error;
				return { kind: 'waiting', why: 'disk' };
			}
		},
		// What another gateway tells goes through Redis, which may lose its clients for a moment.
		lookAgainMs: 5000,
		watch: (account, id, wake) => watching.watch(wholeId(account, id), wake),
		isVerified: async ({ group }) => await accepted.has(group),
		figures: async (): Promise<Figures> => {
			const answers = (await asking.pipeline().zcard(books.open).scard(books.sending).zcard(books.unconfirmed).zcard(books.ended).zcard(books.unverified).zrange(books.open, 0, 0).exec()) ?? [];
			const [open, sending, unconfirmed, ended, unverified, [oldest]] = answers.map(([error, value]) => { if (error !== null) throw error; return value; }) as [number, number, number, number, number, readonly string[]];
			return { waiting: Math.max(0, open - sending), unverified, sending, unconfirmed, ended, ...(oldest === undefined ? {} : { oldestAtMs: arrivedAtMsOf(oldest) }) };
		},
		isReady: async () => !isClosed && asking.status === 'ready' && (await watch.isFit()),
		...createMending({ redis: asking, lanes: { queueOf: lanes.queueOf, start: rounds.arrived }, why, now }),
		close: async (patience) => {
			isClosed = true;
			await lanes.close(patience);
		},
	};
};
