import { accountOfId, keyAlone } from '../../leads/accounts';
import { adoptedNotice, isOf } from '../../leads/queueOptions';
import { createBullSignals } from './bullSignals';
import { createCircuitBreakers } from './circuitBreaker';
import { createClockSteps } from './clockSteps';
import { codeOf, type Connections } from './connection';
import { expireUnverified } from './expireUnverified';
import { createFacetKeeper } from './facetKeeper';
import type { JobContext } from './jobContext';
import { createJobReader } from './jobReader';
import { createKeyRotation, type KeyRotation } from './keyRotation';
import { maintain } from './maintenance';
import { readJobKey } from './redisKeys';
import { createOlderCopyWatch } from './olderCopy';
import { createProcessJob } from './processJob';
import { createPubSub } from './pubSub';
import { createQueueLimits } from './queueLimits';
import type { RedisQueueOptions } from './redisQueueOptions';
import type { GatewayEvent } from './schema/event';
import { createScheduler, type Scheduler } from './scheduler';
import { createSharedLimiter, type SharedLimiter } from './sharedLimiter';
import { createUnreadReport } from './unread';
import { createVerifiedAccounts, type VerifiedAccounts } from './verifiedAccounts';
import { createWatchdog, type Watchdog } from './watchdog';
import { type Bull, createWorkerPool } from './workers';
import { mostAtOnce } from '@icloud-ready/core';
import { createPurgeClock } from '@icloud-ready/outbox';
import { randomBytes } from 'node:crypto';

/** Told once of each thing that Redis refuses, and not that it is away, which the connection tells itself. */
const errorReport = (notice: (text: string) => void, isClosed: () => boolean): ((error: unknown) => void) => {
	const reported = new Set<string>();
	return (error) => {
		const code = codeOf(error);
		if (isClosed() || /^E[A-Z]+$/.test(code) || code === 'unknown' || reported.has(code)) return;
		reported.add(code);
		notice(`Redis refused a command (${code}). The leads concerned are tried again.`);
	};
};

/** A lead that a worker lost is found by another after half a minute; and once more where that one loses it too. */
const lostForMs = 60_000;

/** What follows from an answer of the API: its key is good, and its account too where the answer names it. */
const onAnswered =
	(scheduler: Scheduler, verified: VerifiedAccounts, keys: KeyRotation): JobContext['onAnswered'] =>
	(account, lifted, sent, credentials) => {
		// What is not noted now is noted with the next one.
		scheduler.onPassed(account, lifted).catch(() => undefined);
		if (!isOf(sent, credentials)) {
			if (sent.outcome === 'created') verified.add(keyAlone(account)).catch(() => undefined);
			return;
		}
		verified.add(account).catch(() => undefined);
		keys.onKeyVerified(account, credentials, lifted.refused);
	};

/** What this gateway does with an event that some gateway published, itself among them. */
export const onEvent =
	(
		limiter: Pick<SharedLimiter, 'onEvent'>,
		verified: Pick<VerifiedAccounts, 'isKnown' | 'onVerified'>,
		scheduler: Pick<Scheduler, 'apply' | 'onVerified'>,
		keys: Pick<KeyRotation, 'onKeyNeeded'>,
		watchdog: Pick<Watchdog, 'onProgress'>,
		onEnded: (jobKey: string) => void,
	) =>
	(event: GatewayEvent): void => {
		switch (event.kind) {
			case 'ended':
				watchdog.onProgress(accountOfId(readJobKey(event.jobKey)?.accountId ?? '').group);
				return onEnded(event.jobKey);
			case 'answered':
				watchdog.onProgress(event.group);
				// Nobody's pace is forgotten for those of keys that are made up.
				if (!event.isLimited && !verified.isKnown(event.group)) return;
				limiter.onEvent(event);
				if (event.isLimited) scheduler.apply(event.group).catch(() => undefined);
				return;
			case 'lost':
				if (verified.isKnown(event.group)) limiter.onEvent(event);
				return;
			case 'verified':
				verified.onVerified(event.account);
				return scheduler.onVerified(accountOfId(event.account).group);
			case 'keyNeeded':
				return keys.onKeyNeeded(event.account);
		}
	};

/** What a queue on Redis is made of, put together; nothing of it runs yet. */
export const createQueueParts = (
	options: RedisQueueOptions,
	{ commands, blocking, subscriber, close }: Connections,
	bull: Bull,
	isClosed: () => boolean,
) => {
	const { secrets, now, monotonicMs, sleep, concurrency, timeoutMs, events } = options;
	const redis = blocking;
	const unread = createUnreadReport({ notice: events.notice, count: options.onUnread });
	const common = { redis, secrets, unread, now, monotonicMs, sleep, isClosed, timeoutMs, concurrency };
	const jobs = createJobReader(redis, unread);
	const pubSub = createPubSub(redis, subscriber, unread);
	const breakers = createCircuitBreakers(redis, monotonicMs, unread);
	const limiter = createSharedLimiter({ ...common, pubSub, maxPerSecond: options.maxPerSecond });
	const verified = createVerifiedAccounts({ ...common, jobs, pubSub });
	const purgeNow = createPurgeClock(now, monotonicMs);
	const workerPool = createWorkerPool({
		...common,
		// Of adaptive concurrency BullMQ is told each second how many they are, of all gateways together.
		concurrency: mostAtOnce(concurrency),
		bull,
		connections: { commands, blocking, subscriber, close },
		process: async (...job) => await processJob(...job),
		onError: errorReport(events.notice, isClosed),
	});
	const watchdog = createWatchdog({
		...common,
		maxPerSecond: options.maxPerSecond,
		longestSendingMs: timeoutMs + lostForMs,
		onNotLeaving: options.onNotLeaving,
		isWorking: workerPool.isWorking,
	});
	const limits = createQueueLimits({ ...common, workerPool, breakers, limiter, verified });
	const keepFacets = createFacetKeeper({ ...common, jobs });
	const scheduler = createScheduler({
		...common,
		workerPool,
		breakers,
		limiter,
		limits,
		verified,
		watchdog,
		expire: async () =>
			await expireUnverified({ ...common, jobs, verified, forMs: options.unverifiedForMs, events, now: purgeNow }),
		maintain: async () => {
			await maintain({ ...common, jobs, workerPool, keepDays: options.keepDays, purgeNow });
			await keepFacets();
		},
	});
	const clockSteps = createClockSteps({ ...common, workerPool, breakers });
	const keys = createKeyRotation({
		...common,
		jobs,
		workerPool,
		pubSub,
		onlyVerified: verified.only,
		release: scheduler.release,
		onAdopted: (count) => events.notice(adoptedNotice(count)),
	});
	const olderCopy = createOlderCopyWatch({ ...common, jobs, journal: options.journal, notice: events.notice });
	const gatewayId = randomBytes(6).toString('hex');
	let sendings = 0;
	const processJob = createProcessJob({
		...common,
		signals: createBullSignals(bull, now, monotonicMs),
		jobs,
		breakers,
		limiter,
		send: options.send,
		events,
		credentialsOf: keys.credentialsOf,
		olderCopy,
		onKeyNeeded: keys.needKey,
		onKeyRefused: keys.onKeyRefused,
		isVerified: async ({ id }) => await verified.has(id),
		unverifiedForMs: options.unverifiedForMs,
		newSendingId: () => `${gatewayId}:${++sendings}`,
		onHoldChanged: (group) => {
			scheduler.apply(group).catch(() => undefined);
		},
		onAnswered: onAnswered(scheduler, verified, keys),
	});
	return { unread, pubSub, limiter, verified, workerPool, scheduler, clockSteps, keys, watchdog, olderCopy };
};
