import type { Account } from '../../leads/accounts';
import type { LeadState } from '../../leads/leadState';
import { stateOf } from './jobData';
import type { JobReader } from './jobReader';
import { indexKeys, isId, jobKey } from './redisKeys';
import { answersOf } from './schema/answers';
import type { HoldReason } from '@icloud-ready/core';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly jobs: JobReader;
	readonly holdReasonOf: (accountId: string) => Promise<HoldReason | undefined>;
	/** Whether this gateway took the lead in, so that it is safe also where Redis cannot be asked. */
	readonly isOwn: (key: string) => boolean;
}

/** Whether this account has such a lead, as the indexes tell: what a newer gateway wrote does not tell whose it is. */
const isIndexed = async (redis: Redis, key: string): Promise<boolean> => {
	const scores = answersOf(
		await redis
			.pipeline()
			.zscore(indexKeys.open, key)
			.zscore(indexKeys.unconfirmed, key)
			.zscore(indexKeys.ended, key)
			.exec(),
	);
	return scores.some((score) => score !== null);
};

/** Where a lead stands, for its giver. Rejects where Redis cannot be asked, but for leads of this gateway's own. */
export const createLeadStates =
	({ redis, jobs, holdReasonOf, isOwn }: Means) =>
	async (account: Account, id: string): Promise<LeadState | undefined> => {
		if (!isId(id)) return undefined;
		const key = jobKey(account, id);
		try {
			const read = await jobs.read(account, id);
			// Its giver asks again, and a gateway that can read it tells the end.
			if (read?.kind === 'newer') return (await isIndexed(redis, key)) ? { kind: 'waiting' } : undefined;
			if (read?.kind !== 'lead') return undefined;
			const state = stateOf(read.record);
			if (state.kind === 'ended') return state;
			const why = await holdReasonOf(account.id);
			return { kind: state.kind, ...(why === undefined ? {} : { why }) };
		} catch (error) {
			if (!isOwn(key)) throw error;
			return { kind: 'waiting', why: 'disk' };
		}
	};
