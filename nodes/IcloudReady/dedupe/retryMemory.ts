import {
	type Connection,
	hostOf,
	type Lead,
	type Outcome,
	outcomeOf,
	type Policy,
	type ReadyLead,
} from '../../../packages/core/src';
import { createHash } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * What a run remembers of leads that need no second sending. "Retry On Fail" runs the whole node again with all items,
 * and so does "Retry" in the list of executions: n8n keeps this memory between the tries.
 */
type Finished =
	| Pick<
			Extract<Outcome, { outcome: 'created' }>,
			'outcome' | 'cause' | 'answer' | 'status' | 'leadId' | 'leadNumber' | 'attempts' | 'waitedMs'
	  >
	| Pick<Extract<Outcome, { outcome: 'unconfirmed' }>, 'outcome' | 'cause' | 'status' | 'attempts' | 'waitedMs'>;

/** Where a lead stands in its run, so that two alike in one run stay two. */
export interface Place {
	readonly itemIndex: number;
	/** Its number among the leads of its item. */
	readonly ofItem: number;
}

/** The place of a lead, and the organization that it goes to: created in one it is not yet in another. */
export interface Sent extends Place {
	readonly connection: Pick<Connection, 'baseUrl' | 'organizationId'>;
}

export interface RetryMemory {
	/** The outcome of the same lead in an earlier try of this run, or undefined. */
	readonly lookup: (
		ready: ReadyLead,
		sent: Sent & { readonly policy: Pick<Policy, 'unconfirmed'> },
	) => Outcome | undefined;
	/** Notes what was created, and what was sent without an answer. */
	readonly remember: (outcome: Outcome, sent: Sent) => void;
	/** Keeps what was noted for a further try. */
	readonly persist: () => void;
	/** How many leads were recalled so far. */
	readonly recalled: () => number;
}

const memoryKey = 'icloudReadyFinished';

/** The number of this run of the node in its execution; it is not in n8n's types. */
const runIndexOf = (n8n: unknown): number => {
	const { runIndex } = n8n as { readonly runIndex?: unknown };
	return typeof runIndex === 'number' ? runIndex : 0;
};

const digest = (lead: unknown): string => createHash('sha256').update(JSON.stringify(lead)).digest('base64url');

const finishedOf = (outcome: Outcome): Finished | undefined => {
	const { status, leadId, leadNumber, attempts, waitedMs } = outcome;
	if (outcome.outcome === 'created')
		return {
			outcome: 'created',
			cause: outcome.cause,
			answer: outcome.answer,
			status,
			leadId,
			leadNumber,
			attempts,
			waitedMs,
		};
	return outcome.outcome === 'unconfirmed'
		? { outcome: 'unconfirmed', cause: outcome.cause, status, attempts, waitedMs }
		: undefined;
};

/**
 * The memory of one run. As an agent's tool every call is a run of its own there, so that only the person tells which lead it
 * is: by the phone, since a model words a second call differently.
 */
export const memoryOf = (n8n: Pick<IExecuteFunctions, 'getContext'>, asTool: boolean): RetryMemory => {
	const context = n8n.getContext('node');
	const before = (context[memoryKey] ?? {}) as Readonly<Record<string, Finished>>;
	const run = runIndexOf(n8n);
	const placed = ({ itemIndex, ofItem }: Place, what: string): string =>
		asTool ? what : `${run}.${itemIndex}.${ofItem}.${what}`;
	// By the organization and not by the key: a key is renewed, and what was created with the old one is there all the same.
	const keyOf = (lead: Lead, sent: Sent): string => {
		const { baseUrl, organizationId } = sent.connection;
		// An agent says the same person in other words the next time.
		const what = asTool ? { phone: lead.leadInformation.phone } : lead;
		return placed(sent, digest([hostOf(baseUrl), organizationId, what]));
	};
	/** As earlier versions wrote it: an execution that failed before an update may be tried again after it. */
	const formerKeyOf = (lead: unknown, place: Place): string => placed(place, digest(lead));
	const noted = new Map<string, Finished>();
	let count = 0;
	return {
		lookup: ({ lead, warnings }, sent) => {
			const finished = before[keyOf(lead, sent)] ?? before[formerKeyOf(lead, sent)];
			if (finished === undefined) return undefined;
			if (finished.outcome === 'unconfirmed' && sent.policy.unconfirmed === 'resend') return undefined;
			count++;
			return outcomeOf(finished, { ...finished, lead, warnings });
		},
		remember: (outcome, sent) => {
			const finished = finishedOf(outcome);
			if (finished !== undefined && outcome.lead !== null) noted.set(keyOf(outcome.lead, sent), finished);
		},
		persist: () => {
			if (noted.size > 0) context[memoryKey] = { ...before, ...Object.fromEntries(noted) };
		},
		recalled: () => count,
	};
};
