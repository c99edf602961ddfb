import type { Account } from '../../leads/accounts';
import { type Facet, facetsText } from './leadFacets';
import { indexKeys, stateKeys } from './redisKeys';
import { mostUnverified, type Room } from '@icloud-ready/outbox';
import type { Redis } from 'ioredis';
import * as z from 'zod/v4';

export interface Limits {
	/** How many leads may wait; at least 1. */
	readonly maxWaiting: number;
	/** How long those of accounts never verified do, in ms. */
	readonly unverifiedForMs: number;
}

/** An account is dated by its first lead as long as it may be asked for; one never verified not much longer than its leads wait. */
const firstForSeconds = 400 * 86_400;
const hourSeconds = 3600;

const room: z.ZodType<Room> = z.enum(['room', 'full', 'keyFull', 'unverifiedFull']);

/** Takes a place in the queue for a lead of this account, or says what is full. `facets`: what it is found by. */
export const reserve = async (
	redis: Redis,
	{ id, group }: Account,
	{ key, facets }: { readonly key: string; readonly facets: readonly Facet[] },
	{ maxWaiting, unverifiedForMs }: Limits,
	nowMs: number,
): Promise<Room> =>
	room.parse(
		await redis.gatewayReserve(
			indexKeys.open,
			indexKeys.unverified,
			indexKeys.shares,
			indexKeys.verified,
			indexKeys.groups,
			stateKeys.first(id),
			indexKeys.trials,
			indexKeys.facets,
			key,
			id,
			group,
			String(maxWaiting),
			String(mostUnverified(maxWaiting)),
			String(nowMs),
			String(firstForSeconds),
			String(Math.ceil(unverifiedForMs / 1000) + hourSeconds),
			facetsText(facets),
		),
	);

/** Gives a place back; `facets`: what a lead that is not kept is found by no more. */
export const release = async (
	redis: Pick<Redis, 'gatewayRelease'>,
	key: string,
	facets: readonly Facet[] = [],
): Promise<void> => {
	await redis.gatewayRelease(
		indexKeys.open,
		indexKeys.unverified,
		indexKeys.shares,
		indexKeys.facets,
		key,
		facetsText(facets),
	);
};

/** The first lead of an account; undefined where it gave none. */
export const firstOf = async (redis: Redis, accountId: string): Promise<string | undefined> =>
	(await redis.get(stateKeys.first(accountId))) ?? undefined;
