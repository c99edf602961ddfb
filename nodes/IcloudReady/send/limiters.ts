import { createLimiter, type Flow, tidyBaseUrl, type Limiter } from '../../../packages/core/src';
import type { Account } from '../read/account';
import { createHash } from 'crypto';

/** What has been learned is lost with the oldest account; nobody has so many. */
const mostAccounts = 200;

/** One pace for each account of this n8n process: one execution for each webhook is the normal case, and all share a limit. */
const known = new Map<string, Limiter>();

/** An account as its limit and its refusals know it. Only a digest of the key is kept. */
export const accountName = ({ baseUrl, apiKey }: Pick<Account, 'baseUrl' | 'apiKey'>): string =>
	createHash('sha256')
		.update(JSON.stringify([tidyBaseUrl(baseUrl), apiKey]))
		.digest('hex');

/**
 * The pace of an account and how many of its leads are on their way, shared by all executions in this process. Both hold from
 * now on: `maxPerSecond` caps the pace, 0 lifts the cap; a `concurrency` of 0 is adaptive, any other is its run's own to keep.
 */
export const turnsOf = (
	account: Pick<Account, 'baseUrl' | 'apiKey'>,
	{ maxPerSecond, concurrency }: Flow,
	nowMs: number,
): Limiter => {
	const name = accountName(account);
	const turns = known.get(name) ?? createLimiter(maxPerSecond, nowMs);
	turns.setMaxPerSecond(maxPerSecond);
	turns.setAdaptive(concurrency === 0);
	known.delete(name);
	known.set(name, turns);
	for (const oldest of known.keys()) {
		if (known.size <= mostAccounts) break;
		known.delete(oldest);
	}
	return turns;
};
