import { buildRequest, buildStatusRequest, type Connection, type LeadRequest } from '../../api/request';
import type { DedupeKey } from '../../lead/dedupeKey';
import { type Outcome, outcomeOf, type Reply } from '../../outcome/outcome';
import type { ReadyLead } from '../checkLead';
import { type Exchange, exchange } from '../exchange';
import type { Host } from '../host';
import type { Policy } from '../policy';
import { gatewayIdOf, isReplayed } from './gatewayReply';
import { type IdempotencyKey, idempotencyKeyOf } from './idempotencyKey';
import { pollOutcome, type PollResult } from './pollOutcome';

/** What came of one sending. */
export interface AttemptResult {
	readonly outcome: Outcome;
	/** Time between questions for it. */
	readonly waitedMs: number;
	/**
	 * Whose word it is. `gateway`: the gateway's, on the one lead that all sendings with its key are. `retrySafe`: nobody's, so it may
	 * be sent once more with that key. `keyReleased`: another lead held the key and surely was not created, so this one's turn
	 * has come. `direct`: whatever answers there.
	 */
	readonly authority: 'gateway' | 'retrySafe' | 'keyReleased' | 'direct';
}

/** The way of one lead to the API. */
export interface Route {
	/** `keyRotations`: so often had it to become another lead to its gateway, since that could not tell what became of the one before. */
	readonly request: (keyRotations: number) => LeadRequest;
	/** What its reply means. `isMine`: a gateway may know its key from an earlier sending of this very lead. */
	readonly resolve: (exchanged: Exchange, isMine: boolean) => Promise<AttemptResult>;
}

interface GatewayOptions {
	readonly ready: ReadyLead;
	readonly connection: Connection;
	readonly policy: Pick<Policy, 'duplicates' | 'timeoutSeconds' | 'maxWaitSeconds'>;
	readonly host: Host;
}

/** One lead on its way through a gateway. */
interface Passage extends GatewayOptions {
	readonly idempotencyKey: IdempotencyKey;
	readonly apiKey: string;
	/** The gateway is asked nothing after this time of `monotonicMs`. */
	readonly untilMs: number;
}

/** The gateway is asked to answer this much before a try is given up: a fifth of 30 s outlasts any way there and back. */
const shareOfTimeout = 0.8;
/** It has just waited for as long as it was asked to, so what it waits for takes a moment more. */
const firstQuestionMs = 1000;

/** Answers of what stands before a gateway that is just not there. */
const fromBetween: readonly (number | null)[] = [null, 502, 503, 504];

/** What an outcome of another lead with the same key says of this one. */
const ofAnother = (outcome: Outcome, { by, value }: DedupeKey, id: string): Outcome => {
	const { status, leadId, leadNumber } = outcome;
	if (outcome.outcome === 'created')
		return outcomeOf(
			{ outcome: 'duplicate', cause: { kind: 'atGateway', by, value, id } },
			{ status, leadId, leadNumber },
		);
	if (outcome.outcome === 'unconfirmed' && outcome.cause.kind !== 'atGateway')
		return outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'earlier' } }, { status });
	return outcome;
};

const resultOf = (polled: PollResult, id: string): Omit<AttemptResult, 'waitedMs'> => {
	switch (polled.kind) {
		case 'ended':
			return { outcome: polled.outcome, authority: 'gateway' };
		case 'waiting': {
			const { why } = polled;
			const cause = { kind: 'atGateway', id, ...(why === undefined ? {} : { why }) } as const;
			return { outcome: outcomeOf({ outcome: 'unconfirmed', cause }, { status: 202 }), authority: 'gateway' };
		}
		case 'gone':
			return {
				outcome: outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'goneFromGateway', id } }, { status: 404 }),
				authority: 'direct',
			};
	}
};

/** Asks the gateway for the end of the lead that it keeps under `id`. */
const poll = async (
	{ connection, policy, host, apiKey, untilMs }: Passage,
	id: string,
	accepted: Reply,
	firstDelayMs: number,
): Promise<AttemptResult> => {
	const question = buildStatusRequest(id, connection);
	const { waitedMs, ...polled } = await pollOutcome(
		{
			ask: async (timeoutMs) => await exchange(question, connection, host, timeoutMs),
			apiKey,
			accepted,
			firstDelayMs,
			untilMs,
			timeoutMs: policy.timeoutSeconds * 1000,
		},
		host,
	);
	return { ...resultOf(polled, id), waitedMs };
};

/** The key is that of a lead with other fields: what became of that one decides. */
const resolveAnother = async (
	passage: Passage,
	{ outcome: refusal, reply }: Exchange,
	id: string,
): Promise<AttemptResult> => {
	const other = await poll(passage, id, reply, 0);
	const { outcome, waitedMs } = other;
	// The very same refusal: it was the API's, of this lead.
	if (outcome.status === 422) return { outcome: refusal, waitedMs, authority: 'gateway' };
	if (outcome.outcome === 'created' || outcome.outcome === 'unconfirmed')
		return { ...other, outcome: ofAnother(outcome, passage.ready.key, id) };
	return { outcome: refusal, waitedMs, authority: 'keyReleased' };
};

const resolve = async (passage: Passage, exchanged: Exchange, isMine: boolean): Promise<AttemptResult> => {
	const { outcome, reply } = exchanged;
	const { status } = outcome;
	const id = gatewayIdOf(reply, passage.apiKey);
	if (id === undefined) {
		const isRetrySafe = outcome.outcome === 'unconfirmed' && fromBetween.includes(status);
		return { outcome, waitedMs: 0, authority: isRetrySafe ? 'retrySafe' : 'direct' };
	}
	const maybeAnother = passage.idempotencyKey.isShared && !isMine;
	if (status === 422 && maybeAnother) return await resolveAnother(passage, exchanged, id);
	const result: AttemptResult =
		status === 202 ? await poll(passage, id, reply, firstQuestionMs) : { outcome, waitedMs: 0, authority: 'gateway' };
	return maybeAnother && isReplayed(reply)
		? { ...result, outcome: ofAnother(result.outcome, passage.ready.key, id) }
		: result;
};

/** Through a gateway, which takes any number of sendings with one idempotency key for one lead. Its waiting begins now. */
export const createGatewayClient = (options: GatewayOptions): Route => {
	const { ready, connection, policy, host } = options;
	const passage: Passage = {
		...options,
		idempotencyKey: idempotencyKeyOf(ready, connection, policy, host),
		apiKey: connection.apiKey?.trim() ?? '',
		untilMs: host.monotonicMs() + policy.maxWaitSeconds * 1000,
	};
	const { text } = passage.idempotencyKey;
	return {
		request: (keyRotations) =>
			buildRequest(ready.lead, connection, {
				idempotencyKey: keyRotations === 0 ? text : `${text}-again-${keyRotations}`,
				waitSeconds: Math.floor(policy.timeoutSeconds * shareOfTimeout),
			}),
		resolve: async (exchanged, isMine) => await resolve(passage, exchanged, isMine),
	};
};
