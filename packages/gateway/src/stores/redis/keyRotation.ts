import { type Account, accountOfId, type Credentials, type Secrets } from '../../leads/accounts';
import { createLruMap } from '../../leads/lruMap';
import { firstOf } from './admission';
import type { JobReader, StoredLead } from './jobReader';
import { change } from './ledgerUnsent';
import type { PubSub } from './pubSub';
import { indexKeys, stateKeys } from './redisKeys';
import type { LeadRecord } from './schema/lead';
import { leadId, only } from './schema/names';
import type { UnreadReport } from './unread';
import type { WorkerPool } from './workers';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly jobs: JobReader;
	readonly secrets: Secrets;
	readonly workerPool: Pick<WorkerPool, 'queueOf'>;
	readonly pubSub: Pick<PubSub, 'publish'>;
	readonly unread: UnreadReport;
	/** Those of these accounts of which a lead was ever created: any other may be made up, and goes with no other key. */
	readonly onlyVerified: (accountIds: readonly string[]) => Promise<readonly string[]>;
	/** What holds back the leads of this account is over. */
	readonly release: (account: Account) => Promise<void>;
	/** So many leads go with a newer key. */
	readonly onAdopted: (count: number) => void;
}

/** Which key a lead goes with: its own as it came, the one that its account brought since, or a newer one of its organization. */
export interface KeyRotation {
	readonly credentialsOf: (record: LeadRecord, account: Account) => Credentials | undefined;
	/** An account came by; `keyNeeded`: its leads that wait for that. */
	readonly onCredentials: (account: Account, credentials: Credentials, keyNeeded: readonly string[]) => void;
	readonly needKey: (account: Account, id: string) => Promise<void>;
	/** Another gateway has leads that lack the key of this account. */
	readonly onKeyNeeded: (accountId: string) => void;
	readonly onKeyRefused: (account: Account) => Promise<void>;
	/** This key works, and the API said that it is this organization's; `refused`: accounts whose key does not. */
	readonly onKeyVerified: (account: Account, credentials: Credentials, refused: readonly string[]) => void;
}

const maxAccounts = 10_000;
const pageSize = 200;

const seal = async ({ redis, secrets }: Means, lead: StoredLead, credentials: Credentials): Promise<boolean> =>
	await change(redis, lead, { ...lead.record, sealed: secrets.seal(credentials, lead.account.id) });

/** Gives leads of an account the key that they wait for. */
const fillIn = async (
	means: Means,
	account: Account,
	credentials: Credentials,
	ids: readonly string[],
): Promise<void> => {
	const { redis, jobs, workerPool } = means;
	for (const id of ids) {
		const read = await jobs.read(account, id);
		// A newer gateway fills in what it wrote.
		if (read?.kind === 'newer') continue;
		const mayWait = read?.kind === 'lead' && read.record.endedAtMs === undefined && read.record.unreadable !== true;
		if (mayWait) await seal(means, read, credentials);
		await redis.srem(stateKeys.keyNeeded(account.id), id);
		if (!mayWait) continue;
		const job = await workerPool.queueOf(account.group).getJob(id);
		// It may go already.
		await job?.promote().catch(() => undefined);
	}
};

/**
 * Newer is a key whose first lead came after theirs: one that was there before belongs to somebody else, and who goes
 * on with a revoked key must not be let in by another's.
 */
const adoptLeads = async (
	means: Means,
	account: Account,
	credentials: Credentials,
	refused: readonly string[],
): Promise<void> => {
	const { redis, jobs } = means;
	const first = await firstOf(redis, account.id);
	const accounts = new Set(await means.onlyVerified(refused.filter((id) => accountOfId(id).group !== account.group)));
	if (first === undefined || accounts.size === 0) return;
	const changed = new Set<string>();
	let count = 0;
	for (let after = '-'; ; ) {
		const page = await redis.zrangebylex(indexKeys.open, after, `(${first}`, 'LIMIT', 0, pageSize);
		for (const key of page) {
			const accountId = key.slice(key.indexOf('~') + 1);
			if (!accounts.has(accountId)) continue;
			const read = await jobs.readByKey(key);
			if (read?.kind !== 'lead' || read.record.unreadable === true || !(await seal(means, read, credentials))) continue;
			changed.add(accountId);
			count++;
		}
		if (page.length < pageSize) break;
		after = `(${page.at(-1) ?? ''}`;
	}
	for (const accountId of changed) {
		await redis.srem(stateKeys.refused(account.organization), accountId);
		await means.release(accountOfId(accountId));
	}
	if (count > 0) means.onAdopted(count);
};

export const createKeyRotation = (means: Means): KeyRotation => {
	const { redis, secrets, pubSub, unread } = means;
	const known = createLruMap<Credentials>(maxAccounts);
	let underWay: Promise<void> = Promise.resolve();
	const inTurn = (work: () => Promise<void>): void => {
		underWay = underWay.then(work).catch(() => undefined);
	};
	return {
		credentialsOf: (record, account) =>
			(record.sealed === undefined ? undefined : secrets.open(record.sealed, record.account)) ?? known.get(account.id),
		onCredentials: (account, credentials, keyNeeded) => {
			known.set(account.id, credentials);
			if (keyNeeded.length > 0) inTurn(async () => await fillIn(means, account, credentials, keyNeeded));
		},
		needKey: async (account, id) => {
			await redis.sadd(stateKeys.keyNeeded(account.id), id);
			pubSub.publish({ kind: 'keyNeeded', account: account.id });
		},
		onKeyNeeded: (accountId) => {
			const credentials = known.get(accountId);
			if (credentials === undefined) return;
			inTurn(async () => {
				const key = stateKeys.keyNeeded(accountId);
				const ids = only(leadId, await redis.smembers(key), () => unread.damaged('index', key));
				await fillIn(means, accountOfId(accountId), credentials, ids);
			});
		},
		onKeyRefused: async ({ id, organization }) => {
			if ((await means.onlyVerified([id])).length > 0) await redis.sadd(stateKeys.refused(organization), id);
		},
		onKeyVerified: (account, credentials, refused) => {
			if (refused.some((id) => accountOfId(id).group !== account.group))
				inTurn(async () => await adoptLeads(means, account, credentials, refused));
		},
	};
};
