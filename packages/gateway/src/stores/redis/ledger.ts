import type { Account } from '../../leads/accounts';
import { facetsOf, facetsText } from './leadFacets';
import { endedEvent } from './pubSub';
import { indexKeys, queueKey, jobKey } from './redisKeys';
import { type LeadRecord, storedLead } from './schema/lead';
import type { Redis } from 'ioredis';

/** A lead's job as one who holds its lock knows it. */
export interface Locked {
	readonly id: string;
	readonly account: Account;
	readonly token: string;
}

/**
 * For so long a job is its worker's own without a word from it; then another takes it. Longer than Redis may pause to write
 * its files, and short enough that the leads of a gateway that died are told of within half a minute.
 */
export const lockMs = 15_000;

type Move = 'left' | 'back' | 'unconfirmed' | 'ended';

export const leadText = (record: LeadRecord): string => JSON.stringify(storedLead(record));

/** What a gateway knows of the copy of Redis that it has to do with; an empty epoch: it does not look. */
export interface KnownEpoch {
	readonly epoch: string;
	/** So many leads were marked as leaving at least. */
	readonly sentCount: number;
}

const anyEpoch: KnownEpoch = { epoch: '', sentCount: 0 };

/** Writes a lead that this worker holds, and where it stands. 0: it is not this worker's any more, and nothing was written. */
const write = async (
	redis: Redis,
	{ id, account, token }: Locked,
	record: LeadRecord,
	move: Move,
	{ epoch, sentCount }: KnownEpoch = anyEpoch,
): Promise<number> => {
	const key = jobKey(account, id);
	const job = queueKey(account.group, id);
	return await redis.gatewayWrite(
		`${job}:lock`,
		job,
		queueKey(account.group, 'stalled'),
		indexKeys.open,
		indexKeys.sending,
		indexKeys.unconfirmed,
		indexKeys.ended,
		indexKeys.unverified,
		indexKeys.shares,
		indexKeys.epoch,
		indexKeys.sentCount,
		indexKeys.facets,
		token,
		String(lockMs),
		id,
		key,
		leadText(record),
		move,
		indexKeys.events,
		endedEvent(key),
		epoch,
		String(sentCount),
		facetsText(facetsOf(account, record)),
	);
};

/**
 * Marks a lead as leaving; gives the how many-th that is, 0 where it is not this worker's any more, and -1 where Redis is an
 * older copy, or one that another gateway found to be.
 */
export const markLeaving = async (
	redis: Redis,
	locked: Locked,
	record: LeadRecord,
	known?: KnownEpoch,
): Promise<number> => await write(redis, locked, record, 'left', known);
/** The same in any copy. */
export const markSending = async (redis: Redis, locked: Locked, record: LeadRecord): Promise<boolean> =>
	(await markLeaving(redis, locked, record)) > 0;
/** It waits again. */
export const markWaiting = async (redis: Redis, locked: Locked, record: LeadRecord): Promise<boolean> =>
	(await write(redis, locked, record, 'back')) > 0;
/** It has ended, as `record` says. */
export const markEnded = async (redis: Redis, locked: Locked, record: LeadRecord): Promise<boolean> =>
	(await write(redis, locked, record, record.outcome?.outcome === 'unconfirmed' ? 'unconfirmed' : 'ended')) > 0;
