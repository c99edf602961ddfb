import { outcomeOf } from '../../../packages/core/src';
import type { Account } from '../../../packages/gateway/src/leads/accounts';
import { createJobReader, type JobReader, type StoredLead } from '../../../packages/gateway/src/stores/redis/jobReader';
import { leadText } from '../../../packages/gateway/src/stores/redis/ledger';
import { indexKeys, jobKey, newId, queueKey } from '../../../packages/gateway/src/stores/redis/redisKeys';
import type { LeadRecord } from '../../../packages/gateway/src/stores/redis/schema/lead';
import { createUnreadReport, type UnreadReport } from '../../../packages/gateway/src/stores/redis/unread';
import { memoryRedis, type MemoryRedis } from './memoryRedis';

export const account: Account = { id: 'key.organization', group: 'key', organization: 'organization' };
export const lead = { leadInformation: { firstName: 'Mona', phone: '+201001234567' } };
export const nowMs = 1_800_000_000_000;

/** A lead that waits, with what is changed of it. */
export const recordOf = (changed: Partial<LeadRecord> = {}): LeadRecord => ({
	account: account.id,
	arrivedAtMs: nowMs - 3_600_000,
	body: JSON.stringify(lead),
	lead,
	sealed: 'sealed',
	outcome: null,
	...changed,
});

export const created = outcomeOf(
	{ outcome: 'created', cause: { kind: 'answered' }, answer: {} },
	{ lead, status: 201, leadId: 'a', leadNumber: 1, attempts: 1 },
);
export const unconfirmed = outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'cut' } }, { lead, attempts: 1 });
export const refused = outcomeOf(
	{ outcome: 'unauthorized', cause: { kind: 'refused' } },
	{ lead, status: 401, attempts: 1 },
);

/** The nth lead of an hour ago. */
export const idOf = (number = 1, arrivedAtMs = nowMs - 3_600_000): string =>
	newId(arrivedAtMs, number.toString(16).padStart(16, '0'));

/** Where BullMQ has a job, and which index the gateway has it in. */
export interface Place {
	readonly bull?: 'wait' | 'active' | 'delayed' | 'failed' | 'completed';
	readonly index?: 'open' | 'unconfirmed' | 'ended';
	readonly isSending?: boolean;
	readonly isUnverified?: boolean;
	/** The token of whoever holds its lock. */
	readonly lock?: string;
}

export interface Stand extends MemoryRedis {
	readonly jobs: JobReader;
	readonly unread: UnreadReport;
	readonly notices: readonly string[];
	/** What was counted as unread, in order. */
	readonly counted: readonly string[];
	/** Puts a lead where it is said to be; gives its whole key. */
	readonly put: (id: string, data: LeadRecord | string, place?: Place) => string;
	/** Reads a lead that must be readable. */
	readonly read: (id: string) => Promise<StoredLead>;
	/** Where a lead stands in all that is written of it. */
	readonly placeOf: (id: string) => Place & { readonly share: number };
	readonly data: (id: string) => Readonly<Record<string, unknown>>;
}

export const openStand = (): Stand => {
	const stand = memoryRedis(nowMs);
	const { call, redis } = stand;
	const notices: string[] = [];
	const counted: string[] = [];
	const unread = createUnreadReport({
		notice: (text) => void notices.push(text),
		count: (thing, reason) => void counted.push(`${thing} ${reason}`),
	});
	const jobs = createJobReader(redis, unread);
	const of = (name: string): string => queueKey(account.group, name);
	const key = (id: string): string => jobKey(account, id);
	const isIn = (set: string, member: string): boolean => call('zscore', set, member) !== null;
	const bullOf = (id: string): Place['bull'] => {
		for (const name of ['wait', 'active'] as const)
			if ((stand.memory.held.get(of(name))?.value as readonly string[] | undefined)?.includes(id) === true) return name;
		return (['delayed', 'failed', 'completed'] as const).find((name) => isIn(of(name), id));
	};
	return {
		...stand,
		jobs,
		unread,
		notices,
		counted,
		put: (id, data, { bull = 'wait', index = 'open', isSending = false, isUnverified = false, lock } = {}) => {
			call('hset', of(id), 'data', typeof data === 'string' ? data : leadText(data));
			if (bull === 'wait' || bull === 'active') call('lpush', of(bull), id);
			else call('zadd', of(bull), 0, id);
			call('zadd', indexKeys[index], 0, key(id));
			if (index === 'open') call('hincrby', indexKeys.shares, account.group, 1);
			if (isSending) call('sadd', indexKeys.sending, key(id));
			if (isUnverified) call('zadd', indexKeys.unverified, nowMs - 3_600_000, key(id));
			if (lock !== undefined) call('set', of(`${id}:lock`), lock);
			return key(id);
		},
		read: async (id) => {
			const read = await jobs.read(account, id);
			if (read?.kind !== 'lead') throw new Error(`There is no lead ${id}.`);
			return read;
		},
		placeOf: (id) => {
			const index = (['open', 'unconfirmed', 'ended'] as const).find((name) => isIn(indexKeys[name], key(id)));
			const bull = bullOf(id);
			const sending = call('smembers', indexKeys.sending) as readonly string[];
			return {
				...(bull === undefined ? {} : { bull }),
				...(index === undefined ? {} : { index }),
				isSending: sending.includes(key(id)),
				isUnverified: isIn(indexKeys.unverified, key(id)),
				share: Number(call('hget', indexKeys.shares, account.group) ?? 0),
			};
		},
		data: (id) => JSON.parse(String(call('hget', of(id), 'data'))) as Readonly<Record<string, unknown>>,
	};
};
