import { buildRequest, type Connection, isGateway } from '../api/request';
import { type Outcome, outcomeOf, type Verdict } from '../outcome/outcome';
import { noticeText } from '../words/words';
import type { ReadyLead } from './checkLead';
import { exchange } from './exchange';
import { type AttemptResult, createGatewayClient, type Route } from './gateway/gatewayClient';
import type { Host } from './host';
import type { Policy } from './policy';
import { type AttemptState, decideRetry } from './retryPolicy';

/** A lead with all that sending it takes. */
interface Delivery {
	readonly ready: ReadyLead;
	readonly connection: Connection;
	readonly policy: Policy;
	readonly host: Host;
}

/** What is known of a lead's sendings so far. */
interface Sendings extends AttemptState {
	/** The outcome of one whose answer was lost. */
	readonly lost?: Outcome | undefined;
	/** How often it became another lead to its gateway, which then speaks of that one alone. */
	readonly keyRotations: number;
}

/**
 * A turn in the queue is no wait of the lead's own; but what the API holds back for longer than this is told at once. A
 * minute is what a person may take for slow, and more is what the default `maxWaitSeconds` allows a lead of its own.
 */
const maxThrottleWaitMs = 60_000;

/** Why a lead is not sent although it could be: its run was stopped, the limit holds for too long, or the account was refused. */
const blockedReason = ({ host, connection }: Delivery, throttledMs: number): Verdict | undefined => {
	if (host.stopped?.() === true) return { outcome: 'failed', cause: { kind: 'canceled' } };
	if (throttledMs > 0) return { outcome: 'rateLimited', cause: { kind: 'limit', retryAfterMs: throttledMs } };
	const refused = host.authBreaker?.check(connection.organizationId, host.monotonicMs()) ?? 'send';
	if (refused === 'send') return undefined;
	host.limiter?.release();
	return { outcome: refused, cause: { kind: 'notSent' } };
};

/** Straight to the API: whatever answers there is believed. */
const directRoute = ({ ready, connection }: Delivery): Route => ({
	request: () => buildRequest(ready.lead, connection),
	resolve: async ({ outcome }) => await Promise.resolve({ outcome, waitedMs: 0, authority: 'direct' }),
});

/** One sending; the limiter and the breaker of the account learn from it. */
const attempt = async (
	{ ready, connection, policy, host }: Delivery,
	route: Route,
	{ lost, keyRotations }: Sendings,
): Promise<AttemptResult> => {
	const sentAtMs = host.monotonicMs();
	host.limiter?.onSent(sentAtMs);
	const exchanged = await exchange(route.request(keyRotations), connection, host, policy.timeoutSeconds * 1000);
	host.limiter?.onReply(exchanged.reply, sentAtMs, host.monotonicMs());
	const result = await route.resolve(exchanged, lost !== undefined || ready.queued?.sentBefore === true);
	host.authBreaker?.learn(connection.organizationId, result.outcome, sentAtMs, host.monotonicMs());
	return result;
};

/** A gateway's word on the one lead that all sendings are holds for the one that was lost too. */
const afterAttempt = (before: Sendings, { outcome, waitedMs, authority }: AttemptResult): Sendings => {
	const lost = authority === 'gateway' && before.keyRotations === 0 ? undefined : before.lost;
	return {
		...before,
		waitedMs: before.waitedMs + waitedMs,
		lost: outcome.outcome === 'unconfirmed' ? outcome : lost,
	};
};

/** Before it is sent again: a gateway that could not tell what became of a lead has to take the next sending for another one. */
const beforeRetry = (sendings: Sendings, { outcome, authority }: AttemptResult, inMs: number): Sendings => ({
	...sendings,
	waitedMs: sendings.waitedMs + inMs,
	keyRotations: sendings.keyRotations + (outcome.outcome === 'unconfirmed' && authority !== 'retrySafe' ? 1 : 0),
});

/** The one outcome of all sendings. Once one was lost, a later refusal does not prove that no lead exists, nor an answer that only one does. */
const endOf = (
	last: Outcome,
	{ lost, attempts, waitedMs }: Sendings,
	{ ready, policy: { language } }: Delivery,
): Outcome => {
	const { lead, warnings, notes } = ready;
	const facts = { lead, warnings, ...(notes === undefined ? {} : { notes }), attempts, waitedMs };
	if (lost === undefined) return { ...last, ...facts };
	if (last.outcome !== 'created') return { ...lost, ...facts };
	const told = [...warnings, noticeText({ kind: 'sentAgain' }, language)];
	return { ...last, ...facts, warnings: told };
};

/**
 * Sends one checked lead, and again within the policy's budget where that is safe, until it has its one outcome. Rejects
 * only where the host breaks its word.
 */
export const sendLead = async (
	ready: ReadyLead,
	connection: Connection,
	policy: Policy,
	host: Host,
): Promise<Outcome> => {
	const delivery: Delivery = { ready, connection, policy, host };
	const longestHoldMs = Math.max(maxThrottleWaitMs, policy.maxWaitSeconds * 1000);
	let route: Route | undefined;
	let sendings: Sendings = { attempts: 0, waitedMs: 0, keyRotations: 0 };
	for (;;) {
		const blocked = blockedReason(delivery, (await host.limiter?.acquire(host, longestHoldMs)) ?? 0);
		if (blocked !== undefined) return endOf(outcomeOf(blocked), sendings, delivery);
		// Not before: what a gateway may take counts from here, as the lead's own waiting does.
		route ??= isGateway(connection) ? createGatewayClient(delivery) : directRoute(delivery);
		sendings = { ...sendings, attempts: sendings.attempts + 1 };
		const result = await attempt(delivery, route, sendings);
		sendings = afterAttempt(sendings, result);
		if (result.authority === 'keyReleased' && sendings.attempts < policy.maxTries) continue;
		const retry = decideRetry(result.outcome, sendings, policy, host.random, result.authority === 'retrySafe');
		if (retry.kind === 'end') return endOf(result.outcome, sendings, delivery);
		await host.sleep(retry.inMs);
		sendings = beforeRetry(sendings, result, retry.inMs);
	}
};
