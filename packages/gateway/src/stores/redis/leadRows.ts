import { accountOfId } from '../../leads/accounts';
import type { List, LeadQueue, LeadRow } from '../../leads/leadQueue';
import type { JobReader, ReadJob, StoredLead } from './jobReader';
import { arrivedAtMsOf, indexKeys, isId, queueKey, readJobKey } from './redisKeys';
import { textOrNull } from './schema/answers';
import { jobKeyText, only } from './schema/names';
import type { UnreadReport } from './unread';
import type { HoldReason } from '@icloud-ready/core';
import { holdsText, type SearchedPage, searchPages, searchPageSize } from '@icloud-ready/outbox';
import { isFiltered, type LeadFilter } from '@icloud-ready/outbox/view/filter';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly jobs: JobReader;
	readonly unread: UnreadReport;
	readonly holdReasonOf: (accountId: string) => Promise<HoldReason | undefined>;
}

/** Keys alone are short. */
const keysAtOnce = 5000;

const arrivalPrefix = (ms: number): string => String(Math.max(0, Math.floor(ms))).padStart(13, '0');
const organizationOf = (key: string): string => accountOfId(readJobKey(key)?.accountId ?? '').organization;

const indexOf: Readonly<Record<List, string>> = {
	waiting: indexKeys.open,
	unconfirmed: indexKeys.unconfirmed,
	ended: indexKeys.ended,
};

const isIn = ({ record, account }: StoredLead, filter: LeadFilter, why: HoldReason | undefined): boolean => {
	const { outcome, source, organization, from = 0, to = Number.POSITIVE_INFINITY } = filter;
	const { arrivedAtMs, correctedBy, resolved, lead } = record;
	const end = correctedBy === undefined ? (resolved ?? record.outcome?.outcome) : 'corrected';
	return (
		(outcome === undefined || end === outcome) &&
		(source === undefined || (lead.leadSource ?? '') === source) &&
		(organization === undefined || account.organization === organization) &&
		(filter.why === undefined || why === filter.why) &&
		arrivedAtMs >= from &&
		arrivedAtMs < to
	);
};

/**
 * Whether a lead is one that is looked for. One that only a newer gateway can read has no text to be found by. `why`: what
 * holds its account back.
 */
export const isWanted = (
	read: ReadJob,
	list: List,
	text: string,
	filter: LeadFilter = {},
	why?: HoldReason,
): boolean => {
	if (read?.kind === 'newer') return text === '' && !isFiltered(filter);
	if (read?.kind !== 'lead') return false;
	const { lead, outcome, sent } = read.record;
	if (list === 'waiting' && sent !== undefined) return false;
	return isIn(read, filter, why) && (text === '' || read.id === text || holdsText(lead, outcome, text));
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
			email: '',
			source: '',
			organization: accountOfId(readJobKey(key)?.accountId ?? '').organization,
			...held,
		};
	const { arrivedAtMs, endedAtMs, lead, outcome, resolved, organizationId, correctedBy } = read.record;
	const { firstName, lastName, phone, email = '' } = lead.leadInformation;
	return {
		id: key,
		publicId,
		arrivedAtMs,
		name: [firstName, lastName].filter((name) => name !== undefined).join(' '),
		phone,
		email,
		source: lead.leadSource ?? '',
		organization: read.account.organization,
		...(organizationId === undefined ? {} : { organizationId }),
		...(correctedBy === undefined ? {} : { isCorrected: true }),
		outcome: outcome?.outcome ?? null,
		...(outcome === null ? {} : { sent: outcome }),
		...(endedAtMs === undefined ? {} : { endedAtMs }),
		...(resolved === undefined ? {} : { resolved }),
		...held,
	};
};

/** A page of a list, newest first, after the key `after`. Ids begin with the time of arrival, so a filter by it reads no more. */
const pageOf = async (
	{ redis, jobs, unread }: Means,
	index: string,
	after: string | undefined,
	{ from, to, organization }: LeadFilter,
): Promise<SearchedPage<ReadJob>> => {
	const first = to === undefined ? '+' : `(${arrivalPrefix(to)}`;
	const last = from === undefined ? '-' : `[${arrivalPrefix(from)}`;
	const members = await redis.zrevrangebylex(
		index,
		after === undefined ? first : `(${after}`,
		last,
		'LIMIT',
		0,
		organization === undefined ? searchPageSize : keysAtOnce,
	);
	const all = only(jobKeyText, members, () => unread.damaged('index', index));
	// Whose a lead is stands in its key, so that leads of others need not be read.
	const keys = organization === undefined ? all : all.filter((key) => organizationOf(key) === organization);
	const reads = redis.pipeline();
	for (const key of keys) {
		const { id, accountId } = readJobKey(key) ?? { id: '', accountId: '' };
		reads.hget(queueKey(accountOfId(accountId).group, id), 'data');
	}
	const texts = (await reads.exec()) ?? [];
	const isLast = members.length < (organization === undefined ? searchPageSize : keysAtOnce);
	const next = isLast ? undefined : members.at(-1);
	return {
		items: keys.map((key, at) => [key, jobs.of(key, textOrNull.parse(texts[at]?.[1] ?? null))] as const),
		...(next === undefined ? {} : { next }),
	};
};

/** The key of a lead of a list by the id that somebody typed. */
const keyOfId = async (redis: Redis, index: string, id: string): Promise<string | undefined> =>
	(await redis.zrangebylex(index, `[${id}~`, `(${id}\x7f`, 'LIMIT', 0, 1))[0];

/** Leads of a list, newest first, that hold a text and are as the filter says. */
export const createLeadList =
	(means: Means): LeadQueue['list'] =>
	async (list, { text, after, limit, filter = {} }) => {
		const wanted = text.trim().toLowerCase();
		const whyOf = new Map<string, HoldReason | undefined>();
		const learn = async (jobs: readonly (readonly [string, ReadJob])[]): Promise<void> => {
			if (list !== 'waiting') return;
			for (const [, job] of jobs)
				if (job?.kind === 'lead' && !whyOf.has(job.account.id))
					whyOf.set(job.account.id, await means.holdReasonOf(job.account.id));
		};
		const whyOfJob = (job: ReadJob): HoldReason | undefined =>
			job?.kind === 'lead' ? whyOf.get(job.account.id) : undefined;
		const byId = after === undefined && isId(wanted) ? await keyOfId(means.redis, indexOf[list], wanted) : undefined;
		if (byId !== undefined) {
			const job = await means.jobs.readByKey(byId);
			await learn([[byId, job]]);
			const isHere = isWanted(job, list, wanted, filter, whyOfJob(job));
			return { leads: isHere ? [rowOf(byId, job, whyOfJob(job))] : [] };
		}
		const { items, next } = await searchPages(
			async (place) => {
				const page = await pageOf(means, indexOf[list], place, filter);
				if (filter.why !== undefined) await learn(page.items);
				return page;
			},
			(job) => isWanted(job, list, wanted, filter, whyOfJob(job)),
			{ limit, ...(after === undefined ? {} : { after }) },
		);
		await learn(items);
		return {
			leads: items.map(([key, job]) => rowOf(key, job, whyOfJob(job))),
			...(next === undefined ? {} : { next }),
		};
	};
