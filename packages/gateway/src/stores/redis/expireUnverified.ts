import type { Account } from '../../leads/accounts';
import type { AttemptResult } from '../../leads/leadState';
import { type QueueEvents, givenUpNotice } from '../../leads/queueOptions';
import { endedWith, waitsSinceMs } from './jobData';
import type { JobReader, ReadJob, StoredLead } from './jobReader';
import { endUnsent } from './ledgerUnsent';
import { indexKeys, stateKeys, queueKey } from './redisKeys';
import type { VerifiedAccounts } from './verifiedAccounts';
import { givenUp } from '@icloud-ready/outbox';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly jobs: JobReader;
	readonly verified: Pick<VerifiedAccounts, 'has'>;
	/** How long a lead of an account that was never verified may wait, in ms. */
	readonly forMs: number;
	readonly events: QueueEvents;
	readonly now: () => number;
}

const maxAtOnce = 500;
/** One that nobody refused so far, or that is on its way just now, is looked at again after so long. */
const againMs = 60_000;

/** What becomes of a lead that waited too long: it is no more to be looked at, is looked at again, or ends. */
export type Expiry =
	| { readonly kind: 'forget' }
	| { readonly kind: 'lookAgain' }
	| { readonly kind: 'end'; readonly lead: StoredLead; readonly outcome: AttemptResult };

/** `read`: the lead as it stands; `isVerified`: its account was verified meanwhile. */
export const expiryOf = (read: ReadJob, isVerified: boolean, nowMs: number): Expiry => {
	// A newer gateway knows what to do with its own.
	if (read?.kind === 'newer') return { kind: 'lookAgain' };
	if (read?.kind !== 'lead' || read.record.endedAtMs !== undefined || isVerified) return { kind: 'forget' };
	const { record } = read;
	// One that cannot be read ends as such when its turn comes.
	if (record.sent !== undefined || record.unreadable === true) return { kind: 'lookAgain' };
	const outcome = givenUp({ ...record, warnings: [] }, nowMs - waitsSinceMs(record));
	return outcome === undefined ? { kind: 'lookAgain' } : { kind: 'end', lead: read, outcome };
};

/** Nothing of this key waits any more, so what held it is forgotten, and its next lead is tried at once. */
const forgetHolds = async (redis: Redis, { id, group }: Account): Promise<void> => {
	if ((await redis.hexists(indexKeys.shares, group)) === 1) return;
	await redis
		.pipeline()
		.del(stateKeys.hold(group), stateKeys.hold(id), stateKeys.probe(id), queueKey(group, 'limiter'))
		.zrem(indexKeys.trials, group)
		.exec();
};

const end = async (
	{ redis, events, now }: Means,
	{ lead, outcome }: Extract<Expiry, { kind: 'end' }>,
): Promise<boolean> => {
	const { record } = lead;
	if (!(await endUnsent(redis, lead, endedWith(record, outcome, now()), now(), true))) return false;
	await forgetHolds(redis, lead.account);
	events.ended(lead.id, outcome, now() - record.arrivedAtMs, record.lead);
	return true;
};

/** Ends leads of accounts never verified that waited too long; whichever gateway comes first. Resolves with how many that were. */
export const expireUnverified = async (means: Means): Promise<number> => {
	const { redis, jobs, verified, forMs, events, now } = means;
	let count = 0;
	for (const key of await redis.zrangebyscore(indexKeys.unverified, '-inf', now() - forMs, 'LIMIT', 0, maxAtOnce)) {
		const read = await jobs.readByKey(key);
		const isVerified = read?.kind === 'lead' && (await verified.has(read.account.id));
		const expiry = expiryOf(read, isVerified, now());
		if (expiry.kind === 'forget') await redis.zrem(indexKeys.unverified, key);
		else if (expiry.kind === 'end' && (await end(means, expiry))) count++;
		else await redis.zadd(indexKeys.unverified, 'XX', now() - forMs + Math.min(againMs, forMs), key);
	}
	if (count > 0) events.notice(givenUpNotice(count));
	return count;
};
