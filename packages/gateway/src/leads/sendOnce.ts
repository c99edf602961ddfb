import type { Credentials } from './accounts';
import type { AttemptResult } from './leadState';
import { keptReply } from './sentLead';
import { exchange, type Host, type Lead, type Limiter, outcomeOf, requestWithBody } from '@icloud-ready/core';

/** One lead on its way to the API. */
export interface Sending {
	readonly credentials: Credentials;
	/** JSON, sent as it was given. */
	readonly body: string;
	/** What people know it by; left out where it is none. */
	readonly lead?: Lead;
	/** Told that it leaves; `learn` follows. */
	readonly leaves?: (nowMs: number) => void;
	/** The limiter of its key, which learns from the reply. */
	readonly learn: Limiter['onReply'];
}

export interface SenderOptions {
	readonly baseUrl: string;
	/**
	 * How long one sending may take, 1 to 600.
	 * @default 30
	 */
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

/** One sending of one lead to its outcome. Never rejects, as long as `send` does not. */
export type Sender = (sending: Sending) => Promise<AttemptResult>;

/** Sends once: when a lead goes again is its queue's to decide, so that it is marked as waiting meanwhile. */
export const createSender =
	({ baseUrl, timeoutSeconds, send, now, monotonicMs, onSent }: SenderOptions): Sender =>
	async ({ credentials, body, lead, leaves, learn }) => {
		const connection = { baseUrl, ...credentials };
		const sentAtMs = monotonicMs();
		leaves?.(sentAtMs);
		const { outcome, reply, rawReply } = await exchange(
			requestWithBody(body, connection),
			connection,
			{ send, now },
			timeoutSeconds * 1000,
		);
		learn(reply, sentAtMs, monotonicMs());
		const stored = keptReply(rawReply, credentials.apiKey);
		const sent: AttemptResult = {
			...outcome,
			// The answer is kept as text; read as data it would stand there twice.
			...(outcome.outcome === 'created' ? { answer: {} } : {}),
			lead: lead ?? null,
			attempts: 1,
			...(stored === undefined ? {} : { reply: stored }),
		};
		onSent(sent, monotonicMs() - sentAtMs);
		return sent;
	};

/** The outcome of a lead whose key is there and cannot be read: it is not sent. */
export const unreadableKey = (lead: Lead): AttemptResult =>
	outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'unreadableEntry' } }, { lead });

/** The outcome of a lead whose key is not there any more; it waits until one comes. */
export const withoutKey = (lead: Lead): AttemptResult =>
	outcomeOf({ outcome: 'unauthorized', cause: { kind: 'notSent' } }, { lead });
