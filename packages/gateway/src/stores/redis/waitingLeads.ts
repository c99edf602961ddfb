import { accountOfId, type Secrets } from '../../leads/accounts';
import { type HeldAccount, heldLeads, type WaitingLeads } from '../../leads/waitingLeads';
import type { JobReader } from './jobReader';
import { longestWaitSinceMs, maxLooked } from './longestWait';
import { indexKeys, readJobKey } from './redisKeys';
import { jobKeyText, only } from './schema/names';
import type { UnreadReport } from './unread';
import type { VerifiedAccounts } from './verifiedAccounts';
import type { HoldReason } from '@icloud-ready/core';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly jobs: Pick<JobReader, 'readByKey'>;
	readonly secrets: Secrets;
	readonly verified: Pick<VerifiedAccounts, 'has'>;
	readonly unread: UnreadReport;
	readonly holdReasonOf: (accountId: string) => Promise<HoldReason | undefined>;
}

/** So many of the leads that wait longest are looked at, about 1 MB of names; what more wait are of the same accounts. */
const mostLooked = 20_000;
/** So many in one step, which takes some ms. */
const pageSize = 1000;

/** Leads of one account, and the names of those that came first. */
interface Waiting {
	readonly first: string[];
	count: number;
}

const byAccount = async ({ redis, unread }: Means): Promise<ReadonlyMap<string, Waiting>> => {
	const accounts = new Map<string, Waiting>();
	for (let [looked, after] = [0, '-']; looked < mostLooked; looked += pageSize) {
		const members = await redis.zrangebylex(indexKeys.open, after, '+', 'LIMIT', 0, pageSize);
		for (const key of only(jobKeyText, members, () => unread.damaged('index', indexKeys.open))) {
			const accountId = readJobKey(key)?.accountId ?? '';
			const waiting = accounts.get(accountId) ?? { first: [], count: 0 };
			accounts.set(accountId, waiting);
			waiting.count++;
			if (waiting.first.length < maxLooked) waiting.first.push(key);
		}
		if (members.length < pageSize) break;
		after = `(${members.at(-1) ?? ''}`;
	}
	return accounts;
};

/** The organization that an account's leads go to, as one of them says. */
const organizationOf = async ({ jobs, secrets }: Means, accountId: string, key = ''): Promise<string | undefined> => {
	const job = await jobs.readByKey(key);
	if (job?.kind !== 'lead' || typeof job.record.sealed !== 'string') return undefined;
	return secrets.open(job.record.sealed, accountId)?.organizationId;
};

/** Who waits at any gateway, and what for. Rejects where Redis does not say. */
export const waitingLeads = async (means: Means): Promise<WaitingLeads> => {
	const accounts: HeldAccount[] = [];
	let waitsSinceMs = Number.POSITIVE_INFINITY;
	for (const [accountId, { first, count }] of await byAccount(means)) {
		if (!(await means.verified.has(accountOfId(accountId).group))) continue;
		waitsSinceMs = await longestWaitSinceMs(means.jobs, first, waitsSinceMs);
		const why = await means.holdReasonOf(accountId);
		if (why === undefined) continue;
		const organizationId = await organizationOf(means, accountId, first[0]);
		accounts.push({ accountId, why, count, ...(organizationId === undefined ? {} : { organizationId }) });
	}
	return {
		held: heldLeads(accounts),
		...(Number.isFinite(waitsSinceMs) ? { waitsSinceMs } : {}),
	};
};
