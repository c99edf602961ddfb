import { type Account, accountOfId, type Credentials, type Secrets } from '../../leads/accounts';
import { createLruMap } from '../../leads/lruMap';
import type { LeadRecord } from './jobData';
import { change, firstOf, readJob, readJobByKey } from './ledger';
import type { PubSub } from './pubSub';
import { indexKeys, stateKeys } from './redisKeys';
import type { WorkerPool } from './workers';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly secrets: Secrets;
	readonly lanes: Pick<WorkerPool, 'queueOf'>;
	readonly pubSub: PubSub;
	/** Those of these accounts of which a lead was ever accepted: any other may be made up, and goes with no other key. */
	readonly onlyAccepted: (accountIds: readonly string[]) => Promise<readonly string[]>;
	/** What holds back the leads of this account is over. */
	readonly release: (account: Account) => Promise<void>;
	readonly onLetGo: (count: number) => void;
}

/** Which key a lead goes with: its own as it came, the one that its account brought since, or a newer one of its organization. */
export interface KeyRing {
	readonly of: (record: LeadRecord, account: Account) => Credentials | undefined;
	/** An account came by; `lacking`: its leads that wait for that. */
	readonly onCredentials: (account: Account, credentials: Credentials, lacking: readonly string[]) => void;
	readonly needKey: (account: Account, id: string) => Promise<void>;
	/** Another gateway has leads that lack the key of this account. */
	readonly onKeyNeeded: (accountId: string) => void;
	readonly onRefused: (account: Account) => Promise<void>;
	/** This key works, and the API said that it is this organization's; `refused`: accounts whose key does not. */
	readonly onAccepted: (account: Account, credentials: Credentials, refused: readonly string[]) => void;
}

const mostAccounts = 10_000;
const pageSize = 200;

export const createKeyRing = ({ redis, secrets, lanes, pubSub, onlyAccepted, release, onLetGo }: Means): KeyRing => {
	const known = createLruMap<Credentials>(mostAccounts);
	let underWay: Promise<void> = Promise.resolve();
	const inTurn = (work: () => Promise<void>): void => {
		underWay = underWay.then(work).catch(() => undefined);
	};

	const seal = async (record: LeadRecord, id: string, text: string, credentials: Credentials): Promise<boolean> => {
		const account = accountOfId(record.account);
		return await change(
			redis,
			{ id, account, text, record },
			{ ...record, sealed: secrets.seal(credentials, record.account) },
		);
	};

	const fillIn = async (account: Account, credentials: Credentials, ids: readonly string[]): Promise<void> => {
		for (const id of ids) {
			const read = await readJob(redis, account, id);
			if (read !== undefined && read.record.endedAtMs === undefined)
				await seal(read.record, id, read.text, credentials);
			await redis.srem(stateKeys.lacking(account.id), id);
			const job = await lanes.queueOf(account.group).getJob(id);
			// It may go already.
			await job?.promote().catch(() => undefined);
		}
	};

	/**
	 * Newer is a key whose first lead came after theirs: one that was there before belongs to somebody else, and who goes
	 * on with a revoked key must not be let in by another's.
	 */
	const letGo = async (account: Account, credentials: Credentials, refused: readonly string[]): Promise<void> => {
		const first = await firstOf(redis, account.id);
		const accounts = new Set(await onlyAccepted(refused.filter((id) => accountOfId(id).group !== account.group)));
		if (first === undefined || accounts.size === 0) return;
		const changed = new Set<string>();
		let count = 0;
		for (let after = '-'; ; ) {
			const page = await redis.zrangebylex(indexKeys.open, after, `(${first}`, 'LIMIT', 0, pageSize);
			for (const whole of page) {
				const accountId = whole.slice(whole.indexOf('~') + 1);
				if (!accounts.has(accountId)) continue;
				const read = await readJobByKey(redis, whole);
				if (read === undefined || !(await seal(read.record, read.id, read.text, credentials))) continue;
				changed.add(accountId);
				count++;
			}
			if (page.length < pageSize) break;
			after = `(${page.at(-1) ?? ''}`;
		}
		for (const accountId of changed) {
			await redis.srem(stateKeys.refused(account.organization), accountId);
			await release(accountOfId(accountId));
		}
		if (count > 0) onLetGo(count);
	};

	return {
		of: (record, account) =>
			(record.sealed === undefined ? undefined : secrets.open(record.sealed, record.account)) ?? known.get(account.id),
		onCredentials: (account, credentials, lacking) => {
			known.set(account.id, credentials);
			if (lacking.length > 0)
				inTurn(async () => {
					await fillIn(account, credentials, lacking);
				});
		},
		needKey: async (account, id) => {
			await redis.sadd(stateKeys.lacking(account.id), id);
			pubSub.publish({ kind: 'lacking', account: account.id });
		},
		onKeyNeeded: (accountId) => {
			const credentials = known.get(accountId);
			if (credentials === undefined) return;
			inTurn(async () => {
				await fillIn(accountOfId(accountId), credentials, await redis.smembers(stateKeys.lacking(accountId)));
			});
		},
		onRefused: async ({ id, organization }) => {
			if ((await onlyAccepted([id])).length > 0) await redis.sadd(stateKeys.refused(organization), id);
		},
		onAccepted: (account, credentials, refused) => {
			if (refused.some((id) => accountOfId(id).group !== account.group))
				inTurn(async () => {
					await letGo(account, credentials, refused);
				});
		},
	};
};
