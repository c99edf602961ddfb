import type { Outcome } from '../outcome/outcome';
import type { Policy } from './policy';

/** Whether a lead is sent again by itself, and when. */
export type RetryDecision = { readonly kind: 'end' } | { readonly kind: 'again'; readonly inMs: number };

/** What has been spent on one lead so far; `waitedMs` is the time between its tries only. */
export interface AttemptState {
	readonly attempts: number;
	readonly waitedMs: number;
}

const firstWaitMs = 500;
const longestStepMs = 30_000;
const end: RetryDecision = { kind: 'end' };

/**
 * What surely was not created may be sent again; an answer that was lost only where the user chose so, or where a second
 * sending makes no second lead.
 */
const mayRepeat = (outcome: Outcome, { unconfirmed }: Pick<Policy, 'unconfirmed'>, isHarmless: boolean): boolean => {
	if (outcome.outcome === 'rateLimited') return true;
	if (outcome.outcome === 'unconfirmed') {
		// A gateway goes on with the one; the other was not even this lead's own sending.
		if (outcome.cause.kind === 'atGateway' || outcome.cause.kind === 'earlier') return false;
		return isHarmless || unconfirmed === 'resend';
	}
	if (outcome.outcome !== 'failed') return false;
	if (outcome.cause.kind === 'busy') return true;
	// A certificate, a proxy or an address that is refused now is refused a second later too.
	return (
		outcome.cause.kind === 'notReached' &&
		['dns', 'refused', 'connectTimeout', 'unreachable', 'proxyAway'].includes(outcome.cause.why)
	);
};

const askedFor = (outcome: Outcome): number | null =>
	'retryAfterMs' in outcome.cause ? outcome.cause.retryAfterMs : null;

/**
 * The decision after one sending. Retry-After wins; else the wait doubles from half a second, and a random part of it is
 * taken ("full jitter"), so that many workers do not come back together. A wait that does not fit into what is left of
 * `maxWaitSeconds` ends it at once: to come earlier than asked would only be refused again. `isHarmless`: a second sending
 * makes no second lead.
 */
export const decideRetry = (
	outcome: Outcome,
	spent: AttemptState,
	policy: Pick<Policy, 'unconfirmed' | 'maxTries' | 'maxWaitSeconds'>,
	random: () => number,
	isHarmless = false,
): RetryDecision => {
	if (!mayRepeat(outcome, policy, isHarmless)) return end;
	if (spent.attempts >= policy.maxTries) return end;
	const leftMs = policy.maxWaitSeconds * 1000 - spent.waitedMs;
	const asked = askedFor(outcome);
	if (asked !== null) return asked <= leftMs ? { kind: 'again', inMs: asked } : end;
	const step = Math.min(longestStepMs, firstWaitMs * 2 ** (spent.attempts - 1));
	const inMs = Math.round(random() * step);
	return inMs <= leftMs ? { kind: 'again', inMs } : end;
};
