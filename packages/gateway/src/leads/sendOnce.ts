import type { Credentials } from './accounts';
import type { AttemptResult } from './leadState';
import { keptReply } from './sentLead';
import {
	type Host,
	type Lead,
	outcomeOf,
	policyOf,
	type Reply,
	sendOnce,
	type Limiter,
	withRetryAfterSeconds,
} from '@icloud-ready/core';

/** One lead on its way to the API. */
export interface Sending {
	readonly credentials: Credentials;
	readonly body: string;
	readonly lead: Lead;
	/** The pace of its key, which learns from the answer. */
	readonly learn: Limiter['onReply'];
}

export interface SenderOptions {
	readonly baseUrl: string;
	readonly timeoutSeconds: number;
	/** One sending; see `Host`. */
	readonly send: Host['send'];
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** Milliseconds on a clock that only goes forward. */
	readonly monotonicMs: () => number;
	/** Told of each sending that is over, with how long it took. */
	readonly onSent: (sent: AttemptResult, tookMs: number) => void;
}

/** One sending of one lead to its outcome. Never rejects. */
export type Sender = (sending: Sending) => Promise<AttemptResult>;

/** The key that leads with neither a record nor a form behind them have. */
export const noKey = { by: 'phone', value: '', text: '' } as const;

/** Sends once: when a lead goes again is its queue's to decide, so that it is marked as waiting meanwhile. */
export const createSender = ({ baseUrl, timeoutSeconds, send, now, monotonicMs, onSent }: SenderOptions): Sender => {
	const policy = policyOf({ maxTries: 1, maxWaitSeconds: 0, timeoutSeconds });
	return async ({ credentials, body, lead, learn }) => {
		let reply: Reply | undefined;
		const host: Host = {
			send: async (request, limits) => {
				// A date would be read anew by whoever it is passed on to, and by another clock.
				reply = withRetryAfterSeconds(
					await send(request.method === 'POST' ? { ...request, body } : request, limits),
					now(),
				);
				return reply;
			},
			sleep: async () => await Promise.resolve(),
			now,
			monotonicMs,
			random: Math.random,
			limiter: {
				acquire: async () => await Promise.resolve(0),
				tryAcquire: () => true,
				onReply: learn,
				setMaxPerSecond: () => undefined,
				throttledMs: () => 0,
				totalThrottledMs: () => 0,
			},
		};
		const startedAtMs = monotonicMs();
		const outcome = await sendOnce(
			{ kind: 'ready', lead, key: noKey, warnings: [] },
			{ baseUrl, ...credentials },
			policy,
			host,
		);
		const kept = keptReply(reply, credentials.apiKey);
		// The answer is kept as text; read as data it would stand there twice.
		const bare: AttemptResult = outcome.outcome === 'created' ? { ...outcome, answer: {} } : outcome;
		const sent: AttemptResult = kept === undefined ? bare : { ...bare, reply: kept };
		onSent(sent, monotonicMs() - startedAtMs);
		return sent;
	};
};

/** The outcome of a lead whose key is there and cannot be read: it is not sent. */
export const unreadableKey = (lead: Lead): AttemptResult =>
	outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'unreadableEntry' } }, { lead });

/** The outcome of a lead whose key is not there any more; it waits until one comes. */
export const withoutKey = (lead: Lead): AttemptResult =>
	outcomeOf({ outcome: 'unauthorized', cause: { kind: 'notSent' } }, { lead });
