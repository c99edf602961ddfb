import { type Account, accountOfId, type Credentials } from '../../leads/accounts';
import type { AttemptResult } from '../../leads/leadState';
import type { QueueEvents } from '../../leads/queueOptions';
import type { Sender } from '../../leads/sendOnce';
import type { CircuitBreakers, Lifted } from './circuitBreaker';
import { waitingWith, endedWith, type LeadRecord, recordOf } from './jobData';
import { type Locked, readJob, endUnsent, markWaiting, markEnded, markSending } from './ledger';
import { indexKeys, readJobKey } from './redisKeys';
import type { SharedLimiter } from './sharedLimiter';
import type { Bull, LeadJob, LeadWorker } from './workers';
import type { Open } from '@icloud-ready/core';
import { afterRefusal, interrupted, nextStep, type Step, unverifiedPauseMs } from '@icloud-ready/outbox';
import type { Redis } from 'ioredis';

/** What the sending of one lead needs of its queue. */
export interface ProcessJobDependencies {
	readonly bull: Bull;
	readonly redis: Redis;
	readonly holds: CircuitBreakers;
	readonly pace: SharedLimiter;
	readonly send: Sender;
	readonly events: QueueEvents;
	/** Undefined: they have to come by first. */
	readonly credentialsOf: (record: LeadRecord, account: Account) => Credentials | undefined;
	/** This lead waits for the key of its account. */
	readonly lacks: (account: Account, id: string) => Promise<void>;
	/** The key of this account is refused. */
	readonly refused: (account: Account) => Promise<void>;
	/** Whether a lead of this account was ever accepted. */
	readonly isAccepted: (account: Account) => Promise<boolean>;
	/** A lead was answered. */
	readonly passed: (account: Account, lifted: Lifted, sent: AttemptResult, credentials: Credentials) => void;
	/** The queue of this key is held, or not any more. */
	readonly holdsChanged: (group: string) => void;
	/** Names one sending among those of all gateways. */
	readonly newSending: () => string;
	readonly timeoutMs: number;
	/** Milliseconds since 1970: what is written of a lead, and what BullMQ delays by. */
	readonly now: () => number;
	/** Milliseconds on a clock that only goes forward. */
	readonly monotonicMs: () => number;
	readonly sleep: (ms: number) => Promise<void>;
	readonly isClosed: () => boolean;
}

const againMs = 1000;
const lackingMs = 60_000;
/** So often is looked whether a lead that another gateway took over stands there as unconfirmed. */
const mostAmendments = 20;

/**
 * Sends one lead of a queue. It is marked before it leaves, in the same step in which its lock is seen to be still ours:
 * whoever finds the mark on a lead that waits ends it as unconfirmed. So a crash, a lost lock or a pause of this process
 * at any point leads to no second sending.
 */
export const createProcessJob = (
	means: ProcessJobDependencies,
): ((job: LeadJob, token: string, worker: LeadWorker) => Promise<void>) => {
	const { bull, redis, holds, pace, events, now, monotonicMs, sleep, isClosed } = means;

	/** Again and again while Redis takes nothing; undefined where this gateway ended before. */
	const untilDone = async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
		for (;;) {
			try {
				return await work();
			} catch {
				if (isClosed()) return undefined;
				await sleep(againMs);
			}
		}
	};

	const delayed = async (job: LeadJob, token: string, inMs: number): Promise<Error> => {
		await job.moveToDelayed(Math.ceil(now() + Math.max(0, inMs)), token);
		return new bull.DelayedError();
	};
	const leftMs = ({ untilMs }: Open): number => untilMs - monotonicMs();
	const limited = async (worker: LeadWorker, hold: Open): Promise<Error> => {
		await worker.rateLimit(Math.max(1, Math.ceil(leftMs(hold))));
		return bull.Worker.RateLimitError();
	};
	/** Leaves it to whoever holds its lock, or to the look for stalled ones. */
	const letBe = (): Error => new bull.WaitingError();

	/** How BullMQ is told of a lead that has ended. */
	const over = ({ outcome, resolved }: LeadRecord): Error | undefined =>
		outcome?.outcome === 'unconfirmed' && resolved === undefined
			? new bull.UnrecoverableError('unconfirmed')
			: undefined;

	/** Our lock was lost, so another gateway ends this lead as unconfirmed; we know better. */
	const amend = async ({ id, account }: Locked, mine: LeadRecord): Promise<boolean> => {
		for (let round = 0; round < mostAmendments && !isClosed(); round++) {
			const read = await readJob(redis, account, id).catch(() => undefined);
			if (read !== undefined && (read.record.sent?.by !== mine.sent?.by || read.record.resolved !== undefined))
				return false;
			if (read !== undefined && (await endUnsent(redis, read, mine, now(), false).catch(() => false))) return true;
			await sleep(againMs);
		}
		return false;
	};

	const end = async (
		locked: Locked,
		record: LeadRecord,
		sent: AttemptResult,
		isOurs: boolean,
	): Promise<Error | undefined> => {
		const ended = endedWith(record, sent, now());
		const isWritten = (await untilDone(async () => await markEnded(redis, locked, ended))) === true;
		const isKnown = isWritten || (sent.outcome !== 'unconfirmed' && (await amend(locked, ended)));
		// Nobody waits for what was cut off before.
		if (isKnown)
			events.ended(locked.id, sent, isOurs ? Math.max(0, now() - record.arrivedAtMs) : undefined, record.lead);
		return isWritten ? over(ended) : letBe();
	};

	/** Why this lead is not to be sent now, as BullMQ wants to be told; undefined where it may go. */
	const held = async (
		job: LeadJob,
		token: string,
		worker: LeadWorker,
		account: Account,
	): Promise<Error | undefined> => {
		const { key, organization } = await holds.of(account);
		if (key !== undefined && leftMs(key) > 0) return await limited(worker, key);
		if (organization === undefined) return undefined;
		if (leftMs(organization) > 0) return await delayed(job, token, leftMs(organization));
		return (await holds.mayProbe(account, token, means.timeoutMs + againMs))
			? undefined
			: await delayed(job, token, againMs);
	};

	const begin = async (
		step: Extract<Step, { kind: 'hold' }>,
		job: LeadJob,
		token: string,
		worker: LeadWorker,
		account: Account,
		leftAtMs: number,
	): Promise<Error> => {
		if (step.why === 'key') await means.refused(account);
		const hold = await holds.refused(account, {
			kind: 'refused',
			why: step.why,
			leftAtMs,
			...(step.forMs === undefined ? {} : { askedMs: step.forMs }),
		});
		means.holdsChanged(account.group);
		return step.why === 'organization' ? await delayed(job, token, leftMs(hold)) : await limited(worker, hold);
	};

	/** What its end says of the leads that come after. */
	const learn = async (
		step: Step,
		sent: AttemptResult,
		account: Account,
		credentials: Credentials,
		worker: LeadWorker,
		leftAtMs: number,
	): Promise<void> => {
		if (step.kind === 'endUnanswered') {
			const hold = await holds.unanswered(account, leftAtMs);
			if (hold === undefined) return;
			await limited(worker, hold);
			means.holdsChanged(account.group);
		} else if (sent.status === null) await holds.undecided(account);
		else means.passed(account, await holds.passed(account, sent.outcome === 'created', leftAtMs), sent, credentials);
	};

	/** With the number of leads of its account that passed by then, since clocks of several machines say little of the order. */
	const afterOneMore = async (
		{ forbidden }: LeadRecord,
		account: Account,
	): Promise<NonNullable<LeadRecord['forbidden']>> => {
		const passes = (await untilDone(async () => await holds.passes(account))) ?? 0;
		return { ...afterRefusal(forbidden, passes > 0 && passes !== forbidden?.passes, now()), passes };
	};

	/** A key that nobody knows is tried a few times, and not every few minutes. */
	const patient = async (step: Step, { arrivedAtMs, againAtMs = 0 }: LeadRecord, account: Account): Promise<Step> => {
		if (step.kind !== 'hold' || (step.why !== 'key' && step.why !== 'organization')) return step;
		const isAccepted = await means.isAccepted(account).catch(() => true);
		return isAccepted ? step : { ...step, forMs: unverifiedPauseMs(now() - Math.max(arrivedAtMs, againAtMs)) };
	};

	const sendMarked = async (
		job: LeadJob,
		locked: Locked,
		worker: LeadWorker,
		credentials: Credentials,
		record: LeadRecord,
		leftAtMs: number,
	): Promise<Error | undefined> => {
		const { account, token } = locked;
		const sent = await means.send({
			credentials,
			body: record.body,
			lead: record.lead,
			learn: (reply, atMs, nowMs) => pace.onReply(account.group, reply, atMs, nowMs),
		});
		events.attempt(locked.id, sent, record.lead);
		const forbidden = sent.outcome === 'forbidden' ? await afterOneMore(record, account) : record.forbidden;
		const step = await patient(nextStep(sent, forbidden), record, account);
		if (step.kind === 'end' || step.kind === 'endUnanswered') {
			const ended = await end(locked, record, sent, true);
			await learn(step, sent, account, credentials, worker, leftAtMs).catch(() => undefined);
			return ended;
		}
		const back = { ...waitingWith(record, sent), ...(forbidden === undefined ? {} : { forbidden }) };
		if ((await untilDone(async () => await markWaiting(redis, locked, back))) !== true) return letBe();
		return step.kind === 'hold'
			? await begin(step, job, token, worker, account, leftAtMs)
			: await delayed(job, token, againMs);
	};

	/** Whose lead it is, where that cannot be read in the lead itself: the books say so. */
	const accountOf = async (id: string, group: string): Promise<Account> => {
		const [whole = ''] = await redis.zrangebylex(indexKeys.open, `[${id}~`, `(${id}\x7f`, 'LIMIT', 0, 1);
		const parts = readJobKey(whole);
		return parts === undefined ? { id: group, group, organization: '' } : accountOfId(parts.accountId);
	};

	const process = async (job: LeadJob, token: string, worker: LeadWorker): Promise<Error | undefined> => {
		const { data, id = '' } = job;
		const record = recordOf(data, '');
		const account = record.unreadable === true ? await accountOf(id, worker.name) : accountOfId(record.account);
		const locked: Locked = { id, account, token };
		if (record.endedAtMs !== undefined) return over(record);
		if (record.unreadable === true) {
			events.notice(
				`Lead ${id} cannot be read. It is not sent, and is unconfirmed now, with as much of it as can be read.`,
			);
			return await end(
				locked,
				{ ...record, account: account.id },
				record.outcome ?? interrupted({ lead: record.lead, warnings: [] }),
				false,
			);
		}
		if (record.sent !== undefined)
			return await end(locked, record, interrupted({ lead: record.lead, warnings: [] }), false);
		const reason = await held(job, token, worker, account);
		if (reason !== undefined) return reason;
		const credentials = means.credentialsOf(record, account);
		if (credentials === undefined) {
			await holds.undecided(account);
			await means.lacks(account, id);
			return await delayed(job, token, lackingMs);
		}
		if (isClosed()) {
			await job.moveToWait(token);
			return new bull.WaitingError();
		}
		const leaving: LeadRecord = { ...record, sent: { atMs: now(), by: means.newSending() } };
		if (!(await markSending(redis, locked, leaving))) return letBe();
		return await sendMarked(job, locked, worker, credentials, leaving, monotonicMs());
	};

	return async (job, token, worker) => {
		let reason: Error | undefined;
		try {
			reason = await process(job, token, worker);
		} catch {
			// Redis refused something. A lead that is marked by now ends as unconfirmed, any other is sent by and by.
			reason = await delayed(job, token, againMs).catch(letBe);
		}
		if (reason !== undefined) throw reason;
	};
};
