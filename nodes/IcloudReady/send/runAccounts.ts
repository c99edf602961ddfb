import { type Host, createAuthBreaker, neverProbe, type AuthBreaker, type Limiter } from '../../../packages/core/src';
import type { Account } from '../read/account';
import { monotonicMs, n8nHost, type Sender } from './host';
import { accountName, turnsOf } from './limiters';

/** The accounts of one run, each with what its leads share: its pace, and what the API has refused it. */
export interface RunAccounts {
	/** How a lead of this account is sent. `maxPerSecond` is the user's cap as the account's first lead has it; 0 is none. */
	readonly hostOf: (account: Account, maxPerSecond: number) => Host;
	/** How long the API's limit has held back the account that it held longest, in ms, since the run began. */
	readonly heldMs: () => number;
}

interface Shared {
	readonly turns: Limiter;
	readonly refusals: AuthBreaker;
	readonly heldBeforeMs: number;
}

/** `concurrency`: how many leads of the run are on their way at once; 0: as many as its accounts bear. */
export const runAccounts = (n8n: Sender, concurrency: number): RunAccounts => {
	const shared = new Map<string, Shared>();
	const hosts = new Map<Account, Host>();

	const sharedOf = (account: Account, maxPerSecond: number): Shared => {
		const name = accountName(account);
		const known = shared.get(name);
		if (known !== undefined) return known;
		const nowMs = monotonicMs();
		const turns = turnsOf(account, { maxPerSecond, concurrency }, nowMs);
		// After a refused key the rest of its leads is not sent, after a refused organization the rest of that one; a run is over soon.
		const fresh: Shared = {
			turns,
			refusals: createAuthBreaker(neverProbe),
			heldBeforeMs: turns.totalThrottledMs(nowMs),
		};
		shared.set(name, fresh);
		return fresh;
	};

	return {
		hostOf: (account, maxPerSecond) => {
			const known = hosts.get(account);
			if (known !== undefined) return known;
			const { turns, refusals } = sharedOf(account, maxPerSecond);
			const host = n8nHost(n8n, account.decrypted, { limiter: turns, authBreaker: refusals });
			hosts.set(account, host);
			return host;
		},
		heldMs: () =>
			Math.max(
				0,
				...[...shared.values()].map(({ turns, heldBeforeMs }) => turns.totalThrottledMs(monotonicMs()) - heldBeforeMs),
			),
	};
};
