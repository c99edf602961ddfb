import { type Account, accountOfId, type Secrets } from '../../leads/accounts';
import { createLruMap } from '../../leads/lruMap';
import { isOfOrganization } from '../../leads/queueOptions';
import { readJobByKey } from './ledger';
import type { PubSub } from './pubSub';
import { indexKeys } from './redisKeys';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly secrets: Secrets;
	readonly pubSub: Pick<PubSub, 'publish'>;
	readonly now: () => number;
}

/** Of which accounts the API created a lead, in the very organization that was asked for; the same for all gateways. */
export interface Accepted {
	/** Of an account, or of any account of a key. */
	readonly has: (accountOrGroup: string) => Promise<boolean>;
	/** The same as far as this gateway heard of it. */
	readonly isKnown: (accountOrGroup: string) => boolean;
	readonly only: (accountIds: readonly string[]) => Promise<readonly string[]>;
	/** A lead of this account was accepted. Rejects where Redis does not take it. */
	readonly add: (account: Account) => Promise<void>;
	readonly heard: (accountId: string) => void;
	/** Notes the accounts of what ended before this was noted, once. */
	readonly seed: () => Promise<void>;
}

/** Accounts and their keys; who was accepted longest ago is forgotten first, and is as new the next time. */
const most = 20_000;
const noteEveryMs = 3_600_000;
const pageSize = 200;

export const createAccepted = ({ redis, secrets, pubSub, now }: Means): Accepted => {
	const known = createLruMap<number>(most);
	const heard: Accepted['heard'] = (accountId) => {
		for (const name of [accountId, accountOfId(accountId).group]) if (known.get(name) === undefined) known.set(name, 0);
	};
	const has: Accepted['has'] = async (name) => {
		if (known.get(name) !== undefined) return true;
		const isThere = (await redis.zscore(indexKeys.accepted, name)) !== null;
		if (isThere) known.set(name, 0);
		return isThere;
	};
	const note = async ({ id, group }: Account): Promise<void> => {
		const nowMs = now();
		await redis
			.pipeline()
			.zadd(indexKeys.accepted, nowMs, id, nowMs, group)
			.zremrangebyrank(indexKeys.accepted, 0, -most - 1)
			.zrem(indexKeys.trials, group)
			.exec();
		known.set(id, nowMs);
		known.set(group, nowMs);
	};
	return {
		has,
		heard,
		isKnown: (name) => known.get(name) !== undefined,
		only: async (accountIds) => {
			const are = await Promise.all(accountIds.map(has));
			return accountIds.filter((_, index) => are[index]);
		},
		add: async (account) => {
			const before = known.get(account.id);
			if (before !== undefined && now() - before < noteEveryMs) return;
			await note(account);
			if (before === undefined) pubSub.publish({ kind: 'accepted', account: account.id });
		},
		seed: async () => {
			if ((await redis.get(indexKeys.acceptedBefore)) !== null) return;
			for (let after = '-'; ; ) {
				const page = await redis.zrangebylex(indexKeys.ended, after, '+', 'LIMIT', 0, pageSize);
				for (const whole of page) {
					const read = await readJobByKey(redis, whole);
					if (read === undefined || read.record.outcome === null || (await has(read.account.id))) continue;
					const isAsked = (realmId: string): boolean =>
						secrets.accountOf({ apiKey: '', organizationId: realmId }).organization === read.account.organization;
					if (isOfOrganization(read.record.outcome, isAsked)) await note(read.account);
				}
				if (page.length < pageSize) break;
				after = `(${page.at(-1) ?? ''}`;
			}
			await redis.set(indexKeys.acceptedBefore, '1');
		},
	};
};
