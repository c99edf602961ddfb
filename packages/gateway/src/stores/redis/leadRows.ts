import { accountOfId } from '../../leads/accounts';
import type { List, LeadQueue, LeadRow } from '../../leads/leadQueue';
import type { JobReader, ReadJob } from './jobReader';
import { arrivedAtMsOf, indexKeys, queueKey, readJobKey } from './redisKeys';
import type { LeadRecord } from './schema/lead';
import { textOrNull } from './schema/answers';
import { jobKeyText, only } from './schema/names';
import type { UnreadReport } from './unread';
import { messagesOf } from '@icloud-ready/core';
import type { Why } from '@icloud-ready/outbox';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly jobs: JobReader;
	readonly unread: UnreadReport;
	readonly holdReasonOf: (accountId: string) => Promise<Why | undefined>;
}

const pageSize = 200;
/** A search reads no more than this at once, so that it never keeps leads from leaving. */
const maxRead = 20_000;

const indexOf: Readonly<Record<List, string>> = {
	waiting: indexKeys.open,
	unconfirmed: indexKeys.unconfirmed,
	ended: indexKeys.ended,
};

const holdsText = ({ lead, outcome }: LeadRecord, text: string): boolean =>
	JSON.stringify([lead, outcome === null ? [] : messagesOf(outcome)])
		.toLowerCase()
		.includes(text);

/** Whether a lead is one that is looked for. One that only a newer gateway can read has no text to be found by. */
export const isWanted = (read: ReadJob, list: List, text: string): boolean => {
	if (read?.kind === 'newer') return text === '';
	if (read?.kind !== 'lead') return false;
	return !(list === 'waiting' && read.record.sent !== undefined) && (text === '' || holdsText(read.record, text));
};

/** A lead as the inbox lists it; of one that only a newer gateway can read, that it is there. */
export const rowOf = (key: string, read: ReadJob, why: Why | undefined): LeadRow => {
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
): Promise<{
	readonly leads: readonly (readonly [key: string, read: ReadJob])[];
	readonly last: string | undefined;
}> => {
	const members = await redis.zrevrangebylex(index, after === undefined ? '+' : `(${after}`, '-', 'LIMIT', 0, pageSize);
	const keys = only(jobKeyText, members, () => unread.damaged('index', index));
	const reads = redis.pipeline();
	for (const key of keys) {
		const { id, accountId } = readJobKey(key) ?? { id: '', accountId: '' };
		reads.hget(queueKey(accountOfId(accountId).group, id), 'data');
	}
	const texts = (await reads.exec()) ?? [];
	return {
		leads: keys.map((key, at) => [key, jobs.of(key, textOrNull.parse(texts[at]?.[1] ?? null))]),
		last: members.length < pageSize ? undefined : members.at(-1),
	};
};

/** Leads of a list, newest first, that hold a text. */
export const createLeadList =
	(means: Means): LeadQueue['list'] =>
	async (list, { text, after, limit }) => {
		const wanted = text.trim().toLowerCase();
		const leads: LeadRow[] = [];
		let next = after;
		for (let read = 0; read < maxRead; read += pageSize) {
			const page = await pageOf(means, indexOf[list], next);
			for (const [key, job] of page.leads) {
				if (!isWanted(job, list, wanted)) continue;
				const isHeld = list === 'waiting' && job?.kind === 'lead';
				leads.push(rowOf(key, job, isHeld ? await means.holdReasonOf(job.account.id) : undefined));
				if (leads.length === limit) return { leads, next: key };
			}
			if (page.last === undefined) return { leads };
			next = page.last;
		}
		return { leads, ...(next === undefined ? {} : { next }) };
	};
