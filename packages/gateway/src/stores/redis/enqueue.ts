import type { Secrets } from '../../leads/accounts';
import type { PutResult } from '../../leads/leadQueue';
import { isFree } from '../../leads/sentLead';
import { type Submission, isSameBody } from '../../leads/submittedLead';
import { type LeadRecord, jobDataFor } from './jobData';
import { type Limits, type StoredLead, readJob, release, reserve } from './ledger';
import { newId, stateKeys, jobKey } from './redisKeys';
import type { Bull, WorkerPool } from './workers';
import type { Room } from '@icloud-ready/outbox';
import type { Redis } from 'ioredis';
import { randomBytes } from 'node:crypto';

interface Means extends Limits {
	readonly bull: Bull;
	readonly asking: Redis;
	readonly lanes: Pick<WorkerPool, 'queueOf'>;
	readonly secrets: Secrets;
	readonly now: () => number;
	readonly monotonicMs: () => number;
	readonly sleep: (ms: number) => Promise<void>;
	/** Leads of its account that wait for its key. */
	readonly met: (given: Submission, lacking: readonly string[]) => void;
}

/** How long is tried to learn whether Redis took a lead, and how often. */
const tryForMs = 5000;
const tryEveryMs = 250;
/** A mark is there as long as its lead is, which for an unconfirmed one may be years. */
const markForMs = 100 * 365 * 86_400_000;
const mostRounds = 5;

type Added =
	| { readonly kind: 'added'; readonly id: string }
	| { readonly kind: 'unwritten' }
	| { readonly kind: 'unknown' };

const isOver = (record: LeadRecord): boolean => record.endedAtMs !== undefined && isFree(record);

/** Takes leads in: each is in Redis when its giver hears of it, and one of those with the same mark. */
export const createEnqueue = ({
	bull,
	asking,
	lanes,
	secrets,
	now,
	monotonicMs,
	sleep,
	met,
	...limits
}: Means): ((given: Submission) => Promise<PutResult>) => {
	/** Once more with the same id is once, so it may be tried until Redis says something. */
	const add = async ({ account, key }: Submission, id: string, record: LeadRecord): Promise<Added> => {
		const untilMs = monotonicMs() + tryForMs;
		let hasLeft = false;
		for (;;) {
			try {
				if (asking.status === 'ready') {
					hasLeft = true;
					const job = await lanes.queueOf(account.group).add('lead', record, {
						jobId: id,
						attempts: 1,
						removeOnComplete: false,
						removeOnFail: false,
						stackTraceLimit: 0,
						...(key === undefined ? {} : { deduplication: { id: key.text, ttl: markForMs } }),
					});
					return { kind: 'added', id: job.id ?? id };
				}
			} catch (error) {
				// Redis itself said no.
				if ((error as Error).name === 'ReplyError') return { kind: 'unwritten' };
			}
			if (monotonicMs() >= untilMs) return { kind: hasLeft ? 'unknown' : 'unwritten' };
			await sleep(tryEveryMs);
		}
	};

	const free = async ({ account }: Submission, mark: string, id: string, record: LeadRecord): Promise<void> => {
		const queue = lanes.queueOf(account.group);
		// Only where the mark is still this lead's; of a lead that is gone the mark is all that is left.
		const job = (await queue.getJob(id)) ?? new bull.Job(queue, 'lead', record, { deduplication: { id: mark } }, id);
		await job.removeDeduplicationKey();
	};

	const replay = (given: Submission, { id, record }: StoredLead): PutResult =>
		given.key?.isNamed === true && !isSameBody(record.body, given.body)
			? { kind: 'otherBody', id }
			: { kind: 'kept', id, isReplay: true };

	const addOnce = async (given: Submission, id: string, record: LeadRecord): Promise<PutResult> => {
		for (let round = 0; round < mostRounds; round++) {
			const added = await add(given, id, record);
			if (added.kind !== 'added') return added.kind === 'unknown' ? { kind: 'unknown', id } : { kind: 'unwritten' };
			if (added.id === id || given.key === undefined) return { kind: 'kept', id: added.id, isReplay: false };
			const before = await readJob(asking, given.account, added.id);
			if (before !== undefined && !isOver(before.record)) return replay(given, before);
			await free(given, given.key.text, added.id, record);
		}
		return { kind: 'unwritten' };
	};

	const whereFull = async (given: Submission, full: Exclude<Room, 'room'>): Promise<PutResult> => {
		const { account, key } = given;
		const id = key === undefined ? null : await lanes.queueOf(account.group).getDeduplicationJobId(key.text);
		const before = id === null ? undefined : await readJob(asking, account, id);
		return before === undefined || isOver(before.record) ? { kind: full } : replay(given, before);
	};

	return async (given) => {
		const { account } = given;
		const nowMs = now();
		const id = newId(nowMs, randomBytes(8).toString('hex'));
		const whole = jobKey(account, id);
		let kept: PutResult = { kind: 'unwritten' };
		try {
			const [room, lacking] = await Promise.all([
				reserve(asking, account, whole, limits, nowMs),
				asking.smembers(stateKeys.lacking(account.id)),
			]);
			met(given, lacking);
			kept =
				room === 'room' ? await addOnce(given, id, jobDataFor(given, secrets, nowMs)) : await whereFull(given, room);
			return kept;
		} catch {
			// All but the adding only asks, and that says for itself what came of it.
			return kept;
		} finally {
			const isIn = kept.kind === 'unknown' || (kept.kind === 'kept' && !kept.isReplay);
			if (!isIn) release(asking, whole).catch(() => undefined);
		}
	};
};
