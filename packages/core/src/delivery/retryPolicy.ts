import type { Outcome } from '../outcome/outcome';
import type { Policy } from './policy';

/** Whether a lead is sent again by itself, and when. */
export type RetryDecision = { readonly kind: 'end' } | { readonly kind: 'again'; readonly inMs: number };

/** What has been spent on one lead so far. */
export interface AttemptState {
	/** How often it was sent, 1 or more once it was. */
	readonly attempts: number;
	/** The time between its tries only, in ms. */
	readonly waitedMs: number;
}

/** A dropped connection or a restart behind a balancer is over within seconds, so the first tries are close together. */
const firstWaitMs = 500;
/** Half of the default `maxWaitSeconds`: a lead has its last try before its time is over, not after a wait that fills it. */
const longestStepMs = 30_000;
const end: RetryDecision = { kind: 'end' };

/**
 * What surely was not created may be sent again; an answer that was lost only where the user chose so, or where a second
 * sending makes no second lead.
 */
const mayRepeat = (outcome: Outcome, { unconfirmed }: Pick<Policy, 'unconfirmed'>, isRetrySafe: boolean): boolean => {
	if (outcome.outcome === 'rateLimited') return true;
	if (outcome.outcome === 'unconfirmed') {
		// A gateway goes on with the one; the other was not even this lead's own sending.
		if (outcome.cause.kind === 'atGateway' || outcome.cause.kind === 'earlier') return false;
		return isRetrySafe || unconfirmed === 'resend';
	}
	if (outcome.outcome !== 'failed') return false;
	if (outcome.cause.kind === 'busy') return true;
	// A certificate, a proxy or an address that is refused now is refused a second later too.
	return (
		outcome.cause.kind === 'notReached' &&
		['dns', 'refused', 'connectTimeout', 'unreachable', 'proxyAway'].includes(outcome.cause.why)
	);
};

const askedMsOf = (outcome: Outcome): number | null =>
	'retryAfterMs' in outcome.cause ? outcome.cause.retryAfterMs : null;

/**
 * The decision after one sending. Retry-After wins; else the wait doubles from half a second, and a random part of it is
 * taken ("full jitter"), so that many workers do not come back together. A wait that does not fit into what is left of
 * `maxWaitSeconds` ends it at once: to come earlier than asked would only be refused again. `isRetrySafe`: a second sending
 * makes no second lead.
 */
export const decideRetry = (
	outcome: Outcome,
	spent: AttemptState,
	policy: Pick<Policy, 'unconfirmed' | 'maxTries' | 'maxWaitSeconds'>,
	random: () => number,
	isRetrySafe = false,
): RetryDecision => {
	if (!mayRepeat(outcome, policy, isRetrySafe)) return end;
	if (spent.attempts >= policy.maxTries) return end;
	const remainingMs = policy.maxWaitSeconds * 1000 - spent.waitedMs;
	const askedMs = askedMsOf(outcome);
	if (askedMs !== null) return askedMs <= remainingMs ? { kind: 'again', inMs: askedMs } : end;
	const stepMs = Math.min(longestStepMs, firstWaitMs * 2 ** (spent.attempts - 1));
	const inMs = Math.round(random() * stepMs);
	return inMs <= remainingMs ? { kind: 'again', inMs } : end;
};
