import type { AttemptResult } from '../../leads/leadState';
import { endedWith } from './jobData';
import { type HeldJob, type JobContext, tryAgainMs } from './jobContext';
import { type Locked, markEnded } from './ledger';
import { endUnsent } from './ledgerUnsent';
import type { LeadRecord } from './schema/lead';

/**
 * So often is looked whether a lead that another gateway took over stands there as unconfirmed: once a second for as long
 * as a lock lasts, two looks for stalled ones, and a little.
 */
const maxAmendments = 20;

/** Again and again while Redis takes nothing; undefined where this gateway ended before. */
export const untilDone = async <Result>(
	{ isClosed, sleep }: Pick<JobContext, 'isClosed' | 'sleep'>,
	work: () => Promise<Result>,
): Promise<Result | undefined> => {
	for (;;) {
		try {
			return await work();
		} catch {
			if (isClosed()) return undefined;
			await sleep(tryAgainMs);
		}
	}
};

/** Our lock was lost, so another gateway ends this lead as unconfirmed; we know better. */
const amend = async (context: JobContext, { id, account }: Locked, mine: LeadRecord): Promise<boolean> => {
	const { redis, jobs, isClosed, sleep, now } = context;
	for (let round = 0; round < maxAmendments && !isClosed(); round++) {
		const read = await jobs.read(account, id).catch(() => undefined);
		// A newer gateway took it over.
		if (read?.kind === 'newer' || read?.kind === 'foreign') return false;
		if (read?.kind === 'lead' && (read.record.sent?.by !== mine.sent?.by || read.record.resolved !== undefined))
			return false;
		if (read?.kind === 'lead' && (await endUnsent(redis, read, mine, now(), false).catch(() => false))) return true;
		await sleep(tryAgainMs);
	}
	return false;
};

/** Ends a lead that this gateway holds; gives what BullMQ is to be told. `isOurs`: it was sent just now, and somebody may wait for it. */
export const endLead = async (
	context: JobContext,
	{ locked }: Pick<HeldJob, 'locked'>,
	record: LeadRecord,
	sent: AttemptResult,
	isOurs: boolean,
): Promise<Error | undefined> => {
	const { redis, events, now, signals } = context;
	const ended = endedWith(record, sent, now());
	const isWritten = (await untilDone(context, async () => await markEnded(redis, locked, ended))) === true;
	const isKnown = isWritten || (sent.outcome !== 'unconfirmed' && (await amend(context, locked, ended)));
	// Nobody waits for what was cut off before.
	if (isKnown) events.ended(locked.id, sent, isOurs ? Math.max(0, now() - record.arrivedAtMs) : undefined, record.lead);
	return isWritten ? signals.over(ended) : signals.notOurs();
};
