import { createLead, createTurns, type Host, type Outcome, type Policy, type Reply } from '../../packages/core/src';

/** A limit as APIs have it: a bucket that fills evenly, or so many in each whole second. */
export interface Limit {
	readonly perSecond: number;
	readonly burst: number;
	readonly kind: 'bucket' | 'window';
	readonly retryAfter: 'seconds' | 'none';
}

/** What a run against a limit came to; times are of the run's own clock. */
export interface Run {
	readonly outcomes: readonly Outcome[];
	readonly seconds: number;
	readonly requests: number;
	readonly refused: number;
	readonly created: number;
}

interface Setup {
	readonly leads: number;
	readonly limit: Limit;
	readonly concurrency?: number;
	readonly workers?: number;
	readonly latencyMs?: number;
	readonly maxPerSecond?: number;
	readonly policy?: Partial<Policy>;
}

/** Time that jumps to the next thing that is due; chance that is the same in every run. */
const createClock = (): { readonly now: () => number; readonly sleep: (ms: number) => Promise<void>; readonly run: (work: Promise<unknown>) => Promise<void> } => {
	let nowMs = 0;
	const due: { readonly atMs: number; readonly order: number; readonly wake: () => void }[] = [];
	let order = 0;
	let over = false;
	return {
		now: () => nowMs,
		sleep: async (ms) => await new Promise<void>((wake) => { due.push({ atMs: nowMs + ms, order: order++, wake }); }),
		run: async (work) => {
			void work.finally(() => { over = true; });
			while (!over) {
				// Everything that follows without waiting happens before time goes on.
				await new Promise<void>((resolve) => setImmediate(resolve));
				due.sort((a, b) => b.atMs - a.atMs || b.order - a.order);
				const next = due.pop();
				if (next === undefined) continue;
				nowMs = Math.max(nowMs, next.atMs);
				next.wake();
			}
			await work;
		},
	};
};

const createApi = ({ perSecond, burst, kind, retryAfter }: Limit, now: () => number): (() => Reply) & { counts: () => { requests: number; refused: number; created: number } } => {
	let tokens = burst;
	let lastMs = 0;
	let second = 0;
	let inSecond = 0;
	const counts = { requests: 0, refused: 0, created: 0 };
	const lets = (): boolean => {
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
	const answer = (): Reply => {
		counts.requests++;
		if (lets()) return { status: 201, headers: {}, body: { _id: String(++counts.created), leadNumber: counts.created } };
		counts.refused++;
		return { status: 429, headers: retryAfter === 'seconds' ? { 'retry-after': '1' } : {}, body: '' };
	};
	return Object.assign(answer, { counts: () => counts });
};

/** Sends so many leads through the core's own loop to an API with a limit, on a clock of its own. */
export const runAgainst = async ({ leads, limit, concurrency = 5, workers = 1, latencyMs = 10, maxPerSecond = 0, policy = {} }: Setup): Promise<Run> => {
	const clock = createClock();
	const api = createApi(limit, clock.now);
	let seed = 7;
	const random = (): number => {
		seed = (seed * 16_807) % 2_147_483_647;
		return seed / 2_147_483_647;
	};
	let next = 0;
	const outcomes: Outcome[] = [];
	const worker = (): Promise<unknown> => {
		const turns = createTurns(maxPerSecond, clock.now());
		const send: Host['send'] = async () => {
			await clock.sleep(latencyMs);
			return api();
		};
		const host: Host = { send, sleep: clock.sleep, now: clock.now, random, turns };
		const lane = async (): Promise<void> => {
			while (next < leads) {
				const phone = `+2010${String(10_000_000 + next++)}`;
				outcomes.push(await createLead({ firstName: 'Mona', phone }, { baseUrl: '', organizationId: 'o' }, { phone: 'asIs', maxTries: 10, maxWaitSeconds: 600, ...policy }, host));
			}
		};
		return Promise.all(Array.from({ length: concurrency }, async () => { await lane(); }));
	};
	await clock.run(Promise.all(Array.from({ length: workers }, worker)));
	return { outcomes, seconds: clock.now() / 1000, ...api.counts() };
};
