import type { Credentials } from '../../leads/accounts';
import { createLruMap, type LruMap } from '../../leads/lruMap';
import type { VerifiedAccounts } from './verifiedAccounts';
import { createLimiter, type Limiter } from '@icloud-ready/core';

/** Accounts whose rate and key are remembered; who comes after them begins anew. */
const mostAccounts = 10_000;
/** The same of those never accepted, which push out none of the others. */
const mostUnverifiedAccounts = 1000;

/** What is known of accounts while this gateway runs, in no more memory than so many need. */
export interface KnownAccounts {
	/** The rate limit of a key, which learns from answers. */
	readonly limiterOf: (group: string) => Limiter;
	/** Credentials of this account that came by. */
	readonly credentialsOf: (accountId: string) => Credentials | undefined;
	readonly remember: (accountId: string, credentials: Credentials) => Credentials;
	/** Leads of this account wait for their key to come by. */
	readonly needKey: (accountId: string) => void;
	/** Its key came by; whether leads wait for that. */
	readonly onCredentials: (accountId: string, credentials: Credentials) => boolean;
}

interface Means {
	readonly verified: VerifiedAccounts;
	/** Leads of one key that leave in a second; 0: as the API allows. */
	readonly maxPerSecond: number;
	/** As many leads of a key are on their way at once as the API answers without slowing down. */
	readonly isAdaptive: boolean;
	readonly monotonicMs: () => number;
}

interface ByTrust<Value> {
	readonly verified: LruMap<Value>;
	readonly unverified: LruMap<Value>;
}

const byTrust = <Value>(): ByTrust<Value> => ({
	verified: createLruMap(mostAccounts),
	unverified: createLruMap(mostUnverifiedAccounts),
});

export const createKnownAccounts = ({ verified, maxPerSecond, isAdaptive, monotonicMs }: Means): KnownAccounts => {
	const limiters = byTrust<Limiter>();
	const credentials = byTrust<Credentials>();
	const lacking = new Set<string>();
	const remember: KnownAccounts['remember'] = (accountId, given) =>
		credentials[verified.has(accountId) ? 'verified' : 'unverified'].set(accountId, given);
	return {
		limiterOf: (group) => {
			const mine = limiters[verified.hasGroup(group) ? 'verified' : 'unverified'];
			return mine.get(group) ?? mine.set(group, createLimiter(maxPerSecond, monotonicMs(), isAdaptive));
		},
		credentialsOf: (accountId) => credentials.verified.get(accountId) ?? credentials.unverified.get(accountId),
		remember,
		needKey: (accountId) => {
			lacking.add(accountId);
		},
		onCredentials: (accountId, given) => {
			remember(accountId, given);
			return lacking.delete(accountId);
		},
	};
};
