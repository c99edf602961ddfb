import { type Account, accountOfId, type Secrets } from '../../leads/accounts';
import { createLruMap } from '../../leads/lruMap';
import { isOfOrganization } from '../../leads/queueOptions';
import type { JobReader } from './jobReader';
import type { PubSub } from './pubSub';
import { indexKeys } from './redisKeys';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly jobs: JobReader;
	readonly secrets: Secrets;
	readonly pubSub: Pick<PubSub, 'publish'>;
	readonly now: () => number;
}

/** Of which accounts the API created a lead, in the very organization that was asked for; the same for all gateways. */
export interface VerifiedAccounts {
	/** An account, or any account of a key. */
	readonly has: (accountOrGroup: string) => Promise<boolean>;
	/** The same as far as this gateway heard of it. */
	readonly isKnown: (accountOrGroup: string) => boolean;
	readonly only: (accountIds: readonly string[]) => Promise<readonly string[]>;
	/** A lead of this account was created. Rejects where Redis does not take it. */
	readonly add: (account: Account) => Promise<void>;
	/** Another gateway says so. */
	readonly onVerified: (accountId: string) => void;
	/** Notes the accounts of what ended before this was noted, once. */
	readonly seed: () => Promise<void>;
}

/** Accounts and their keys; who was verified longest ago is forgotten first, and is as new the next time. */
const maxVerified = 20_000;
/** That an account is in use is written no more often than that. */
const writeEveryMs = 3_600_000;
const pageSize = 200;

export const createVerifiedAccounts = ({ redis, jobs, secrets, pubSub, now }: Means): VerifiedAccounts => {
	/** By when each was written last; 0: by another gateway. */
	const known = createLruMap<number>(maxVerified);
	const has: VerifiedAccounts['has'] = async (name) => {
		if (known.get(name) !== undefined) return true;
		const isThere = (await redis.zscore(indexKeys.verified, name)) !== null;
		if (isThere) known.set(name, 0);
		return isThere;
	};
	const write = async ({ id, group }: Account): Promise<void> => {
		const nowMs = now();
		await redis
			.pipeline()
			.zadd(indexKeys.verified, nowMs, id, nowMs, group)
			.zremrangebyrank(indexKeys.verified, 0, -maxVerified - 1)
			.zrem(indexKeys.trials, group)
			.exec();
		known.set(id, nowMs);
		known.set(group, nowMs);
	};
	/** Notes the account of a lead whose answer tells that it was created where it should be. */
	const seedFrom = async (key: string): Promise<void> => {
		const read = await jobs.readByKey(key);
		if (read?.kind !== 'lead' || read.record.outcome === null || (await has(read.account.id))) return;
		const isAsked = (realmId: string): boolean =>
			secrets.accountOf({ apiKey: '', organizationId: realmId }).organization === read.account.organization;
		if (isOfOrganization(read.record.outcome, isAsked)) await write(read.account);
	};
	return {
		has,
		onVerified: (accountId) => {
			for (const name of [accountId, accountOfId(accountId).group])
				if (known.get(name) === undefined) known.set(name, 0);
		},
		isKnown: (name) => known.get(name) !== undefined,
		only: async (accountIds) => {
			const are = await Promise.all(accountIds.map(has));
			return accountIds.filter((_, index) => are[index]);
		},
		add: async (account) => {
			const before = known.get(account.id);
			if (before !== undefined && now() - before < writeEveryMs) return;
			await write(account);
			if (before === undefined) pubSub.publish({ kind: 'verified', account: account.id });
		},
		seed: async () => {
			if ((await redis.get(indexKeys.verifiedBefore)) !== null) return;
			for (let after = '-'; ; ) {
				const page = await redis.zrangebylex(indexKeys.ended, after, '+', 'LIMIT', 0, pageSize);
				for (const key of page) await seedFrom(key);
				if (page.length < pageSize) break;
				after = `(${page.at(-1) ?? ''}`;
			}
			await redis.set(indexKeys.verifiedBefore, '1');
		},
	};
};
