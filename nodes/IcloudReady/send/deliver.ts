import {
	type Host,
	isFailure,
	mostAtOnce,
	type Outcome,
	outcomeOf,
	type Reply,
	sendOnce,
} from '../../../packages/core/src';
import type { Records } from '../dedupe/dedupeStores';
import type { RetryMemory, Place } from '../dedupe/retryMemory';
import type { Prepared } from '../read/prepare';
import { answerText } from './answerText';
import type { RunAccounts } from './runAccounts';

export interface Delivered extends Place {
	readonly outcome: Outcome;
	/** Nothing was to be sent, so that no outcome of it is a failure of the run. */
	readonly dryRun: boolean;
	/** It ended so in an earlier try or call; nothing was sent now. @default false */
	readonly isRecalled?: boolean;
	/** What the API answered to a lead that failed, as text. @default nothing */
	readonly answer?: string;
}

/**
 * Starts `work` in the order of `all`, at most `limit` at a time, and none after `halted`; no more is taken from `all` than is
 * started. Results keep the order; undefined: not started.
 */
export const inOrder = async <Given, Result>(
	all: AsyncIterator<Given, unknown, undefined>,
	limit: number,
	halted: () => boolean,
	work: (each: Given) => Promise<Result | undefined>,
): Promise<readonly (Result | undefined)[]> => {
	const results: (Result | undefined)[] = [];
	const lane = async (): Promise<void> => {
		for (let next = await all.next(); next.done !== true; next = await all.next()) {
			const index = results.push(undefined) - 1;
			// What is not started is read all the same: what became of it is told.
			if (!halted()) results[index] = await work(next.value);
		}
	};
	await Promise.all(Array.from({ length: limit }, lane));
	return results;
};

/** How one lead is sent, and what is known of its attempts. */
interface LeadHost {
	readonly host: Host;
	readonly hasLeft: () => boolean;
	/** What came back from the last one. */
	readonly lastReply: () => Reply | undefined;
}

/** `isCalledOff`: nothing of the lead leaves any more that has not yet. */
const hostFor = (host: Host, isCalledOff: () => boolean): LeadHost => {
	let left = false;
	let reply: Reply | undefined;
	return {
		host: {
			...host,
			send: async (request, limits) => {
				left = true;
				return (reply = await host.send(request, limits));
			},
			stopped: () => host.stopped?.() === true || (!left && isCalledOff()),
		},
		hasLeft: () => left,
		lastReply: () => reply,
	};
};

type Sent = Pick<Delivered, 'outcome' | 'answer'>;

/** Undefined: it was called off before it left. */
const send = async (
	{ state, account, connection, policy, maxPerSecond }: Prepared,
	accounts: RunAccounts,
	records: Records,
	isCalledOff: () => boolean,
): Promise<Sent | undefined> => {
	if (state.kind === 'ended') return { outcome: state.outcome };
	if (account === undefined)
		return {
			outcome: outcomeOf(
				{ outcome: 'failed', cause: { kind: 'notConfigured', missing: 'account' } },
				{ lead: state.lead },
			),
		};
	const { host, hasLeft, lastReply } = hostFor(accounts.hostOf(account, maxPerSecond), isCalledOff);
	const outcome = await sendOnce(state, connection, policy, { ...host, dedupe: records.onceOf(policy) });
	const isCanceled = outcome.outcome === 'failed' && outcome.cause.kind === 'canceled';
	if (isCanceled && !hasLeft() && isCalledOff()) return undefined;
	const answer = isFailure(outcome) ? answerText(lastReply(), account.apiKey) : undefined;
	return { outcome, ...(answer === undefined ? {} : { answer }) };
};

export interface Delivering {
	/** How many leads are on their way at once. 1 to 50; 0: as many as their accounts bear. */
	readonly concurrency: number;
	/** Whether no more are started after this one. */
	readonly stops: (delivered: Delivered) => boolean;
	/** Told of each as it ends. */
	readonly onEnd: RetryMemory['remember'];
}

/** The API's answer says all of a created lead; ten thousand of what was sent would be held for nothing. */
const slim = (outcome: Outcome): Outcome => (outcome.outcome === 'created' ? { ...outcome, lead: null } : outcome);

/**
 * Sends a run's leads and gives each its outcome, in their order; undefined for those that were not started since one before
 * them `stops` the run. What was under way then is awaited.
 */
export const deliver = async (
	leads: AsyncIterator<Prepared, unknown, undefined>,
	accounts: RunAccounts,
	records: Records,
	{ concurrency, stops, onEnd }: Delivering,
): Promise<readonly (Delivered | undefined)[]> => {
	let halted = false;
	const isHalted = (): boolean => halted;
	return await inOrder<Prepared, Delivered>(leads, mostAtOnce(concurrency), isHalted, async (lead) => {
		const { itemIndex, ofItem, policy, connection, state } = lead;
		const sent = await send(lead, accounts, records, isHalted);
		if (sent === undefined) return undefined;
		const { outcome } = sent;
		const isRecalled = state.kind === 'ended' && state.isRecalled === true;
		const delivered: Delivered = {
			itemIndex,
			ofItem,
			...sent,
			outcome: slim(outcome),
			dryRun: policy.dryRun,
			...(isRecalled ? { isRecalled } : {}),
		};
		halted ||= stops(delivered);
		onEnd(outcome, { itemIndex, ofItem, connection });
		return delivered;
	});
};
