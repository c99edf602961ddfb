import type { Call } from '../../gateway/redis/luaVm';
import { type BullSteps, createBullSteps, type Taken } from './bullSteps';
import { EventEmitter } from 'node:events';

/** A connection of a queue: what it asks happens in one step of Redis, or rejects, perhaps although it happened. */
export interface Connection {
	readonly step: <Result>(work: (call: Call) => Result) => Promise<Result>;
	/** Calls `wake` when anything may have come into the queue with this prefix; the returned function takes that back. */
	readonly watch: (prefix: string, wake: () => void) => () => void;
}

export interface BullHost {
	/** Milliseconds since 1970, as the machine of this program believes. */
	readonly now: () => number;
	readonly after: (ms: number, happen: () => void) => () => void;
}

interface Options {
	readonly connection: unknown;
	readonly prefix: string;
	readonly concurrency?: number;
	readonly lockDuration?: number;
	readonly lockRenewTime?: number;
	readonly stalledInterval?: number;
	readonly maximumRateLimitDelay?: number;
	readonly runRetryDelay?: number;
	readonly autorun?: boolean;
}

class Signal extends Error {
	constructor(name: string, message = name) {
		super(message);
		this.name = name;
	}
}
const limitedMessage = 'bullmq:rateLimitExceeded';
/** Whether a step was refused by Redis itself, which another try would not change. */
const isRefusal = (error: unknown): boolean => (error as { readonly code?: unknown }).code !== 'ECONNRESET';
const checked = (code: number): number => {
	if (code < 0) throw Object.assign(new Error(`BullMQ refused a step (${code}).`), { code });
	return code;
};
/** An idle worker looks again after this. */
const idleMs = 5000;

/** BullMQ as the gateway uses it, without a Redis: the same classes over `Connection`. */
export const createBullModel = (
	host: BullHost,
	connectionOf: (given: unknown) => Connection,
): Readonly<Record<string, unknown>> => {
	const { now, after } = host;
	const sleep = async (ms: number): Promise<void> => await new Promise((resolve) => after(Math.max(1, ms), resolve));
	type Step = <Result>(work: (steps: BullSteps) => Result) => Promise<Result>;

	abstract class Opened extends EventEmitter {
		readonly prefix: string;
		readonly connection: Connection;
		constructor(
			readonly name: string,
			readonly opts: Options,
		) {
			super();
			this.prefix = `${opts.prefix}:${name}`;
			this.connection = connectionOf(opts.connection);
		}
		readonly step: Step = async (work) =>
			await this.connection.step((call) => work(createBullSteps(call, this.prefix)));
		async waitUntilReady(): Promise<void> {
			await Promise.resolve();
		}
	}

	interface JobOptions {
		readonly deduplication?: { readonly id: string; readonly ttl?: number };
		readonly jobId?: string;
	}

	class Job {
		constructor(
			readonly queue: Opened,
			readonly name: string,
			readonly data: unknown,
			readonly opts: JobOptions = {},
			readonly id = '',
			readonly token = '',
		) {}
		async moveToDelayed(atMs: number, token: string): Promise<void> {
			const nowMs = now();
			checked(await this.queue.step((steps) => steps.moveToDelayed(this.id, token, Math.max(0, atMs - nowMs), nowMs)));
		}
		async moveToWait(token: string): Promise<number> {
			return checked(await this.queue.step((steps) => steps.moveToWait(this.id, token)));
		}
		async moveToCompleted(_value: unknown, token: string): Promise<void> {
			checked(await this.queue.step((steps) => steps.finish(this.id, token, 'completed', now())));
		}
		async moveToFailed(_error: unknown, token: string): Promise<void> {
			checked(await this.queue.step((steps) => steps.finish(this.id, token, 'failed', now())));
		}
		async promote(): Promise<void> {
			checked(await this.queue.step((steps) => steps.promote(this.id)));
		}
		async retry(from: 'completed' | 'failed' = 'failed'): Promise<void> {
			checked(await this.queue.step((steps) => steps.retry(this.id, from)));
		}
		async removeDeduplicationKey(): Promise<boolean> {
			const { deduplication } = this.opts;
			if (deduplication === undefined) return false;
			return await this.queue.step((steps) => steps.removeDeduplicationKey(deduplication.id, this.id));
		}
	}

	class Queue extends Opened {
		async add(name: string, data: unknown, opts: JobOptions): Promise<Job> {
			const text = JSON.stringify(data);
			const { jobId = '', deduplication } = opts;
			const id = await this.step((steps) =>
				steps.add({
					id: jobId,
					data: text,
					nowMs: now(),
					deduplication: deduplication && { id: deduplication.id, ttl: deduplication.ttl ?? 0 },
				}),
			);
			return new Job(this, name, data, opts, id);
		}
		async getJob(id: string): Promise<Job | undefined> {
			const data = await this.step((steps) => steps.dataOf(id));
			return data === undefined ? undefined : new Job(this, 'lead', JSON.parse(data), {}, id);
		}
		async getDeduplicationJobId(id: string): Promise<string | null> {
			return (await this.step((steps) => steps.deduplicationJobId(id))) ?? null;
		}
		async promoteJobs(): Promise<void> {
			await this.step((steps) => steps.promoteAll());
		}
		async removeRateLimitKey(): Promise<void> {
			await this.step((steps) => steps.removeRateLimit());
		}
		async setGlobalConcurrency(value: number): Promise<void> {
			await this.step((steps) => steps.setMeta('concurrency', value));
		}
		async setGlobalRateLimit(max: number, durationMs: number): Promise<void> {
			await this.step((steps) => {
				steps.setMeta('max', max);
				steps.setMeta('duration', durationMs);
			});
		}
		async clean(graceMs: number, limit: number): Promise<readonly string[]> {
			return await this.step((steps) => steps.clean(now() - graceMs, limit));
		}
		async close(): Promise<void> {
			await Promise.resolve();
		}
	}

	type Process = (job: Job, token: string) => Promise<void>;

	class Worker extends Opened {
		limitUntil = 0;
		private closing: Promise<void> | undefined;
		private readonly busy = new Map<string, string>();
		private readonly wakes = new Set<() => void>();
		private readonly running = new Set<Promise<void>>();
		private tokens = 0;
		static RateLimitError(): Error {
			return new Error(limitedMessage);
		}
		constructor(
			name: string,
			private readonly process: Process | null,
			opts: Options,
		) {
			super(name, opts);
			if (process === null || opts.autorun === false) return;
			this.connection.watch(this.prefix, () => this.wakeAll());
			void this.fetchOnAndOn();
			void this.lookForStalled();
			void this.renewLocks();
		}
		protected createJob(json: { readonly data: string }, id: string): Job {
			return new Job(this, 'lead', JSON.parse(json.data), {}, id);
		}
		async rateLimit(ms: number): Promise<void> {
			await this.step((steps) => steps.rateLimit(ms));
		}
		/** The next job by hand; undefined where none may be taken. */
		async getNextJob(token: string): Promise<Job | undefined> {
			const { taken, data } = await this.take(token);
			return taken.id === undefined ? undefined : this.createJob({ data }, taken.id);
		}
		/** Looks for stalled jobs by hand. */
		async moveStalled(): Promise<readonly string[]> {
			return await this.step((steps) => steps.moveStalled(now(), this.opts.stalledInterval ?? 30_000));
		}
		async close(): Promise<void> {
			this.closing ??= (async () => {
				this.wakeAll();
				await Promise.all(this.running);
			})();
			await this.closing;
		}
		private isClosing(): boolean {
			return this.closing !== undefined;
		}
		private wakeAll(): void {
			for (const wake of [...this.wakes]) wake();
		}
		private async nap(ms: number): Promise<void> {
			await new Promise<void>((resolve) => {
				const wake = (): void => {
					takeBack();
					this.wakes.delete(wake);
					resolve();
				};
				const takeBack = after(Math.max(1, ms), wake);
				this.wakes.add(wake);
			});
		}
		private async take(token: string): Promise<{ readonly taken: Taken; readonly data: string }> {
			return await this.step((steps) => {
				const taken = steps.moveToActive(token, this.opts.lockDuration ?? 30_000, now());
				return { taken, data: taken.id === undefined ? '' : (steps.dataOf(taken.id) ?? 'null') };
			});
		}
		/** As long as Redis cannot be reached; what it refuses is told, and given up. */
		private async retryIfFailed<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
			for (;;) {
				try {
					return await work();
				} catch (error) {
					if (isRefusal(error)) {
						if (!this.isClosing()) this.emit('error', error);
						return undefined;
					}
					if (this.isClosing()) return undefined;
					await sleep(this.opts.runRetryDelay ?? 15_000);
				}
			}
		}
		private async fetchOnAndOn(): Promise<void> {
			while (!this.isClosing()) {
				if (this.running.size >= (this.opts.concurrency ?? 1)) {
					await this.nap(idleMs);
					continue;
				}
				const leftMs = this.limitUntil - now();
				if (leftMs > 0) {
					await this.nap(Math.min(leftMs, this.opts.maximumRateLimitDelay ?? 30_000));
					this.limitUntil = 0;
					continue;
				}
				const token = `${this.name}:${this.tokens++}:${Math.floor(now())}`;
				const found = await this.retryIfFailed(async () => await this.take(token));
				if (found === undefined) continue;
				const { taken, data } = found;
				if (taken.id !== undefined) this.begin(taken.id, data, token);
				else if (taken.limitedMs > 0) this.limitUntil = now() + taken.limitedMs;
				else await this.nap(taken.dueAtMs > 0 ? Math.min(idleMs, taken.dueAtMs - now()) : idleMs);
			}
		}
		private begin(id: string, data: string, token: string): void {
			this.busy.set(id, token);
			const mine: Promise<void> = this.work(id, data, token).finally(() => {
				this.running.delete(mine);
				this.wakeAll();
			});
			this.running.add(mine);
		}
		private async work(id: string, data: string, token: string): Promise<void> {
			const job = this.createJob({ data }, id);
			const end = await (this.process as Process)(job, token).then(
				() => undefined,
				(error: unknown) => error as Error,
			);
			this.busy.delete(id);
			if (end === undefined) await this.retryIfFailed(async () => await job.moveToCompleted(undefined, token));
			else if (end.message === limitedMessage) {
				const leftMs = await this.retryIfFailed(async () => await job.moveToWait(token));
				this.limitUntil = leftMs === undefined || leftMs <= 0 ? 0 : now() + leftMs;
			} else if (end.name !== 'DelayedError' && end.name !== 'WaitingError')
				await this.retryIfFailed(async () => await job.moveToFailed(end, token));
		}
		private async lookForStalled(): Promise<void> {
			while (!this.isClosing()) {
				await this.moveStalled().catch((error: unknown) => this.emit('error', error));
				await sleep(this.opts.stalledInterval ?? 30_000);
			}
		}
		private async renewLocks(): Promise<void> {
			const everyMs = (this.opts.lockRenewTime ?? 15_000) / 2;
			while (!this.isClosing() || this.busy.size > 0) {
				await sleep(everyMs);
				const lockMs = this.opts.lockDuration ?? 30_000;
				const busy = [...this.busy];
				if (busy.length > 0)
					await this.step((steps) => busy.map(([id, token]) => steps.extendLock(id, token, lockMs))).catch(
						(error: unknown) => this.emit('error', error),
					);
			}
		}
	}

	return {
		Queue,
		Worker,
		Job,
		DelayedError: class extends Signal {
			constructor() {
				super('DelayedError');
			}
		},
		WaitingError: class extends Signal {
			constructor() {
				super('WaitingError');
			}
		},
		UnrecoverableError: class extends Signal {
			constructor(message: string) {
				super('UnrecoverableError', message);
			}
		},
	};
};
