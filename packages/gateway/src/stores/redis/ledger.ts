import { accountOfId, type Account } from '../../leads/accounts';
import { type LeadRecord, readJobData } from './jobData';
import { endedEvent } from './pubSub';
import { indexKeys, stateKeys, readJobKey, queueKey, jobKey } from './redisKeys';
import { mostUnverified, type Room } from '@icloud-ready/outbox';
import type { Redis } from 'ioredis';

/** A lead's job as one who holds its lock knows it. */
export interface Locked {
	readonly id: string;
	readonly account: Account;
	readonly token: string;
}

/** A lead as it was read: what is written over it must still be this. */
export interface StoredLead {
	readonly id: string;
	readonly account: Account;
	readonly text: string;
	readonly record: LeadRecord;
}

/** For so long a job is its worker's own without a word from it; then another takes it. */
export const lockMs = 15_000;

type Move = 'left' | 'back' | 'unconfirmed' | 'ended';

/** Writes a lead that this worker holds, and where it stands. False: it is not this worker's any more, and nothing was written. */
const write = async (
	redis: Redis,
	{ id, account, token }: Locked,
	record: LeadRecord,
	move: Move,
): Promise<boolean> => {
	const whole = jobKey(account, id);
	const job = queueKey(account.group, id);
	return (
		(await redis.gatewayWrite(
			`${job}:lock`,
			job,
			queueKey(account.group, 'stalled'),
			indexKeys.open,
			indexKeys.sending,
			indexKeys.unconfirmed,
			indexKeys.ended,
			indexKeys.unverified,
			indexKeys.shares,
			token,
			String(lockMs),
			id,
			whole,
			JSON.stringify(record),
			move,
			indexKeys.news,
			endedEvent(whole),
		)) === 1
	);
};

/** Marks a lead as leaving. */
export const markSending = async (redis: Redis, locked: Locked, record: LeadRecord): Promise<boolean> =>
	await write(redis, locked, record, 'left');
/** It waits again. */
export const markWaiting = async (redis: Redis, locked: Locked, record: LeadRecord): Promise<boolean> =>
	await write(redis, locked, record, 'back');
/** It has ended, as `record` says. */
export const markEnded = async (redis: Redis, locked: Locked, record: LeadRecord): Promise<boolean> =>
	await write(redis, locked, record, record.outcome?.outcome === 'unconfirmed' ? 'unconfirmed' : 'ended');

export const readJob = async (redis: Redis, account: Account, id: string): Promise<StoredLead | undefined> => {
	const text = await redis.hget(queueKey(account.group, id), 'data');
	const record = readJobData(text, account.id);
	// One key has one queue for all its organizations.
	return text === null || record === undefined || record.account !== account.id
		? undefined
		: { id, account, text, record };
};

export const readJobByKey = async (redis: Redis, whole: string): Promise<StoredLead | undefined> => {
	const parts = readJobKey(whole);
	return parts === undefined ? undefined : await readJob(redis, accountOfId(parts.accountId), parts.id);
};

/** Ends a lead that nobody sends, if it is still as it was read. `mayWait`: one that waits as well. */
export const endUnsent = async (
	redis: Redis,
	{ id, account, text }: StoredLead,
	record: LeadRecord,
	nowMs: number,
	mayWait: boolean,
): Promise<boolean> => {
	const whole = jobKey(account, id);
	const of = (name: string): string => queueKey(account.group, name);
	return (
		(await redis.gatewaySettle(
			of(`${id}:lock`),
			of(id),
			of('failed'),
			of('completed'),
			of('wait'),
			of('delayed'),
			indexKeys.open,
			indexKeys.unconfirmed,
			indexKeys.ended,
			indexKeys.unverified,
			indexKeys.shares,
			id,
			whole,
			text,
			JSON.stringify(record),
			String(nowMs),
			mayWait ? '1' : '0',
			indexKeys.news,
			endedEvent(whole),
		)) === 1
	);
};

/** Makes a lead that is over ready for another sending; gives where BullMQ is to take it from. */
export const reopen = async (
	redis: Redis,
	{ id, account, text }: StoredLead,
	record: LeadRecord,
	nowMs: number,
): Promise<'failed' | 'completed' | undefined> => {
	const of = (name: string): string => queueKey(account.group, name);
	const from = await redis.gatewayReopen(
		of(id),
		of('failed'),
		of('completed'),
		indexKeys.open,
		indexKeys.unconfirmed,
		indexKeys.ended,
		indexKeys.unverified,
		indexKeys.shares,
		indexKeys.accepted,
		indexKeys.trials,
		id,
		jobKey(account, id),
		text,
		JSON.stringify(record),
		account.id,
		String(nowMs),
	);
	return from === 'failed' || from === 'completed' ? from : undefined;
};

/** Writes a lead that nobody sends anew where it stands, if it is still as it was read. */
export const change = async (redis: Redis, { id, account, text }: StoredLead, record: LeadRecord): Promise<boolean> =>
	(await redis.gatewayChange(
		queueKey(account.group, `${id}:lock`),
		queueKey(account.group, id),
		text,
		JSON.stringify(record),
	)) === 1;

/** The first lead of an account; undefined where it gave none. */
export const firstOf = async (redis: Redis, accountId: string): Promise<string | undefined> =>
	(await redis.get(stateKeys.first(accountId))) ?? undefined;

/** An account is dated by its first lead as long as it may be asked for; one never accepted not much longer than its leads wait. */
const firstForSeconds = 400 * 86_400;
const hourSeconds = 3600;

export interface Limits {
	/** How many leads may wait. */
	readonly most: number;
	/** How long those of accounts never accepted do. */
	readonly unverifiedForMs: number;
}

/** Takes a place in the queue for a lead of this account, or says what is full. */
export const reserve = async (
	redis: Redis,
	{ id, group }: Account,
	whole: string,
	{ most, unverifiedForMs }: Limits,
	nowMs: number,
): Promise<Room> =>
	(await redis.gatewayReserve(
		indexKeys.open,
		indexKeys.unverified,
		indexKeys.shares,
		indexKeys.accepted,
		indexKeys.groups,
		stateKeys.first(id),
		indexKeys.trials,
		whole,
		id,
		group,
		String(most),
		String(mostUnverified(most)),
		String(nowMs),
		String(firstForSeconds),
		String(Math.ceil(unverifiedForMs / 1000) + hourSeconds),
	)) as Room;

/** Gives a place back. */
export const release = async (redis: Redis, whole: string): Promise<void> => {
	await redis.gatewayRelease(indexKeys.open, indexKeys.unverified, indexKeys.shares, whole);
};
