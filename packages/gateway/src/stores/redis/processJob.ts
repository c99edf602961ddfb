import { type Account, accountOfId, keyAlone } from '../../leads/accounts';
import { attempt } from './attempt';
import { leftMs } from './bullSignals';
import { endLead } from './endLead';
import { type HeldJob, type JobContext, tryAgainMs } from './jobContext';
import { markLeaving } from './ledger';
import { arrivedAtMsOf, indexKeys, jobKey, readJobKey } from './redisKeys';
import { damagedLead } from './schema/damagedLead';
import { type LeadRecord, readLead } from './schema/lead';
import type { LeadJob, LeadWorker } from './workers';
import { interrupted } from '@icloud-ready/outbox';

/** A lead whose key is not there is looked at so often; whoever brings its key promotes it at once. */
const keyNeededMs = 60_000;
/** What a newer gateway wrote is left to it for a while: soon taken up where one is there, and no burden where none is. */
const leastNewerMs = 500;
const maxNewerMs = 30_000;
const newerPart = 4;

/** How long a lead is left alone that only a newer gateway can read: a part of its age, which its id tells. */
export const newerPauseMs = (id: string, nowMs: number): number =>
	Math.min(maxNewerMs, Math.max(leastNewerMs, (nowMs - arrivedAtMsOf(id)) / newerPart));

/** Whose lead it is, where that cannot be read in the lead itself: the index of open ones says so. */
const accountInIndex = async ({ redis }: JobContext, id: string, group: string): Promise<Account> => {
	const [key = ''] = await redis.zrangebylex(indexKeys.open, `[${id}~`, `(${id}\x7f`, 'LIMIT', 0, 1);
	const parts = readJobKey(key);
	return parts === undefined ? keyAlone({ group }) : accountOfId(parts.accountId);
};

/** Puts a lead that nobody can read where a person sees it. */
const setAside = async (
	context: JobContext,
	job: LeadJob,
	token: string,
	group: string,
): Promise<Error | undefined> => {
	const { id = '' } = job;
	const account = await accountInIndex(context, id, group);
	const record = damagedLead(job.data, account.id);
	context.unread.damaged('lead', jobKey(account, id));
	return await endLead(context, { locked: { id, account, token } }, record, record.outcome, false);
};

/** Why this lead is not to be sent now, as BullMQ wants to be told; undefined where it may go. */
const heldBack = async (
	{ breakers, signals, monotonicMs, timeoutMs }: JobContext,
	{ job, token, worker, account }: HeldJob,
): Promise<Error | undefined> => {
	const { key, organization } = await breakers.of(account);
	if (key !== undefined && leftMs(key, monotonicMs()) > 0) return await signals.limited(worker, key);
	if (organization === undefined) return undefined;
	const forMs = leftMs(organization, monotonicMs());
	if (forMs > 0) return await signals.delayed(job, token, forMs);
	return (await breakers.mayProbe(account.id, token, timeoutMs + tryAgainMs))
		? undefined
		: await signals.delayed(job, token, tryAgainMs);
};

/** The idempotency key of a lead, which BullMQ keeps with its job. */
const deduplicationOf = ({ opts }: LeadJob): string | undefined =>
	(opts as LeadJob['opts'] | undefined)?.deduplication?.id;

/** A lead that can be read: sends it, unless it is over, was cut off on its way, or is held back. */
const sendLead = async (context: JobContext, held: HeldJob, record: LeadRecord): Promise<Error | undefined> => {
	const { redis, signals, breakers } = context;
	const { job, token, account, locked } = held;
	if (record.endedAtMs !== undefined) return signals.over(record);
	const cutOff = interrupted({ lead: record.lead, warnings: [] });
	if (record.unreadable === true) return await endLead(context, held, record, record.outcome ?? cutOff, false);
	if (record.sent !== undefined) return await endLead(context, held, record, cutOff, false);
	const reason = await heldBack(context, held);
	if (reason !== undefined) return reason;
	const credentials = context.credentialsOf(record, account);
	if (credentials === undefined) {
		// Its key is there and opens for nobody of this name: the name was written over.
		if (record.sealed !== undefined && (await accountInIndex(context, locked.id, account.group)).id !== account.id)
			return await setAside(context, job, token, account.group);
		await breakers.undecided(account);
		await context.onKeyNeeded(account, locked.id);
		return await signals.delayed(job, token, keyNeededMs);
	}
	if (context.isClosed()) return await signals.released(job, token);
	const leaving: LeadRecord = { ...record, sent: { atMs: context.now(), by: context.newSendingId() } };
	const count = await markLeaving(redis, locked, leaving, context.olderCopy.known());
	if (count < 0) {
		// It looks at this lead as well, once nobody holds it.
		context.olderCopy.look().catch(() => undefined);
		return await signals.delayed(job, token, tryAgainMs);
	}
	if (count === 0) return signals.notOurs();
	const key = deduplicationOf(job);
	context.olderCopy.left({ jobKey: jobKey(account, locked.id), count, ...(key === undefined ? {} : { key }) });
	return await attempt(context, held, credentials, leaving, context.monotonicMs());
};

const processLead = async (
	context: JobContext,
	job: LeadJob,
	token: string,
	worker: LeadWorker,
): Promise<Error | undefined> => {
	const { id = '' } = job;
	const read = readLead(job.data, '');
	if (read.kind === 'newer') {
		context.unread.newer('lead', id, read.schemaVersion);
		return await context.signals.delayed(job, token, newerPauseMs(id, context.now()));
	}
	const account = accountOfId(read.value.account);
	// One in the queue of another key was written over by somebody else.
	if (read.kind === 'damaged' || account.group !== worker.name) return await setAside(context, job, token, worker.name);
	return await sendLead(context, { job, token, worker, account, locked: { id, account, token } }, read.value);
};

/**
 * Sends one lead of a queue. It is marked before it leaves, in the same step in which its lock is seen to be still ours:
 * whoever finds the mark on a lead that waits ends it as unconfirmed. So a crash, a lost lock or a pause of this process
 * at any point leads to no second sending.
 */
export const createProcessJob =
	(context: JobContext) =>
	async (job: LeadJob, token: string, worker: LeadWorker): Promise<void> => {
		let reason: Error | undefined;
		try {
			reason = await processLead(context, job, token, worker);
		} catch {
			// Redis refused something. A lead that is marked by now ends as unconfirmed, any other is sent by and by.
			reason = await context.signals.delayed(job, token, tryAgainMs).catch(context.signals.notOurs);
		}
		if (reason !== undefined) throw reason;
	};
