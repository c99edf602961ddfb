import type { LeadRecord } from './schema/lead';
import type { Bull, LeadJob, LeadWorker } from './workers';
import type { Open } from '@icloud-ready/core';

/** How BullMQ is told what becomes of a job: by an error that its worker throws; by none, and it is completed. */
export interface BullSignals {
	/** It is taken up again in so long. */
	readonly delayed: (job: LeadJob, token: string, inMs: number) => Promise<Error>;
	/** Its whole queue waits as long as this hold lasts. */
	readonly limited: (worker: LeadWorker, hold: Open) => Promise<Error>;
	/** It waits again, for another gateway. */
	readonly released: (job: LeadJob, token: string) => Promise<Error>;
	/** Left to whoever holds its lock, or to the look for stalled ones. */
	readonly notOurs: () => Error;
	/** It has ended, as its record says. */
	readonly over: (record: LeadRecord) => Error | undefined;
}

/** How long a hold lasts still. */
export const leftMs = ({ untilMs }: Open, nowMs: number): number => untilMs - nowMs;

export const createBullSignals = (
	bull: Pick<Bull, 'DelayedError' | 'Worker' | 'WaitingError' | 'UnrecoverableError'>,
	now: () => number,
	monotonicMs: () => number,
): BullSignals => ({
	delayed: async (job, token, inMs) => {
		await job.moveToDelayed(Math.ceil(now() + Math.max(0, inMs)), token);
		return new bull.DelayedError();
	},
	limited: async (worker, hold) => {
		await worker.rateLimit(Math.max(1, Math.ceil(leftMs(hold, monotonicMs()))));
		return bull.Worker.RateLimitError();
	},
	released: async (job, token) => {
		await job.moveToWait(token);
		return new bull.WaitingError();
	},
	notOurs: () => new bull.WaitingError(),
	over: ({ outcome, resolved }) =>
		outcome?.outcome === 'unconfirmed' && resolved === undefined
			? new bull.UnrecoverableError('unconfirmed')
			: undefined,
});
