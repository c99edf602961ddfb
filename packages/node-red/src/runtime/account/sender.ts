import type { Transport } from '@icloud-ready/http';
import type { AccountSettings } from '../config/accountSettings';
import { monotonicMs } from '../config/monotonic';
import { listSlices } from '../message/timeSlices';
import type { QueuedLead } from '../outbox/queuedLead';
import { createSemaphore } from './semaphore';
import {
	type AuthBreaker,
	type Connection,
	createLead,
	createAuthBreaker,
	createLimiter,
	type Host,
	isGateway,
	type Dedupe,
	type Outcome,
	type Policy,
	policyOf,
	type ProbePolicy,
	checkLead,
	type Reading,
	type ReadyLead,
	mostAtOnce,
	sendOnce,
	type Limiter,
} from '@icloud-ready/core';
import type { Entry } from '@icloud-ready/outbox';
import { createHmac } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** One lead to be delivered; `organizationId` is there where the message names another one than the account's. */
export interface Delivery {
	readonly draft: unknown;
	readonly policy: Partial<Policy>;
	readonly reading: Reading;
	readonly organizationId?: string;
	readonly once?: Dedupe | undefined;
}

/** What the API refuses an account just now. */
export interface Refused {
	readonly isKeyRefused: boolean;
	readonly organizations: readonly string[];
}

/** How an account sends: its connection, its limiter, and what it was refused. Nothing here rejects. */
export interface Sender {
	/** A draft to its outcome, with what was refused lately taken into account. */
	readonly direct: (delivery: Delivery) => Promise<Outcome>;
	/** A draft checked, for an outbox to keep. */
	readonly check: (delivery: Delivery) => ReadyLead | { readonly kind: 'ended'; readonly outcome: Outcome };
	/** A kept lead to its outcome. What refuses it makes it wait, which is the outbox's to decide. */
	readonly kept: (entry: Entry<QueuedLead>, once: Dedupe | undefined) => Promise<Outcome>;
	readonly limiter: Limiter;
	/** What leads without an outbox were refused for lately; undefined until the API has answered one of them. */
	readonly refused: () => Refused | undefined;
	/** Names the gateway that the account sends to, where it does: with another key or organization it is another one. */
	readonly gateway: string | undefined;
	/** Resolves after `ms`, or as soon as the account closes. */
	readonly sleep: Host['sleep'];
	/** Whether it closes. */
	readonly stopped: () => boolean;
	/** Calls off every wait; what is on its way may still be answered. */
	readonly stop: () => void;
	readonly close: () => Promise<void>;
}

interface SenderOptions {
	readonly settings: AccountSettings;
	readonly apiKey: string;
	/** Why nothing can be sent with this account. */
	readonly unusable: Outcome | undefined;
	readonly openTransport: () => Promise<Transport>;
	/** A lead waits for its turn or for its next try. */
	readonly onWait: () => void;
}

/**
 * Two refusals may be a person who mends the key; then one lead asks after a second, the next after two, and so on up to
 * five minutes: a mended key is seen by itself, and a thousand leads with a bad one make a dozen refusals in an hour.
 */
const probing: ProbePolicy = { withoutPause: 2, firstPauseMs: 1000, longestPauseMs: 300_000 };

const digest = (text: string, secret: string): string => createHmac('sha256', secret).update(text).digest('base64url');

const connectionOf = ({ settings, apiKey }: SenderOptions, organizationId = ''): Connection => ({
	baseUrl: settings.baseUrl,
	organizationId: organizationId === '' ? settings.organizationId : organizationId,
	apiKey,
	gateway: settings.gateway,
});

const policyFor = ({ settings }: SenderOptions, policy: Partial<Policy>): Policy => {
	const { timeoutSeconds, maxTries, maxWaitSeconds } = settings;
	return policyOf({ timeoutSeconds, maxTries, maxWaitSeconds, ...policy });
};

const hostOf = ({ onWait }: SenderOptions, send: Host['send'], limiter: Limiter, stopping: AbortSignal): Host => ({
	send,
	sleep: async (ms) => {
		if (stopping.aborted) return;
		onWait();
		// Unlike a listener of our own, this one leaves the signal when the time is over.
		await sleep(ms, undefined, { signal: stopping }).catch(() => undefined);
	},
	now: Date.now,
	monotonicMs,
	random: Math.random,
	digest,
	stopped: () => stopping.aborted,
	limiter,
});

/** A lead of the outbox as it is sent. One that left before is what the record says was sent: it does not stand in its own way. */
const sendKept = async (
	options: SenderOptions,
	host: Host,
	{ partition, payload, resend, idempotencyKey, generation = 0, sentTo }: Entry<QueuedLead>,
	once: Dedupe | undefined,
): Promise<Outcome> => {
	const { lead, warnings, notes, key, policy } = payload;
	const sentBefore = resend === true || sentTo !== undefined;
	const queued = idempotencyKey === undefined ? {} : { queued: { idempotencyKey, generation, sentBefore } };
	const dedupe: Dedupe | undefined =
		once && (async (of, send, resendKnown) => await once(of, send, sentBefore || resendKnown));
	return await sendOnce(
		{ kind: 'ready', lead, warnings, ...(notes === undefined ? {} : { notes }), key, ...queued },
		connectionOf(options, partition),
		policyFor(options, policy),
		{ ...host, dedupe },
	);
};

/**
 * Leads of the outbox are held by the outbox. But where one passes, what the API refused the account is over: leads that were
 * sent directly while the outbox could not be used may be the last of their kind for long.
 */
const learningPasses = (authBreaker: AuthBreaker): AuthBreaker => ({
	...authBreaker,
	check: () => 'send',
	learn: (organizationId, outcome, ...times) => {
		const isRefused = outcome.outcome === 'unauthorized' || outcome.outcome === 'forbidden';
		if (outcome.status !== null && !isRefused) authBreaker.learn(organizationId, outcome, ...times);
	},
});

export const createSender = (options: SenderOptions): Sender => {
	const { settings, apiKey, unusable, openTransport } = options;
	const isAdaptive = settings.concurrency === 0;
	const limiter = createLimiter(settings.maxPerSecond, monotonicMs(), isAdaptive);
	const semaphore = createSemaphore(mostAtOnce(settings.concurrency), listSlices.turn);
	const stopping = new AbortController();
	// As many listen as leads wait, which is no leak.
	setMaxListeners(0, stopping.signal);
	let transport: Promise<Transport> | undefined;
	const send: Host['send'] = async (request, limits) => {
		transport ??= openTransport();
		return await (await transport).send(request, limits);
	};
	const host = hostOf(options, send, limiter, stopping.signal);
	const authBreaker = createAuthBreaker(probing);
	const keptHost: Host = {
		...host,
		limiter: { ...limiter, acquire: limiter.acquireTurn },
		authBreaker: learningPasses(authBreaker),
	};
	let isAnswered = false;

	return {
		direct: async ({ draft, policy, reading, organizationId, once }) => {
			if (unusable !== undefined && policy.dryRun !== true) return unusable;
			const connection = connectionOf(options, organizationId);
			const own: Host = { ...host, authBreaker, dedupe: once };
			const outcome = await semaphore.pass(
				async () => await createLead(draft, connection, policyFor(options, policy), own, reading),
			);
			isAnswered ||= outcome.status !== null;
			return outcome;
		},
		check: ({ draft, policy, reading, organizationId }) =>
			checkLead(draft, connectionOf(options, organizationId), policyFor(options, policy), reading),
		// The outbox keeps a place for each before it marks it as on its way.
		kept: async (entry, once) => unusable ?? (await sendKept(options, keptHost, entry, once)),
		limiter,
		refused: () =>
			isAnswered
				? { isKeyRefused: authBreaker.isKeyRefused(), organizations: authBreaker.refusedOrganizations() }
				: undefined,
		gateway: isGateway(connectionOf(options))
			? digest(JSON.stringify([settings.baseUrl, settings.organizationId]), apiKey)
			: undefined,
		sleep: host.sleep,
		stopped: () => stopping.signal.aborted,
		stop: () => stopping.abort(),
		close: async () => {
			await (await transport)?.close();
		},
	};
};
