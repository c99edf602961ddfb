import type { Headers, Host, LeadStatusRequest, LeadRequest, Reply } from '../../packages/core/src';
import { createHmac } from 'node:crypto';

/** What a test asks of the host beside the replies. */
export interface Script {
	/** What `random` gives each time; 0.5 unless told. */
	readonly random?: number;
	/** How long each sending takes. */
	readonly sendingMs?: number;
	/** The run is stopped during this sleep, counted from 1; 0 is before anything was sent. */
	readonly stopInSleep?: number;
}

export interface FakeHost extends Host {
	/** Questions to a gateway among them. */
	readonly sendings: readonly {
		readonly request: LeadRequest | LeadStatusRequest;
		readonly timeoutMs: number;
		readonly atMs: number;
	}[];
	readonly sleepsMs: readonly number[];
}

export const startMs = Date.UTC(2026, 10, 20, 8, 0, 0);

/** A host that answers from a script, on a clock that only sleeping and sending move. It rejects when the script is over. */
export const fakeHost = (
	replies: readonly Reply[],
	{ random = 0.5, sendingMs = 0, stopInSleep }: Script = {},
): FakeHost => {
	const sendings: { request: LeadRequest | LeadStatusRequest; timeoutMs: number; atMs: number }[] = [];
	const sleepsMs: number[] = [];
	let clockMs = startMs;
	return {
		sendings,
		sleepsMs,
		send: async (request, { timeoutMs }) => {
			const reply = replies[sendings.length];
			sendings.push({ request, timeoutMs, atMs: clockMs - startMs });
			clockMs += sendingMs;
			if (reply === undefined) throw new Error(`The script has no reply for sending ${sendings.length}`);
			return Promise.resolve(reply);
		},
		sleep: async (ms) => {
			sleepsMs.push(ms);
			clockMs += ms;
			return Promise.resolve();
		},
		now: () => clockMs,
		monotonicMs: () => clockMs - startMs,
		random: () => random,
		digest: (text, secret) => createHmac('sha256', secret).update(text).digest('base64url'),
		stopped: () => stopInSleep !== undefined && sleepsMs.length >= stopInSleep,
	};
};

export const answered = (status: number, body: unknown = '', headers: Headers = {}): Reply => ({
	status,
	headers,
	body,
});
export const fault = (code: string, syscall?: string): Reply => ({
	fault: syscall === undefined ? { code } : { code, syscall },
});
export const createdReply = answered(201, { _id: '68a1e37a0aac680028914bc2', leadNumber: 1042 });
