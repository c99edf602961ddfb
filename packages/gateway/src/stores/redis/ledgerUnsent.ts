import type { StoredLead } from './jobReader';
import { facetsOf, facetsText } from './leadFacets';
import { leadText } from './ledger';
import { endedEvent } from './pubSub';
import { indexKeys, jobKey, queueKey } from './redisKeys';
import type { LeadRecord } from './schema/lead';
import type { Redis } from 'ioredis';

/** Ends a lead that nobody sends, if it is still as it was read. `mayWait`: one that waits as well. */
export const endUnsent = async (
	redis: Redis,
	{ id, account, text }: StoredLead,
	record: LeadRecord,
	nowMs: number,
	mayWait: boolean,
): Promise<boolean> => {
	const key = jobKey(account, id);
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
			indexKeys.facets,
			id,
			key,
			text,
			leadText(record),
			String(nowMs),
			mayWait ? '1' : '0',
			indexKeys.events,
			endedEvent(key),
			facetsText(facetsOf(account, record)),
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
		indexKeys.verified,
		indexKeys.trials,
		indexKeys.facets,
		id,
		jobKey(account, id),
		text,
		leadText(record),
		account.id,
		String(nowMs),
		facetsText(facetsOf(account, record)),
	);
	return from === 'failed' || from === 'completed' ? from : undefined;
};

/** Writes a lead that nobody sends anew where it stands, if it is still as it was read. */
export const change = async (redis: Redis, { id, account, text }: StoredLead, record: LeadRecord): Promise<boolean> =>
	(await redis.gatewayChange(
		queueKey(account.group, `${id}:lock`),
		queueKey(account.group, id),
		indexKeys.facets,
		text,
		leadText(record),
		jobKey(account, id),
		facetsText(facetsOf(account, record)),
	)) === 1;

/** Notes by what a lead is found, if it is still as it was read. */
export const note = async (redis: Redis, { id, account, text, record }: StoredLead): Promise<boolean> =>
	(await redis.gatewayNote(
		queueKey(account.group, id),
		indexKeys.facets,
		text,
		jobKey(account, id),
		facetsText(facetsOf(account, record)),
	)) === 1;
