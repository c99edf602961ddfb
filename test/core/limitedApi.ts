import { createLead, createLimiter, type Host, type Outcome, type Policy, type Reply } from '../../packages/core/src';
import { seeded } from '../fixtures/cases';

/** A limit as APIs have it: a bucket that fills evenly, or so many in each whole second. */
export interface Limit {
	readonly perSecond: number;
	readonly burst: number;
	readonly kind: 'bucket' | 'window';
	readonly retryAfter: 'seconds' | 'none';
	/** None: it tells nothing. A function: it says whatever it gives. */
	readonly headers?: QuotaHeaders | Headers;
	/** It takes nothing at all from one time to another, whatever the limit. */
	readonly shut?: { readonly fromMs: number; readonly untilMs: number };
}

/** How a server tells what is left of its limit. */
export type QuotaHeaders = 'draft10' | 'draft7' | 'trio' | 'x' | 'xEpoch';

/** What a server says of a limit beside an answer; may be anything. */
export type Headers = (nowMs: number) => Readonly<Record<string, string>>;

/** What a run against a limit came to; times are of the run's own clock. */
export interface Run {
	/** How many leads ended as what. */
	readonly ended: Readonly<Partial<Record<Outcome['outcome'], number>>>;
	/** The longest that one lead waited between its tries. */
	readonly longestWaitMs: number;
	readonly seconds: number;
	readonly requests: number;
	readonly refused: number;
	readonly created: number;
	/** The most requests that were at the API at once, and how many each met there, itself among them, on average. */
	readonly mostAtOnce: number;
	readonly meanAtOnce: number;
}

/** How long an answer takes when so many requests are at the API. */
export type Latency = (atOnce: number, random: () => number, nowMs: number) => number;

interface Setup {
	readonly leads: number;
	/** None: the API takes whatever comes. */
	readonly limit?: Limit;
	/** 0: adaptive. @default 5 */
	readonly concurrency?: number;
	readonly workers?: number;
	readonly latencyMs?: number | Latency;
	/** Of the chance in it. @default 7 */
	readonly seed?: number;
	readonly maxPerSecond?: number;
	readonly policy?: Partial<Policy>;
}

interface Due {
	readonly atMs: number;
	readonly order: number;
	readonly wake: () => void;
}

const isSooner = (one: Due, other: Due): boolean =>
	one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);

/** What is due, the soonest first: a heap, since a million leads wait millions of times. */
const createDue = (): { readonly add: (due: Due) => void; readonly take: () => Due | undefined } => {
	const heap: Due[] = [];
	const swap = (one: number, other: number): void => {
		[heap[one], heap[other]] = [heap[other] as Due, heap[one] as Due];
	};
	const soonerAt = (one: number, other: number): boolean =>
		one < heap.length && isSooner(heap[one] as Due, heap[other] as Due);
	return {
		add: (due) => {
			let at = heap.push(due) - 1;
			for (let above = (at - 1) >> 1; at > 0 && soonerAt(at, above); at = above, above = (at - 1) >> 1) swap(at, above);
		},
		take: () => {
			if (heap.length === 0) return undefined;
			swap(0, heap.length - 1);
			const first = heap.pop();
			for (let at = 0; ; ) {
				const [left, right] = [2 * at + 1, 2 * at + 2];
				const below = soonerAt(right, left) ? right : left;
				if (!soonerAt(below, at)) return first;
				swap(at, below);
				at = below;
			}
		},
	};
};

/** Time that jumps to the next thing that is due; chance that is the same in every run. */
const createClock = (): {
	readonly now: () => number;
	readonly sleep: (ms: number) => Promise<void>;
	readonly run: (work: Promise<unknown>) => Promise<void>;
} => {
	let nowMs = 0;
	const due = createDue();
	let order = 0;
	let over = false;
	return {
		now: () => nowMs,
		sleep: async (ms) =>
			await new Promise<void>((wake) => {
				due.add({ atMs: nowMs + ms, order: order++, wake });
			}),
		run: async (work) => {
			void work.finally(() => {
				over = true;
			});
			while (!over) {
				// Everything that follows without waiting happens before time goes on.
				await new Promise<void>((resolve) => setImmediate(resolve));
				// A timer that nobody waits for any more is no time that it took.
				if (over) break;
				const next = due.take();
				if (next === undefined) continue;
				nowMs = Math.max(nowMs, next.atMs);
				next.wake();
			}
			await work;
		},
	};
};

const epochMs = Date.UTC(2026, 0, 1);

/** What an honest server says: whole seconds, rounded up. */
const quotaHeaders = (
	family: QuotaHeaders,
	quota: number,
	remaining: number,
	seconds: number,
	nowMs: number,
): Readonly<Record<string, string>> => {
	switch (family) {
		case 'draft10':
			return { 'RateLimit-Policy': `"api";q=${quota};w=1`, RateLimit: `"api";r=${remaining};t=${seconds}` };
		case 'draft7':
			return {
				'ratelimit-policy': `${quota};w=1`,
				ratelimit: `limit=${quota}, remaining=${remaining}, reset=${seconds}`,
			};
		case 'trio':
			return {
				'RateLimit-Limit': String(quota),
				'RateLimit-Remaining': String(remaining),
				'RateLimit-Reset': String(seconds),
			};
		case 'x':
			return {
				'X-RateLimit-Limit': String(quota),
				'X-RateLimit-Remaining': String(remaining),
				'X-RateLimit-Reset': String(seconds),
			};
		case 'xEpoch':
			return {
				date: new Date(epochMs + nowMs).toUTCString(),
				'x-ratelimit-limit': String(quota),
				'x-ratelimit-remaining': String(remaining),
				'x-ratelimit-reset': String(Math.floor((epochMs + nowMs) / 1000) + seconds),
			};
	}
};

const createApi = (
	{ perSecond, burst, kind, retryAfter, headers, shut = { fromMs: 0, untilMs: 0 } }: Limit,
	now: () => number,
): (() => Reply) & { counts: () => { requests: number; refused: number; created: number } } => {
	let tokens = burst;
	let lastMs = 0;
	let second = 0;
	let inSecond = 0;
	const counts = { requests: 0, refused: 0, created: 0 };
	const lets = (): boolean => {
		if (now() >= shut.fromMs && now() < shut.untilMs) return false;
		if (kind === 'window') {
			const current = Math.floor(now() / 1000);
			if (current !== second) [second, inSecond] = [current, 0];
			return ++inSecond <= perSecond;
		}
		tokens = Math.min(burst, tokens + ((now() - lastMs) * perSecond) / 1000);
		lastMs = now();
		if (tokens < 1) return false;
		tokens--;
		return true;
	};
	const told = (): Readonly<Record<string, string>> => {
		if (headers === undefined) return {};
		if (typeof headers === 'function') return headers(now());
		const quota = kind === 'window' ? perSecond : burst;
		const remaining = kind === 'window' ? Math.max(0, perSecond - inSecond) : Math.floor(tokens);
		const leftMs = kind === 'window' ? 1000 - (now() % 1000) : ((burst - tokens) * 1000) / perSecond;
		return quotaHeaders(headers, quota, remaining, Math.ceil(leftMs / 1000), now());
	};
	const answer = (): Reply => {
		counts.requests++;
		if (lets())
			return { status: 201, headers: told(), body: { _id: String(++counts.created), leadNumber: counts.created } };
		counts.refused++;
		return {
			status: 429,
			headers: { ...told(), ...(retryAfter === 'seconds' ? { 'retry-after': '1' } : {}) },
			body: '',
		};
	};
	return Object.assign(answer, { counts: () => counts });
};

/** Sends so many leads through the core's own loop to an API with a limit, on a clock of its own. */
export const runAgainst = async ({
	leads,
	limit = { perSecond: 1e9, burst: 1e9, kind: 'bucket', retryAfter: 'none' },
	concurrency = 5,
	workers = 1,
	latencyMs = 10,
	seed = 7,
	maxPerSecond = 0,
	policy = {},
}: Setup): Promise<Run> => {
	const clock = createClock();
	const api = createApi(limit, clock.now);
	const random = seeded(seed);
	const latencyOf: Latency = typeof latencyMs === 'number' ? () => latencyMs : latencyMs;
	let atOnce = 0;
	let mostAtOnce = 0;
	let sumAtOnce = 0;
	let next = 0;
	const ended: Partial<Record<Outcome['outcome'], number>> = {};
	let longestWaitMs = 0;
	const worker = (): Promise<unknown> => {
		const turns = createLimiter(maxPerSecond, clock.now(), concurrency === 0);
		const send: Host['send'] = async () => {
			atOnce++;
			mostAtOnce = Math.max(mostAtOnce, atOnce);
			sumAtOnce += atOnce;
			await clock.sleep(latencyOf(atOnce, random, clock.now()));
			atOnce--;
			return api();
		};
		const host: Host = { send, sleep: clock.sleep, now: clock.now, monotonicMs: clock.now, random, limiter: turns };
		const lane = async (): Promise<void> => {
			while (next < leads) {
				const phone = `+2010${String(10_000_000 + next++)}`;
				const { outcome, waitedMs } = await createLead(
					{ firstName: 'Mona', phone },
					{ baseUrl: '', organizationId: 'o' },
					{ phone: 'asIs', maxTries: 10, maxWaitSeconds: 600, ...policy },
					host,
				);
				ended[outcome] = (ended[outcome] ?? 0) + 1;
				longestWaitMs = Math.max(longestWaitMs, waitedMs);
			}
		};
		return Promise.all(
			Array.from({ length: concurrency === 0 ? 50 : concurrency }, async () => {
				await lane();
			}),
		);
	};
	await clock.run(Promise.all(Array.from({ length: workers }, worker)));
	const counts = api.counts();
	return {
		ended,
		longestWaitMs,
		seconds: clock.now() / 1000,
		mostAtOnce,
		meanAtOnce: sumAtOnce / Math.max(1, counts.requests),
		...counts,
	};
};
