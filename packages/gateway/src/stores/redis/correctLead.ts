import type { Secrets } from '../../leads/accounts';
import type { LeadDetail, LeadQueue } from '../../leads/leadQueue';
import { type AddMeans, addJob } from './addJob';
import { type Limits, release, reserve } from './admission';
import { waitsSinceMs } from './jobData';
import type { JobReader } from './jobReader';
import { facetsOf } from './leadFacets';
import { rowOf } from './leadRows';
import { change } from './ledgerUnsent';
import { jobKey, newId } from './redisKeys';
import type { LeadRecord } from './schema/lead';
import type { HoldReason } from '@icloud-ready/core';
import type { Redis } from 'ioredis';
import { randomBytes } from 'node:crypto';

interface Means extends Limits, AddMeans {
	readonly commands: Redis;
	readonly jobs: JobReader;
	readonly secrets: Secrets;
	readonly now: () => number;
	readonly holdReasonOf: (accountId: string) => Promise<HoldReason | undefined>;
	/** One more waits of this key. */
	readonly onEnqueued: (group: string) => void;
}

const listOf = ({ endedAtMs, sent, outcome, resolved }: LeadRecord): LeadDetail['list'] => {
	if (endedAtMs === undefined) return sent === undefined ? 'waiting' : 'sending';
	return outcome?.outcome === 'unconfirmed' && resolved === undefined ? 'unconfirmed' : 'ended';
};

/** All that is kept of a lead. */
export const createFind =
	({ jobs, holdReasonOf }: Pick<Means, 'jobs' | 'holdReasonOf'>): LeadQueue['find'] =>
	async (key) => {
		const read = await jobs.readByKey(key);
		if (read?.kind !== 'lead') return undefined;
		const { record, account } = read;
		const { body, attemptedAtMs, earlier = [], correctionOf, correctedBy } = record;
		const list = listOf(record);
		const why = list === 'waiting' ? await holdReasonOf(account.id) : undefined;
		return {
			list,
			row: rowOf(key, read, why),
			body,
			sinceMs: waitsSinceMs(record),
			earlier,
			...(attemptedAtMs === undefined ? {} : { attemptedAtMs }),
			...(correctionOf === undefined ? {} : { correctionOf }),
			...(correctedBy === undefined ? {} : { correctedBy }),
		};
	};

/**
 * Makes a new lead of an invalid one. The new one comes first, under a deduplication key that the first alone has: whoever
 * asks again after a crash in between meets it, and the first is marked then.
 */
export const createCorrect =
	(means: Means): LeadQueue['correct'] =>
	async (key, { body, lead }) => {
		const { commands, jobs, secrets, now, onEnqueued } = means;
		const read = await jobs.readByKey(key);
		if (read?.kind !== 'lead' || read.record.unreadable === true) return { kind: 'notThere' };
		const { account, record } = read;
		if (record.correctedBy !== undefined) return { kind: 'corrected', id: record.correctedBy };
		if (record.endedAtMs === undefined || record.outcome?.outcome !== 'invalid') return { kind: 'notThere' };
		const nowMs = now();
		const id = newId(nowMs, randomBytes(8).toString('hex'));
		const mine = jobKey(account, id);
		const { organizationId } = record;
		const second: LeadRecord = {
			account: account.id,
			arrivedAtMs: nowMs,
			body,
			lead,
			outcome: null,
			correctionOf: key,
			...(organizationId === undefined ? {} : { organizationId }),
		};
		const facets = facetsOf(account, second);
		if ((await reserve(commands, account, { key: mine, facets }, means, nowMs)) !== 'room') return { kind: 'full' };
		const mark = secrets.markOf(account, 'correction', key);
		const added = await addJob(means, { account, key: { text: mark } }, id, second);
		if (added.kind !== 'added' || added.id !== id) await release(commands, mine, facets);
		if (added.kind !== 'added') throw new Error('Nobody knows whether it was kept.');
		const correctedBy = jobKey(account, added.id);
		await change(commands, read, { ...record, correctedBy });
		onEnqueued(account.group);
		return { kind: 'corrected', id: correctedBy };
	};
