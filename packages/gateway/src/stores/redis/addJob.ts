import type { Account } from '../../leads/accounts';
import type { Submission } from '../../leads/submittedLead';
import { type LeadRecord, storedLead } from './schema/lead';
import type { Bull, WorkerPool } from './workers';
import type { Redis } from 'ioredis';

/** What becomes of a lead that is added. `id`: the job that has its idempotency key, which may be an earlier one. */
export type Added =
	| { readonly kind: 'added'; readonly id: string }
	| { readonly kind: 'unwritten' }
	| { readonly kind: 'unknown' };

export interface AddMeans {
	readonly bull: Pick<Bull, 'Job'>;
	readonly commands: Redis;
	readonly workerPool: Pick<WorkerPool, 'queueOf'>;
	readonly monotonicMs: () => number;
	readonly sleep: (ms: number) => Promise<void>;
}

/** How long is tried to learn whether Redis took a lead, and how often: no client waits for much longer. */
const tryForMs = 5000;
const tryEveryMs = 250;
/** An idempotency key is there as long as its lead is, which for an unconfirmed one may be years. */
const keyForMs = 100 * 365 * 86_400_000;

/** Once more with the same id is once, so it may be tried until Redis says something. */
export const addJob = async (
	{ commands, workerPool, monotonicMs, sleep }: AddMeans,
	{ account, key }: { readonly account: Account; readonly key?: { readonly text: string } },
	id: string,
	record: LeadRecord,
): Promise<Added> => {
	const untilMs = monotonicMs() + tryForMs;
	let hasLeft = false;
	for (;;) {
		/** An earlier try left, and what came of it was not answered. */
		const mayBeIn = hasLeft;
		try {
			if (commands.status === 'ready') {
				const queue = workerPool.queueOf(account.group);
				await queue.waitUntilReady();
				hasLeft = true;
				const job = await queue.add('lead', storedLead(record), {
					jobId: id,
					attempts: 1,
					removeOnComplete: false,
					removeOnFail: false,
					stackTraceLimit: 0,
					...(key === undefined ? {} : { deduplication: { id: key.text, ttl: keyForMs } }),
				});
				return { kind: 'added', id: job.id ?? id };
			}
		} catch (error) {
			// Redis itself said no; of a try before that it said nothing.
			if ((error as Error).name === 'ReplyError') return { kind: mayBeIn ? 'unknown' : 'unwritten' };
		}
		if (monotonicMs() >= untilMs) return { kind: hasLeft ? 'unknown' : 'unwritten' };
		await sleep(tryEveryMs);
	}
};

/** The job that has the idempotency key of this lead. */
export const jobIdOf = async ({ workerPool }: AddMeans, { account, key }: Submission): Promise<string | undefined> =>
	key === undefined
		? undefined
		: ((await workerPool.queueOf(account.group).getDeduplicationJobId(key.text)) ?? undefined);

/** Frees an idempotency key, but only where it is still that of the job `id`; of a lead that is gone it is all that is left. */
export const freeKey = async (
	{ bull, workerPool }: AddMeans,
	{ group }: Account,
	key: string,
	id: string,
): Promise<void> => {
	const job = new bull.Job(workerPool.queueOf(group), 'lead', {}, { deduplication: { id: key } }, id);
	await job.removeDeduplicationKey();
};
