import { accountOfId, type Account } from '../../leads/accounts';
import { jobKey, queueKey, readJobKey } from './redisKeys';
import { type LeadRecord, readLead } from './schema/lead';
import { parsedText } from './schema/stored';
import type { UnreadReport } from './unread';
import type { Redis } from 'ioredis';

/** A lead as it was read: what is written over it must still be this. One that cannot be read is `unreadable`. */
export interface StoredLead {
	readonly kind: 'lead';
	readonly id: string;
	readonly account: Account;
	readonly text: string;
	readonly record: LeadRecord;
}

/** `newer`: only a newer gateway can read it. `foreign`: it says that it is another account's. Undefined: there is none. */
export type ReadJob = StoredLead | { readonly kind: 'newer' | 'foreign' } | undefined;

export interface JobReader {
	readonly read: (account: Account, id: string) => Promise<ReadJob>;
	readonly readByKey: (key: string) => Promise<ReadJob>;
	/** What a text is that stands under such a key. */
	readonly of: (key: string, text: string | null | undefined) => ReadJob;
}

export const createJobReader = (redis: Redis, unread: UnreadReport): JobReader => {
	const of = (account: Account, id: string, text: string | null | undefined): ReadJob => {
		if (text == null) return undefined;
		const read = readLead(parsedText(text), account.id);
		if (read.kind === 'newer') {
			unread.newer('lead', jobKey(account, id), read.schemaVersion);
			return { kind: 'newer' };
		}
		if (read.kind === 'damaged') unread.damaged('lead', jobKey(account, id));
		// One key has one queue for all its organizations.
		if (read.value.account !== account.id) return { kind: 'foreign' };
		return { kind: 'lead', id, account, text, record: read.value };
	};
	const read: JobReader['read'] = async (account, id) =>
		of(account, id, await redis.hget(queueKey(account.group, id), 'data'));
	return {
		read,
		readByKey: async (key) => {
			const parts = readJobKey(key);
			return parts === undefined ? undefined : await read(accountOfId(parts.accountId), parts.id);
		},
		of: (key, text) => {
			const parts = readJobKey(key);
			return parts === undefined ? undefined : of(accountOfId(parts.accountId), parts.id, text);
		},
	};
};
