import {
	buildStatusRequest,
	buildRequest,
	type Connection,
	type LeadStatusRequest,
	type LeadRequest,
} from '../../api/request';
import type { DedupeKey } from '../../lead/dedupeKey';
import type { Outcome, Reply } from '../../outcome/outcome';
import { outcomeOf } from '../../words/outcomeOf';
import type { ReadyLead } from '../checkLead';
import type { Host } from '../host';
import type { Policy } from '../policy';
import { gatewayIdOf, isReplayed } from './gatewayReply';
import { idempotencyKeyOf } from './idempotencyKey';
import { pollOutcome } from './pollOutcome';

/** What came of one sending. */
export interface GatewayResult {
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

/** One lead on its way through a gateway. */
export interface GatewayClient {
	readonly request: () => LeadRequest;
	/** `isMine`: the gateway may know its key from an earlier sending of this very lead. */
	readonly resolve: (reply: Reply, isMine: boolean) => Promise<GatewayResult>;
	/** From here on it is another lead to the gateway, since that could not tell what became of the first. */
	readonly rotateKey: () => void;
}

interface Means {
	readonly ready: ReadyLead;
	readonly connection: Connection;
	readonly policy: Policy;
	readonly host: Host;
	/** One exchange; the reply is without the API key. */
	readonly send: (request: LeadRequest | LeadStatusRequest, timeoutMs: number) => Promise<Reply>;
	readonly read: (reply: Reply) => Outcome;
}

/** The gateway is asked to answer this much before a try is given up. */
const shareOfTimeout = 0.8;
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

export const createGatewayClient = ({ ready, connection, policy, host, send, read }: Means): GatewayClient => {
	const timeoutMs = policy.timeoutSeconds * 1000;
	const apiKey = connection.apiKey?.trim() ?? '';
	const token = idempotencyKeyOf(ready, connection, policy, host);
	const untilMs = host.monotonicMs() + policy.maxWaitSeconds * 1000;
	let renewed = 0;

	const ask = async (id: string, kept: Reply, firstInMs: number): Promise<GatewayResult> => {
		const question = buildStatusRequest(id, connection);
		const told = await pollOutcome(
			{
				ask: async (limitMs) => await send(question, limitMs),
				apiKey,
				accepted: kept,
				firstDelayMs: firstInMs,
				untilMs,
				timeoutMs,
			},
			host,
		);
		const { waitedMs } = told;
		switch (told.kind) {
			case 'ended':
				return { outcome: read(told.reply), waitedMs, authority: 'gateway' };
			case 'waiting':
				return {
					outcome: outcomeOf(
						{
							outcome: 'unconfirmed',
							cause: { kind: 'atGateway', id, ...(told.why === undefined ? {} : { why: told.why }) },
						},
						{ status: 202 },
					),
					waitedMs,
					authority: 'gateway',
				};
			case 'gone':
				return {
					outcome: outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'goneFromGateway', id } }, { status: 404 }),
					waitedMs,
					authority: 'direct',
				};
		}
	};

	/** The key is that of a lead with other fields: what became of that one decides. */
	const settleWithAnother = async (reply: Reply, id: string): Promise<GatewayResult> => {
		const came = await ask(id, reply, 0);
		// The very same refusal: it was the API's, of this lead.
		if (came.outcome.status === 422) return { outcome: read(reply), waitedMs: came.waitedMs, authority: 'gateway' };
		const { outcome } = came;
		if (outcome.outcome === 'created' || outcome.outcome === 'unconfirmed')
			return { ...came, outcome: ofAnother(outcome, ready.key, id) };
		return { ...came, outcome: read(reply), authority: 'keyReleased' };
	};

	return {
		request: () =>
			buildRequest(ready.lead, connection, {
				idempotencyKey: renewed === 0 ? token.text : `${token.text}-again-${renewed}`,
				waitSeconds: Math.floor(policy.timeoutSeconds * shareOfTimeout),
			}),
		resolve: async (reply, isMine) => {
			const id = gatewayIdOf(reply, apiKey);
			const status = 'fault' in reply ? null : reply.status;
			if (id === undefined) {
				const outcome = read(reply);
				return {
					outcome,
					waitedMs: 0,
					authority: outcome.outcome === 'unconfirmed' && fromBetween.includes(status) ? 'retrySafe' : 'direct',
				};
			}
			const maybeAnother = token.isShared && !isMine;
			if (status === 422 && maybeAnother) return await settleWithAnother(reply, id);
			const came: GatewayResult =
				status === 202
					? await ask(id, reply, firstQuestionMs)
					: { outcome: read(reply), waitedMs: 0, authority: 'gateway' };
			return maybeAnother && isReplayed(reply) ? { ...came, outcome: ofAnother(came.outcome, ready.key, id) } : came;
		},
		rotateKey: () => {
			renewed++;
		},
	};
};
