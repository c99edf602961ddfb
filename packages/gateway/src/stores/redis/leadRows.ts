import { accountOfId } from '../../leads/accounts';
import type { List, LeadQueue, LeadRow } from '../../leads/leadQueue';
import type { JobReader, ReadJob } from './jobReader';
import { arrivedAtMsOf, indexKeys, queueKey, readJobKey } from './redisKeys';
import { textOrNull } from './schema/answers';
import { jobKeyText, only } from './schema/names';
import type { UnreadReport } from './unread';
import type { HoldReason } from '@icloud-ready/core';
import { holdsText, type SearchedPage, searchPages, searchPageSize } from '@icloud-ready/outbox';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly jobs: JobReader;
	readonly unread: UnreadReport;
	readonly holdReasonOf: (accountId: string) => Promise<HoldReason | undefined>;
}

const indexOf: Readonly<Record<List, string>> = {
	waiting: indexKeys.open,
	unconfirmed: indexKeys.unconfirmed,
	ended: indexKeys.ended,
};

/** Whether a lead is one that is looked for. One that only a newer gateway can read has no text to be found by. */
export const isWanted = (read: ReadJob, list: List, text: string): boolean => {
	if (read?.kind === 'newer') return text === '';
	if (read?.kind !== 'lead') return false;
	const { lead, outcome, sent } = read.record;
	return !(list === 'waiting' && sent !== undefined) && (text === '' || holdsText(lead, outcome, text));
};

/** A lead as the inbox lists it; of one that only a newer gateway can read, that it is there. */
export const rowOf = (key: string, read: ReadJob, why: HoldReason | undefined): LeadRow => {
	const publicId = readJobKey(key)?.id ?? '';
	const held = why === undefined ? {} : { why };
	if (read?.kind !== 'lead')
		return {
			id: key,
			publicId,
			arrivedAtMs: arrivedAtMsOf(key),
			name: '',
			phone: '',
			outcome: null,
			...held,
		};
	const { arrivedAtMs, endedAtMs, lead, outcome, resolved } = read.record;
	const { firstName, lastName, phone } = lead.leadInformation;
	return {
		id: key,
		publicId,
		arrivedAtMs,
		name: [firstName, lastName].filter((name) => name !== undefined).join(' '),
		phone,
		outcome: outcome?.outcome ?? null,
		...(outcome === null ? {} : { sent: outcome }),
		...(endedAtMs === undefined ? {} : { endedAtMs }),
		...(resolved === undefined ? {} : { resolved }),
		...held,
	};
};

/** A page of a list, newest first, after the key `after`. */
const pageOf = async (
	{ redis, jobs, unread }: Means,
	index: string,
	after: string | undefined,
): Promise<SearchedPage<ReadJob>> => {
	const from = after === undefined ? '+' : `(${after}`;
	const members = await redis.zrevrangebylex(index, from, '-', 'LIMIT', 0, searchPageSize);
	const keys = only(jobKeyText, members, () => unread.damaged('index', index));
	const reads = redis.pipeline();
	for (const key of keys) {
		const { id, accountId } = readJobKey(key) ?? { id: '', accountId: '' };
		reads.hget(queueKey(accountOfId(accountId).group, id), 'data');
	}
	const texts = (await reads.exec()) ?? [];
	const last = members.length < searchPageSize ? undefined : members.at(-1);
	return {
		items: keys.map((key, at) => [key, jobs.of(key, textOrNull.parse(texts[at]?.[1] ?? null))] as const),
		...(last === undefined ? {} : { next: last }),
	};
};

/** Leads of a list, newest first, that hold a text. */
export const createLeadList =
	(means: Means): LeadQueue['list'] =>
	async (list, { text, after, limit }) => {
		const wanted = text.trim().toLowerCase();
		const { items, next } = await searchPages(
			async (place) => await pageOf(means, indexOf[list], place),
			(job) => isWanted(job, list, wanted),
			{ limit, ...(after === undefined ? {} : { after }) },
		);
		const leads: LeadRow[] = [];
		for (const [key, job] of items) {
			const isHeld = list === 'waiting' && job?.kind === 'lead';
			leads.push(rowOf(key, job, isHeld ? await means.holdReasonOf(job.account.id) : undefined));
		}
		return { leads, ...(next === undefined ? {} : { next }) };
	};
