import type { Transport } from '@icloud-ready/http';
import type { AccountSettings } from '../config/accountSettings';
import { monotonicMs } from '../config/monotonic';
import { listSlices } from '../message/timeSlices';
import type { QueuedLead } from '../outbox/queuedLead';
import { createSemaphore } from './semaphore';
import {
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
	checkLead,
	type Reading,
	type ReadyLead,
	sendOnce,
	type Limiter,
} from '@icloud-ready/core';
import type { Entry } from '@icloud-ready/outbox';
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** One lead to be delivered; `organizationId` is there where the message names another one than the account's. */
export interface Delivery {
	readonly draft: unknown;
	readonly policy: Partial<Policy>;
	readonly reading: Reading;
	readonly organizationId?: string;
	readonly once?: Dedupe | undefined;
}

/** How an account sends: its connection, its pace, and what it was refused. Nothing here rejects. */
export interface Sender {
	/** A draft to its outcome, with what was refused lately taken into account. */
	readonly direct: (delivery: Delivery) => Promise<Outcome>;
	/** A draft checked, for an outbox to keep. */
	readonly check: (delivery: Delivery) => ReadyLead | { readonly kind: 'ended'; readonly outcome: Outcome };
	/** A kept lead to its outcome. What refuses it makes it wait, which is the outbox's to decide. */
	readonly kept: (entry: Entry<QueuedLead>, once: Dedupe | undefined) => Promise<Outcome>;
	readonly turns: Limiter;
	/** Names the gateway that the account sends to, where it does: with another key or organization it is another one. */
	readonly gateway: string | undefined;
	/** Resolves after `ms`, or as soon as the account closes. */
	readonly sleep: Host['sleep'];
	/** Calls off every wait; what is on its way may still be answered. */
	readonly stop: () => void;
	readonly close: () => Promise<void>;
}

interface Means {
	readonly settings: AccountSettings;
	readonly apiKey: string;
	/** Why nothing can be sent with this account. */
	readonly unusable: Outcome | undefined;
	readonly openTransport: () => Promise<Transport>;
	/** A lead waits for its turn or for its next try. */
	readonly onWait: () => void;
}

/** Two refusals may be a person who mends the key; then one lead asks after a second, the next after two, and so on. */
const probing = { withoutPause: 2, firstPauseMs: 1000, longestPauseMs: 300_000 };

const digest = (text: string, secret: string): string => createHmac('sha256', secret).update(text).digest('base64url');

export const createSender = ({ settings, apiKey, unusable, openTransport, onWait }: Means): Sender => {
	const { baseUrl, timeoutSeconds, maxTries, maxWaitSeconds } = settings;
	const turns = createLimiter(settings.maxPerSecond, monotonicMs());
	const gate = createSemaphore(settings.concurrency, listSlices.turn);
	const stopping = new AbortController();
	let transport: Promise<Transport> | undefined;

	const host: Host = {
		send: async (request, limits) => {
			transport ??= openTransport();
			return await (await transport).send(request, limits);
		},
		sleep: async (ms) => {
			if (stopping.signal.aborted) return;
			onWait();
			// Unlike a listener of our own, this one leaves the signal when the time is over.
			await sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
		},
		now: Date.now,
		monotonicMs,
		random: Math.random,
		digest,
		stopped: () => stopping.signal.aborted,
		limiter: turns,
	};
	const withRefusals: Host = { ...host, authBreaker: createAuthBreaker(probing) };
	const connectionOf = (organizationId?: string): Connection => ({
		baseUrl,
		organizationId: organizationId === undefined || organizationId === '' ? settings.organizationId : organizationId,
		apiKey,
		gateway: settings.gateway,
	});
	const settled = (policy: Partial<Policy>): Policy =>
		policyOf({ timeoutSeconds, maxTries, maxWaitSeconds, ...policy });

	return {
		direct: async ({ draft, policy, reading, organizationId, once }) => {
			if (unusable !== undefined && policy.dryRun !== true) return unusable;
			return await gate.pass(
				async () =>
					await createLead(
						draft,
						connectionOf(organizationId),
						settled(policy),
						{ ...withRefusals, dedupe: once },
						reading,
					),
			);
		},
		check: ({ draft, policy, reading, organizationId }) =>
			checkLead(draft, connectionOf(organizationId), settled(policy), reading),
		kept: async ({ partition, payload, resend = false, idempotencyKey, generation = 0, sentTo }, once) => {
			if (unusable !== undefined) return unusable;
			const { lead, warnings, key, policy } = payload;
			// It is what the record says was sent.
			const sentBefore = resend || sentTo !== undefined;
			const asked: Dedupe | undefined =
				once === undefined ? undefined : async (of, send, harmless) => await once(of, send, sentBefore || harmless);
			return await sendOnce(
				{
					kind: 'ready',
					lead,
					warnings,
					key,
					...(idempotencyKey === undefined ? {} : { queued: { idempotencyKey, generation, sentBefore } }),
				},
				connectionOf(partition),
				settled(policy),
				{ ...host, dedupe: asked },
			);
		},
		turns,
		gateway: isGateway(connectionOf()) ? digest(JSON.stringify([baseUrl, settings.organizationId]), apiKey) : undefined,
		sleep: host.sleep,
		stop: () => stopping.abort(),
		close: async () => {
			await (await transport)?.close();
		},
	};
};
