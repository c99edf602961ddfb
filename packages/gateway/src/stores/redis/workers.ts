import { createLruMap } from '../../leads/lruMap';
import type { Connections } from './connection';
import { lockMs } from './ledger';
import { queuePrefix } from './redisKeys';
import type * as bullmq from 'bullmq';
import type { Job, Queue, Worker } from 'bullmq';

export type Bull = typeof bullmq;
/** Its data may be anything; see `readLead`. */
export type LeadJob = Job<unknown>;
export type BullQueue = Queue<unknown>;
export type LeadWorker = Worker<unknown>;

export interface WorkerPoolOptions {
	readonly bull: Bull;
	readonly connections: Connections;
	/** Jobs of one queue that this gateway works on at once; 1 to 50. */
	readonly concurrency: number;
	readonly process: (job: LeadJob, token: string, worker: LeadWorker) => Promise<void>;
	readonly monotonicMs: () => number;
	readonly sleep: (ms: number) => Promise<void>;
	readonly onError: (error: unknown) => void;
}

/** One queue for each key, and a worker for each that has leads. */
export interface WorkerPool {
	readonly queueOf: (group: string) => BullQueue;
	/** Gives the key a worker, unless it has one or too many others do. `isTrial`: it was never verified, and takes no place from those that were. */
	readonly start: (group: string, isTrial?: boolean) => void;
	/** Ends the worker of a key that has nothing to do. */
	readonly stop: (group: string) => void;
	/** Keys that have a worker here, but for trials, and when each was last at work, of `monotonicMs`. */
	readonly active: () => readonly (readonly [group: string, lastAtMs: number])[];
	readonly isWorking: (group: string) => boolean;
	/** Waits for what is on its way, at most for `patience`. */
	readonly close: (patience: Promise<unknown>) => Promise<void>;
}

/** Each worker has a connection of its own, of the 10,000 that a Redis has by default; other gateways have others. */
const maxWorkers = 200;
/** One for each key that came by lately: some kB each, and no connection. */
const maxQueues = 1000;
/** Whatever was asked of a queue that is forgotten is answered by then. */
const closeAfterMs = 60_000;
/** A job that nobody renews is another worker's after the lock and two of these: with it, half a minute after a gateway died. */
const stalledIntervalMs = 5000;
/** So often a held queue is looked at again: a hold may end sooner than it seemed. */
const maxLimitPollMs = 1000;
/** A worker that Redis refused something asks again after this. */
const tryAgainMs = 1000;
/** Who hears of what happened hears it from us; BullMQ's own stream is read by nobody. */
const maxEvents = 10;

const asJson = (data: string): string => {
	try {
		JSON.parse(data);
		return data;
	} catch {
		return JSON.stringify(data);
	}
};

export const createWorkerPool = ({
	bull,
	connections,
	concurrency,
	process,
	monotonicMs,
	sleep,
	onError,
}: WorkerPoolOptions): WorkerPool => {
	/** BullMQ itself cannot take a job whose data is no JSON, and would find it stalled on and on: it gets the text instead. */
	class ReadingWorker extends bull.Worker<unknown> {
		protected override createJob(json: bullmq.JobJson, jobId: string): LeadJob {
			return super.createJob({ ...json, data: asJson(json.data) }, jobId);
		}
	}
	// Without that its listeners would stay at the connection for ever. It may be at work just now.
	const queues = createLruMap<BullQueue>(maxQueues, (queue) => {
		void sleep(closeAfterMs)
			.then(async () => {
				await queue.close();
			})
			.catch(onError);
	});
	const workers = new Map<string, { readonly worker: LeadWorker; lastAtMs: number; isTrial: boolean }>();
	const lasting = () => [...workers].filter(([, { isTrial }]) => !isTrial);
	let isClosed = false;
	/**
	 * BullMQ looks at Redis once as it opens a queue or a worker, and one whose connection broke off just then fails for
	 * good, whatever it is asked: the next one to need it opens another.
	 */
	const discardIfBroken = (opened: BullQueue | LeadWorker, forget: () => void): void => {
		opened.waitUntilReady().catch(() => {
			forget();
			opened.close().catch(onError);
		});
	};

	return {
		queueOf: (group) => {
			const known = queues.get(group);
			if (known !== undefined) return known;
			const queue: BullQueue = new bull.Queue<unknown>(group, {
				connection: connections.commands,
				prefix: queuePrefix,
				streams: { events: { maxLen: maxEvents } },
			});
			queue.on('error', onError);
			discardIfBroken(queue, () => queues.delete(group, queue));
			return queues.set(group, queue);
		},
		start: (group, isTrial = false) => {
			const before = workers.get(group);
			if (before !== undefined && !isTrial) before.isTrial = false;
			if (isClosed || before !== undefined || (!isTrial && lasting().length >= maxWorkers)) return;
			const worker: LeadWorker = new ReadingWorker(
				group,
				async (job, token) => {
					const mine = workers.get(group);
					if (mine !== undefined) mine.lastAtMs = monotonicMs();
					await process(job, token ?? '', worker);
				},
				{
					connection: connections.blocking,
					prefix: queuePrefix,
					concurrency,
					lockDuration: lockMs,
					lockRenewTime: lockMs / 3,
					stalledInterval: stalledIntervalMs,
					maximumRateLimitDelay: maxLimitPollMs,
					runRetryDelay: tryAgainMs,
					// What was cut off on its way says so itself; what was not is sent, however often its worker died before that.
					maxStalledCount: Number.MAX_SAFE_INTEGER,
				},
			);
			worker.on('error', onError);
			workers.set(group, { worker, lastAtMs: monotonicMs(), isTrial });
			discardIfBroken(worker, () => {
				if (workers.get(group)?.worker === worker) workers.delete(group);
			});
		},
		stop: (group) => {
			const mine = workers.get(group);
			workers.delete(group);
			mine?.worker.close().catch(onError);
		},
		active: () => lasting().map(([group, { lastAtMs }]) => [group, lastAtMs] as const),
		isWorking: (group) => workers.get(group)?.isTrial === false,
		close: async (patience) => {
			isClosed = true;
			await Promise.race([
				Promise.all(
					[...workers.values()].map(async ({ worker }) => {
						await worker.close().catch(onError);
					}),
				),
				patience,
			]);
			connections.close();
		},
	};
};
