import type { Account, Credentials } from '../../leads/accounts';
import type { AttemptResult } from '../../leads/leadState';
import { isFree } from '../../leads/sentLead';
import { leftMs } from './bullSignals';
import { endLead, untilDone } from './endLead';
import { waitingWith, waitsSinceMs } from './jobData';
import { type HeldJob, type JobContext, tryAgainMs } from './jobContext';
import { markWaiting } from './ledger';
import { jobKey } from './redisKeys';
import type { LeadRecord } from './schema/lead';
import { afterRefusal, nextStep, type Step, unverifiedPauseMs } from '@icloud-ready/outbox';

/** Holds back what would meet the same as this lead. */
const holdBack = async (
	context: JobContext,
	step: Extract<Step, { kind: 'hold' }>,
	{ job, token, worker, account }: HeldJob,
	sentAtMs: number,
): Promise<Error> => {
	const { breakers, signals, monotonicMs } = context;
	if (step.why === 'key') await context.onKeyRefused(account);
	const hold = await breakers.refused(account, {
		kind: 'refused',
		why: step.why,
		leftAtMs: sentAtMs,
		...(step.forMs === undefined ? {} : { askedMs: step.forMs }),
	});
	context.onHoldChanged(account.group);
	return step.why === 'organization'
		? await signals.delayed(job, token, leftMs(hold, monotonicMs()))
		: await signals.limited(worker, hold);
};

/** What the end of a lead says of those that come after. */
const learn = async (
	context: JobContext,
	step: Step,
	sent: AttemptResult,
	{ account, worker }: HeldJob,
	credentials: Credentials,
	sentAtMs: number,
): Promise<void> => {
	const { breakers, signals } = context;
	if (step.kind === 'endUnanswered') {
		const hold = await breakers.unanswered(account, sentAtMs);
		if (hold === undefined) return;
		await signals.limited(worker, hold);
		context.onHoldChanged(account.group);
	} else if (sent.status === null) await breakers.undecided(account);
	else {
		const lifted = await breakers.passed(account, sent.outcome === 'created', sentAtMs);
		context.onAnswered(account, lifted, sent, credentials);
	}
};

/** With the number of leads of its account that passed by then, since clocks of several machines say little of the order. */
const afterOneMore = async (
	context: JobContext,
	{ forbidden }: LeadRecord,
	account: Account,
): Promise<NonNullable<LeadRecord['forbidden']>> => {
	const passes = (await untilDone(context, async () => await context.breakers.passes(account))) ?? 0;
	const isPassed = passes > 0 && passes !== forbidden?.passes;
	return { ...forbidden, ...afterRefusal(forbidden, isPassed, context.now()), passes };
};

/** A key that nobody knows is tried a few times, and not every few minutes. */
const patientStep = async (context: JobContext, step: Step, record: LeadRecord, account: Account): Promise<Step> => {
	if (step.kind !== 'hold' || (step.why !== 'key' && step.why !== 'organization')) return step;
	const isVerified = await context.isVerified(account).catch(() => true);
	const waitedMs = context.now() - waitsSinceMs(record);
	return isVerified ? step : { ...step, forMs: unverifiedPauseMs(waitedMs, context.unverifiedForMs) };
};

/** Sends a lead that is marked, and writes what came of it; gives what BullMQ is to be told. */
export const attempt = async (
	context: JobContext,
	held: HeldJob,
	credentials: Credentials,
	record: LeadRecord,
	sentAtMs: number,
): Promise<Error | undefined> => {
	const { redis, limiter, events, signals } = context;
	const { job, token, locked, account } = held;
	const sent = await context.send({
		credentials,
		body: record.body,
		lead: record.lead,
		learn: (reply, atMs, nowMs) => limiter.onReply(account.group, reply, atMs, nowMs),
	});
	events.attempt(locked.id, sent, record.lead);
	const forbidden = sent.outcome === 'forbidden' ? await afterOneMore(context, record, account) : record.forbidden;
	const step = await patientStep(context, nextStep(sent, forbidden), record, account);
	if (step.kind === 'end' || step.kind === 'endUnanswered') {
		const ended = await endLead(context, held, record, sent, true);
		if (isFree({ outcome: sent })) context.olderCopy.back(jobKey(account, locked.id));
		await learn(context, step, sent, held, credentials, sentAtMs).catch(() => undefined);
		return ended;
	}
	const back = { ...waitingWith(record, sent, context.now()), ...(forbidden === undefined ? {} : { forbidden }) };
	if ((await untilDone(context, async () => await markWaiting(redis, locked, back))) !== true) return signals.notOurs();
	context.olderCopy.back(jobKey(account, locked.id));
	return step.kind === 'hold'
		? await holdBack(context, step, held, sentAtMs)
		: await signals.delayed(job, token, tryAgainMs);
};
