import { withRetryAfterSeconds } from '../api/askedWait';
import { interpretResponse } from '../api/interpretResponse';
import { withoutKeyInside } from '../api/redact';
import {
	type Connection,
	buildRequest,
	hostOf,
	isGateway,
	type LeadStatusRequest,
	type LeadRequest,
} from '../api/request';
import type { Outcome, OutcomeFacts, Reply, Verdict } from '../outcome/outcome';
import { outcomeOf } from '../words/outcomeOf';
import { explain, noticeText } from '../words/words';
import type { ReadyLead } from './checkLead';
import { type GatewayClient, createGatewayClient, type GatewayResult } from './gateway/gatewayClient';
import type { Host } from './host';
import type { Policy } from './policy';
import { decideRetry } from './retryPolicy';

/** What only the sender knows goes into the cause, so that its words can name it. */
export const inContext = (outcome: Outcome, connection: Connection, timeoutMs: number): Outcome => {
	if (outcome.outcome === 'failed' && (outcome.cause.kind === 'notReached' || outcome.cause.kind === 'redirect')) {
		return { ...outcome, cause: { ...outcome.cause, host: hostOf(connection.baseUrl) } };
	}
	if (outcome.outcome === 'unconfirmed' && outcome.cause.kind === 'timeout')
		return { ...outcome, cause: { kind: 'timeout', afterMs: timeoutMs } };
	return outcome;
};

/** A turn in the queue is no wait of the lead's own; but what the API holds back for longer than this is told at once. */
const maxThrottleWaitMs = 60_000;

/** Why a lead is not sent although it could be: its run was stopped, the limit holds for too long, or the account was refused. */
const blockedReason = (host: Host, organizationId: string, heldMs: number): Verdict | undefined => {
	if (host.stopped?.() === true) return { outcome: 'failed', cause: { kind: 'canceled' } };
	if (heldMs > 0) return { outcome: 'rateLimited', cause: { kind: 'limit', retryAfterMs: heldMs } };
	const refused = host.authBreaker?.check(organizationId, host.monotonicMs()) ?? 'send';
	return refused === 'send' ? undefined : { outcome: refused, cause: { kind: 'notSent' } };
};

const worded = (outcome: Outcome): Outcome => ({ ...outcome, ...explain(outcome) });

/** Sends one checked lead, and again within the policy's budget where that is safe, until it has its one outcome. */
export const sendLead = async (
	ready: ReadyLead,
	connection: Connection,
	policy: Policy,
	host: Host,
): Promise<Outcome> => {
	const { lead, warnings } = ready;
	const timeoutMs = policy.timeoutSeconds * 1000;
	const send = async (request: LeadRequest | LeadStatusRequest, limitMs: number): Promise<Reply> =>
		withRetryAfterSeconds(
			withoutKeyInside(await host.send(request, { timeoutMs: limitMs }), connection.apiKey?.trim() ?? ''),
			host.now(),
		);
	const read = (reply: Reply): Outcome => inContext(interpretResponse(reply), connection, timeoutMs);
	let gateway: GatewayClient | undefined;
	let attempts = 0;
	let waitedMs = 0;
	let lost: Outcome | undefined;
	/** Whether a word of the gateway holds for the sending that was lost too. */
	let isOneLead = true;
	for (;;) {
		const heldMs = (await host.limiter?.acquire(host, Math.max(maxThrottleWaitMs, policy.maxWaitSeconds * 1000))) ?? 0;
		const held = blockedReason(host, connection.organizationId, heldMs);
		if (held !== undefined) {
			const unsent = outcomeOf(held, { lead, warnings, attempts, waitedMs });
			return lost === undefined ? unsent : worded({ ...lost, attempts, waitedMs });
		}
		attempts++;
		if (isGateway(connection)) gateway ??= createGatewayClient({ ready, connection, policy, host, send, read });
		const leftAtMs = host.monotonicMs();
		const reply = await send(gateway?.request() ?? buildRequest(lead, connection), timeoutMs);
		host.limiter?.onReply(reply, leftAtMs, host.monotonicMs());
		const came: GatewayResult = (await gateway?.resolve(
			reply,
			lost !== undefined || ready.queued?.sentBefore === true,
		)) ?? { outcome: read(reply), waitedMs: 0, authority: 'direct' };
		waitedMs += came.waitedMs;
		const facts: Partial<OutcomeFacts> = { lead, warnings, attempts, waitedMs };
		const outcome: Outcome = { ...came.outcome, ...facts };
		host.authBreaker?.learn(connection.organizationId, outcome, leftAtMs, host.monotonicMs());
		if (came.authority === 'gateway' && isOneLead) lost = undefined;
		if (came.authority === 'keyReleased' && attempts < policy.maxTries) continue;
		if (outcome.outcome === 'unconfirmed') lost = outcome;
		const again = decideRetry(outcome, { attempts, waitedMs }, policy, host.random, came.authority === 'retrySafe');
		if (again.kind === 'end') {
			if (lost === undefined) return worded(outcome);
			// Once a sending was lost, a later refusal does not prove that no lead exists, nor an answer that only one does.
			if (outcome.outcome !== 'created') return worded({ ...lost, ...facts });
			return worded({ ...outcome, warnings: [...warnings, noticeText({ kind: 'sentAgain' }, policy.language)] });
		}
		if (came.authority !== 'retrySafe' && outcome.outcome === 'unconfirmed') {
			gateway?.rotateKey();
			isOneLead = false;
		}
		await host.sleep(again.inMs);
		waitedMs += again.inMs;
	}
};

/**
 * Whether a lead whose earlier sending has no known end may be sent once more: a gateway knows it by a token that this
 * sending shares with the earlier one.
 */
const isHarmless = (connection: Connection, { duplicates }: Policy, { digest }: Host): boolean =>
	isGateway(connection) && duplicates === 'always' && digest !== undefined && connection.apiKey !== undefined;

/** Sends a checked lead; where duplicates are not wanted and the host keeps a record, only if that does not know its key. */
export const sendOnce = async (
	ready: ReadyLead,
	connection: Connection,
	policy: Policy,
	host: Host,
): Promise<Outcome> => {
	const send = async (unrecorded: boolean): Promise<Outcome> =>
		await sendLead(
			unrecorded
				? { ...ready, warnings: [...ready.warnings, noticeText({ kind: 'noRecord' }, policy.language)] }
				: ready,
			connection,
			policy,
			host,
		);
	if (policy.duplicates === 'allow' || host.dedupe === undefined) return await send(false);
	const outcome = await host.dedupe(ready.key, send, isHarmless(connection, policy, host) ? 'ifUnanswered' : false);
	return outcome.lead === null ? { ...outcome, lead: ready.lead, warnings: ready.warnings } : outcome;
};
