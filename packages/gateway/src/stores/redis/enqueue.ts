import type { Secrets } from '../../leads/accounts';
import type { Kept } from '../../leads/leadQueue';
import { isFree } from '../../leads/sentLead';
import { type Given, isSameBody } from '../../leads/submittedLead';
import { type LeadRecord, recordFor } from './jobData';
import { type Limits, type Read, readLead, release, reserve } from './ledger';
import { newId, noteOf, wholeId } from './redisKeys';
import type { Bull, Lanes } from './workers';
import type { Room } from '@icloud-ready/outbox';
import type { Redis } from 'ioredis';
import { randomBytes } from 'node:crypto';

interface Means extends Limits {
	readonly bull: Bull;
	readonly asking: Redis;
	readonly lanes: Pick<Lanes, 'queueOf'>;
	readonly secrets: Secrets;
	readonly now: () => number;
	readonly monotonicMs: () => number;
	readonly sleep: (ms: number) => Promise<void>;
	/** Leads of its account that wait for its key. */
	readonly met: (given: Given, lacking: readonly string[]) => void;
}

/** How long is tried to learn whether Redis took a lead, and how often. */
const tryForMs = 5000;
const tryEveryMs = 250;
/** A mark is there as long as its lead is, which for an unconfirmed one may be years. */
const markForMs = 100 * 365 * 86_400_000;
const mostRounds = 5;

type Added = { readonly kind: 'added'; readonly id: string } | { readonly kind: 'unwritten' } | { readonly kind: 'unknown' };

const isOver = (record: LeadRecord): boolean => record.endedAtMs !== undefined && isFree(record);

/** Takes leads in: each is in Redis when its giver hears of it, and one of those with the same mark. */
export const createArrivals = ({ bull, asking, lanes, secrets, now, monotonicMs, sleep, met, ...limits }: Means): ((given: Given) => Promise<Kept>) => {
	/** Once more with the same id is once, so it may be tried until Redis says something. */
	const add = async ({ account, mark }: Given, id: string, record: LeadRecord): Promise<Added> => {
		const untilMs = monotonicMs() + tryForMs;
		let hasLeft = false;
		for (;;) {
			try {
				if (asking.status === 'ready') {
					hasLeft = true;
					const job = await lanes.queueOf(account.group).add('lead', record, {
						jobId: id, attempts: 1, removeOnComplete: false, removeOnFail: false, stackTraceLimit: 0,
						...(mark === undefined ? {} : { deduplication: { id: mark.text, ttl: markForMs } }),
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

	const free = async ({ account }: Given, mark: string, id: string, record: LeadRecord): Promise<void> => {
		const queue = lanes.queueOf(account.group);
		// Only where the mark is still this lead's; of a lead that is gone the mark is all that is left.
		const job = (await queue.getJob(id)) ?? new bull.Job(queue, 'lead', record, { deduplication: { id: mark } }, id);
		await job.removeDeduplicationKey();
	};

	const replay = (given: Given, { id, record }: Read): Kept =>
		(given.mark?.isNamed === true && !isSameBody(record.body, given.body) ? { kind: 'otherBody', id } : { kind: 'kept', id, isReplay: true });

	const addOnce = async (given: Given, id: string, record: LeadRecord): Promise<Kept> => {
		for (let round = 0; round < mostRounds; round++) {
			const added = await add(given, id, record);
			if (added.kind !== 'added') return added.kind === 'unknown' ? { kind: 'unknown', id } : { kind: 'unwritten' };
			if (added.id === id || given.mark === undefined) return { kind: 'kept', id: added.id, isReplay: false };
			const before = await readLead(asking, given.account, added.id);
			if (before !== undefined && !isOver(before.record)) return replay(given, before);
			await free(given, given.mark.text, added.id, record);
		}
		return { kind: 'unwritten' };
	};

	const whereFull = async (given: Given, full: Exclude<Room, 'room'>): Promise<Kept> => {
		const { account, mark } = given;
		const id = mark === undefined ? null : await lanes.queueOf(account.group).getDeduplicationJobId(mark.text);
		const before = id === null ? undefined : await readLead(asking, account, id);
		return before === undefined || isOver(before.record) ? { kind: full } : replay(given, before);
	};

	return async (given) => {
		const { account } = given;
		const nowMs = now();
		const id = newId(nowMs, randomBytes(8).toString('hex'));
		const whole = wholeId(account, id);
		let kept: Kept = { kind: 'unwritten' };
		try {
			const [room, lacking] = await Promise.all([reserve(asking, account, whole, limits, nowMs), asking.smembers(noteOf.lacking(account.id))]);
			met(given, lacking);
			kept = room === 'room' ? await addOnce(given, id, recordFor(given, secrets, nowMs)) : await whereFull(given, room);
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
