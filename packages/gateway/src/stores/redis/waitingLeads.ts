import { accountOfId, type Secrets } from '../../leads/accounts';
import { type HeldAccount, heldLeads, type WaitingLeads } from '../../leads/waitingLeads';
import type { JobReader } from './jobReader';
import { arrivedAtMsOf, indexKeys, readJobKey } from './redisKeys';
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

/** Leads of one account, and the name of the one that came first. */
interface Waiting {
	readonly first: string;
	count: number;
}

const byAccount = async ({ redis, unread }: Means): Promise<ReadonlyMap<string, Waiting>> => {
	const members = await redis.zrange(indexKeys.open, 0, mostLooked - 1);
	const accounts = new Map<string, Waiting>();
	for (const key of only(jobKeyText, members, () => unread.damaged('index', indexKeys.open))) {
		const accountId = readJobKey(key)?.accountId ?? '';
		const waiting = accounts.get(accountId);
		if (waiting === undefined) accounts.set(accountId, { first: key, count: 1 });
		else waiting.count++;
	}
	return accounts;
};

/** The organization that an account's leads go to, as one of them says. */
const organizationOf = async (
	{ jobs, secrets }: Means,
	accountId: string,
	key: string,
): Promise<string | undefined> => {
	const job = await jobs.readByKey(key);
	if (job?.kind !== 'lead' || typeof job.record.sealed !== 'string') return undefined;
	return secrets.open(job.record.sealed, accountId)?.organizationId;
};

/** Who waits at any gateway, and what for. Rejects where Redis does not say. */
export const waitingLeads = async (means: Means): Promise<WaitingLeads> => {
	const accounts: HeldAccount[] = [];
	let oldestAtMs = Number.POSITIVE_INFINITY;
	for (const [accountId, { first, count }] of await byAccount(means)) {
		if (!(await means.verified.has(accountOfId(accountId).group))) continue;
		oldestAtMs = Math.min(oldestAtMs, arrivedAtMsOf(first));
		const why = await means.holdReasonOf(accountId);
		if (why === undefined) continue;
		const organizationId = await organizationOf(means, accountId, first);
		accounts.push({ accountId, why, count, ...(organizationId === undefined ? {} : { organizationId }) });
	}
	return {
		held: heldLeads(accounts),
		...(Number.isFinite(oldestAtMs) ? { oldestAtMs } : {}),
	};
};
