import { signingKey } from '../alerts/signAlert';
import { watchAlerts } from '../alerts/watchAlerts';
import type { NodeEnv } from '../api/nodeEnv';
import { createAccess } from '../inbox/access';
import { createLockOut } from '../inbox/lockOut';
import { createSecrets } from '../leads/accounts';
import type { LeadQueue } from '../leads/leadQueue';
import type { QueueOptions, QueueDependencies } from '../leads/queueOptions';
import { createSender } from '../leads/sendOnce';
import { openDiskQueue } from '../stores/disk/diskQueue';
import { sealedLeadFormat } from '../stores/disk/sealedEntry';
import { openRedisQueue } from '../stores/redis/redisQueue';
import { openSentJournal, type SentJournal } from '../stores/redis/sentJournal';
import { createLog } from '../watch/log';
import { createMetrics } from '../watch/metrics';
import { createApp } from './app';
import { deliveryFacts } from './deliveryFacts';
import { createPassOn } from './passOn';
import type { Settings } from './settings';
import { createSleep } from './sleep';
import { version } from './version';
import type { Host } from '@icloud-ready/core';
import { openDiskStore, type Progress, reasonText } from '@icloud-ready/outbox';
import type { Hono } from 'hono';
import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';

/** Time, waiting, sending and printing, lent by the program or a test. */
export interface GatewayHost {
	readonly send: Host['send'];
	/** Milliseconds since 1970. It may be set back or forward at any time. */
	readonly now: () => number;
	/** Milliseconds on a clock that only goes forward, from any beginning: what waiting is measured on. */
	readonly monotonicMs: () => number;
	/** Calls `wake` after `ms`; the returned function takes that back. */
	readonly after: (ms: number, wake: () => void) => () => void;
	/** Takes one line of the log. */
	readonly write: (line: string) => void;
	/** Told of a start that takes long, since the store is damaged. */
	readonly onProgress?: (progress: Progress) => void;
	/** Opens the store; left out: the one that the settings name. */
	readonly openQueue?: (options: QueueDependencies) => Promise<LeadQueue>;
}

export interface Gateway {
	readonly app: Hono<NodeEnv>;
	readonly queue: LeadQueue;
	/** Takes no more leads and answers whoever waits; part of `close`, for whoever has connections to end in between. */
	readonly stop: () => void;
	/** Stops, waits for what is on its way as long as the settings say, and keeps the rest. */
	readonly close: () => Promise<void>;
}

/** Of which Redis a journal is, told by where that is; undefined where this gateway has no disk for one. */
const journalOf = ({ stateDir, redis }: Settings, notice: (text: string) => void): SentJournal | undefined => {
	if (stateDir === '') return undefined;
	const { host, pathname } = new URL(redis);
	const name = createHash('sha256').update(`${host}${pathname}`).digest('hex').slice(0, 16);
	let isTold = false;
	return openSentJournal(stateDir, `redis-${name}`, (error) => {
		if (!isTold)
			notice(
				`The state folder cannot be written to (${reasonText(error)}): an older copy of Redis may not be noticed.`,
			);
		isTold = true;
	});
};

/** Opens the store and makes the app. Rejects where the store cannot be used. */
export const openGateway = async (settings: Settings, host: GatewayHost): Promise<Gateway> => {
	const { now, monotonicMs, after } = host;
	const {
		baseUrl,
		timeoutSeconds,
		concurrency,
		maxPerSecond,
		maxWaiting,
		keepDays,
		logPersonalData: personal,
	} = settings;
	const log = createLog({ write: host.write, now, personal });
	const metrics = createMetrics();
	const secrets = createSecrets(settings.secret);
	const stopping = new AbortController();
	/** Only once the queue is closing too may its waits end early: it would begin anew at once what it waited for. */
	const closing = new AbortController();
	// As many listen as clients wait, which is no leak.
	setMaxListeners(0, stopping.signal, closing.signal);

	const send = createSender({
		baseUrl,
		timeoutSeconds,
		send: host.send,
		now,
		monotonicMs,
		onSent: ({ status }) => metrics.attempt(status),
	});
	const events: QueueOptions['events'] = {
		...log,
		ended: (id, outcome, tookMs, lead) => {
			metrics.ended(outcome.outcome, tookMs);
			log.ended(id, outcome, tookMs, lead);
		},
	};
	const sleep = createSleep(after, closing.signal);
	const common: QueueDependencies = {
		secrets,
		send,
		concurrency,
		maxPerSecond,
		maxWaiting,
		unverifiedForMs: settings.unverifiedMinutes * 60_000,
		keepDays,
		events,
		onNotLeaving: (found) => {
			if (found !== undefined) metrics.notLeaving(found.reason);
			log.notLeaving(found);
		},
		now,
		monotonicMs,
		sleep,
	};
	const openStore = async (): Promise<LeadQueue> =>
		settings.redis === ''
			? await openDiskQueue({
					...common,
					openStore: async (nowMs) =>
						await openDiskStore(settings.folder, nowMs, sealedLeadFormat, {
							sleep,
							onProgress: host.onProgress,
							...(settings.stateDir === '' ? {} : { journalFolder: settings.stateDir }),
						}),
				})
			: await openRedisQueue({
					...common,
					url: settings.redis,
					timeoutMs: timeoutSeconds * 1000,
					onUnread: metrics.unread,
					journal: journalOf(settings, log.notice),
				});
	const queue = await (host.openQueue ?? openStore)(common);

	const passOn = createPassOn({ send, isVerified: queue.isVerified, monotonicMs });
	const app = createApp({
		queue,
		secrets,
		metrics,
		passOn,
		now,
		monotonicMs,
		after,
		stopping: stopping.signal,
		duplicateKey: settings.duplicateKey,
		waitSeconds: settings.waitSeconds,
		onError: (error) => log.error('call', error),
		about: { version: version(), store: settings.redis === '' ? 'disk' : 'redis', maxWaiting },
		inbox:
			settings.adminToken === ''
				? undefined
				: {
						queue,
						publicIdOf: queue.publicIdOf,
						access: createAccess({ token: settings.adminToken, sign: secrets.sign, now }),
						lockOut: createLockOut(monotonicMs),
						log,
					},
	});
	const alertKey = signingKey(settings.alertSecret);
	if (settings.alertUrl !== '' && alertKey !== undefined)
		void watchAlerts({
			url: settings.alertUrl,
			key: alertKey,
			waitingMinutes: settings.alertMinutes,
			facts: async () => await deliveryFacts(queue, maxWaiting),
			memory: queue.alertMemory,
			send: host.send,
			now,
			monotonicMs,
			sleep,
			stopped: () => stopping.signal.aborted,
			notice: events.notice,
		});
	return {
		app,
		queue,
		stop: () => stopping.abort(),
		close: async () => {
			stopping.abort();
			let takeBack = (): void => undefined;
			const closed = queue.close(
				new Promise<void>((resolve) => {
					takeBack = after(settings.stopSeconds * 1000, resolve);
				}),
			);
			closing.abort();
			await closed.finally(takeBack);
		},
	};
};
