import type { Secrets } from '../../leads/accounts';
import type { PutResult } from '../../leads/leadQueue';
import { isFree } from '../../leads/sentLead';
import { type Submission, isSameBody } from '../../leads/submittedLead';
import { type Limits, release, reserve } from './admission';
import { addJob, type AddMeans, freeKey, jobIdOf } from './addJob';
import { jobDataFor } from './jobData';
import type { JobReader, ReadJob } from './jobReader';
import { facetsOf } from './leadFacets';
import { jobKey, newId, stateKeys } from './redisKeys';
import { leadId, only } from './schema/names';
import type { LeadRecord } from './schema/lead';
import type { UnreadReport } from './unread';
import type { Room } from '@icloud-ready/outbox';
import { randomBytes } from 'node:crypto';

interface Means extends Limits, AddMeans {
	readonly jobs: JobReader;
	readonly secrets: Secrets;
	readonly now: () => number;
	readonly unread: UnreadReport;
	/** The id of a lead with this idempotency key that left, and that a copy of Redis knows nothing of. */
	readonly forgotten: (key: string) => Promise<string | undefined>;
	/** `keyNeeded`: leads of its account that wait for its key. */
	readonly onCredentials: (given: Submission, keyNeeded: readonly string[]) => void;
}

/** Between two looks another gateway may have freed the key and taken a lead with it in; so often in a row none does. */
const maxRounds = 5;

/** What became of a lead with the same idempotency key: whether it leaves the key to another one. */
const leavesKey = ({ endedAtMs, unreadable, ...record }: LeadRecord): boolean =>
	endedAtMs !== undefined && unreadable !== true && isFree(record);

/** What is said of a lead that was given before; undefined where it is given anew. `id`: of the one before. */
export const replayOf = (given: Submission, id: string, before: ReadJob): PutResult | undefined => {
	if (before === undefined) return undefined;
	const replay: PutResult = { kind: 'kept', id, isReplay: true };
	// What it said cannot be read, and to take it for another lead might double it.
	if (before.kind !== 'lead' || before.record.unreadable === true) return replay;
	if (leavesKey(before.record)) return undefined;
	return given.key?.isNamed === true && !isSameBody(before.record.body, given.body)
		? { kind: 'otherBody', id }
		: replay;
};

const addOnce = async (means: Means, given: Submission, id: string, record: LeadRecord): Promise<PutResult> => {
	for (let round = 0; round < maxRounds; round++) {
		const added = await addJob(means, given, id, record);
		if (added.kind !== 'added') return added.kind === 'unknown' ? { kind: 'unknown', id } : { kind: 'unwritten' };
		if (added.id === id || given.key === undefined) return { kind: 'kept', id: added.id, isReplay: false };
		const replay = replayOf(given, added.id, await means.jobs.read(given.account, added.id));
		if (replay !== undefined) return replay;
		await freeKey(means, given.account, given.key.text, added.id);
	}
	return { kind: 'unwritten' };
};

const whereFull = async (means: Means, given: Submission, full: Exclude<Room, 'room'>): Promise<PutResult> => {
	const id = await jobIdOf(means, given);
	const replay = id === undefined ? undefined : replayOf(given, id, await means.jobs.read(given.account, id));
	return replay ?? { kind: full };
};

/** Whether it left already, and only this gateway's own disk knows. */
const whereForgotten = async ({ forgotten }: Means, { key }: Submission): Promise<PutResult | undefined> => {
	const id = key === undefined ? undefined : await forgotten(key.text);
	return id === undefined ? undefined : { kind: 'unknown', id };
};

/** Takes leads in: each is in Redis when its giver hears of it, and one of those with the same idempotency key. */
export const createEnqueue =
	(means: Means) =>
	async (given: Submission): Promise<PutResult> => {
		const { commands, secrets, unread } = means;
		const { account } = given;
		try {
			const before = await whereForgotten(means, given);
			if (before !== undefined) return before;
		} catch {
			return { kind: 'unwritten' };
		}
		const nowMs = means.now();
		const id = newId(nowMs, randomBytes(8).toString('hex'));
		const key = jobKey(account, id);
		const record = jobDataFor(given, secrets, nowMs);
		const facets = facetsOf(account, record);
		let result: PutResult = { kind: 'unwritten' };
		try {
			const [room, keyNeeded] = await Promise.all([
				reserve(commands, account, { key, facets }, means, nowMs),
				commands.smembers(stateKeys.keyNeeded(account.id)),
			]);
			means.onCredentials(
				given,
				only(leadId, keyNeeded, () => unread.damaged('index', stateKeys.keyNeeded(account.id))),
			);
			result = room === 'room' ? await addOnce(means, given, id, record) : await whereFull(means, given, room);
			return result;
		} catch {
			// All but the adding only asks, and that says for itself what came of it.
			return result;
		} finally {
			const isIn = result.kind === 'unknown' || (result.kind === 'kept' && !result.isReplay);
			if (!isIn) release(commands, key, facets).catch(() => undefined);
		}
	};
