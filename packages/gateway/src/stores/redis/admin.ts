import { accountOfId } from '../../leads/accounts';
import type { LeadQueue, LeadRow } from '../../leads/leadQueue';
import type { Resolved } from '../../leads/leadState';
import { reopened, type LeadRecord, readJobData, withoutSealed } from './jobData';
import { readJobByKey, reopen, endUnsent } from './ledger';
import { indexKeys, readJobKey, queueKey } from './redisKeys';
import type { WorkerPool } from './workers';
import { messagesOf } from '@icloud-ready/core';
import type { Why } from '@icloud-ready/outbox';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly lanes: Pick<WorkerPool, 'queueOf' | 'start'>;
	readonly why: (accountId: string) => Promise<Why | undefined>;
	readonly now: () => number;
}

type Mending = Pick<LeadQueue, 'list' | 'retry' | 'arrived' | 'discard'>;

const pageSize = 200;
/** A search reads no more than this at once, so that it never keeps leads from leaving. */
const mostRead = 20_000;

const holdsText = ({ lead, outcome }: LeadRecord, text: string): boolean =>
	JSON.stringify([lead, outcome === null ? [] : messagesOf(outcome)])
		.toLowerCase()
		.includes(text);

const shown = (
	whole: string,
	{ arrivedAtMs, endedAtMs, lead, outcome, resolved }: LeadRecord,
	why: Why | undefined,
): LeadRow => {
	const { firstName, lastName, phone } = lead.leadInformation;
	return {
		id: whole,
		publicId: readJobKey(whole)?.id ?? '',
		arrivedAtMs,
		name: [firstName, lastName].filter((name) => name !== undefined).join(' '),
		phone,
		outcome: outcome?.outcome ?? null,
		...(outcome === null ? {} : { sent: outcome }),
		...(endedAtMs === undefined ? {} : { endedAtMs }),
		...(why === undefined ? {} : { why }),
		...(resolved === undefined ? {} : { resolved }),
	};
};

const shelfOf = { waiting: indexKeys.open, unconfirmed: indexKeys.unconfirmed, ended: indexKeys.ended } as const;

/** What a person can see and do, whichever gateway holds the lead. */
export const createAdmin = ({ redis, lanes, why, now }: Means): Mending => {
	/** A page of a shelf, newest first. */
	const pageOf = async (
		shelf: string,
		after: string | undefined,
	): Promise<readonly (readonly [whole: string, record: LeadRecord | undefined])[]> => {
		const wholes = await redis.zrevrangebylex(
			shelf,
			after === undefined ? '+' : `(${after}`,
			'-',
			'LIMIT',
			0,
			pageSize,
		);
		const reads = redis.pipeline();
		for (const whole of wholes) {
			const { id, accountId } = readJobKey(whole) ?? { id: '', accountId: '' };
			reads.hget(queueKey(accountOfId(accountId).group, id), 'data');
		}
		const texts = (await reads.exec()) ?? [];
		return wholes.map((whole, index) => [
			whole,
			readJobData(texts[index]?.[1] as string | null | undefined, readJobKey(whole)?.accountId),
		]);
	};
	const resolve =
		(resolved: Resolved, mayWait: boolean) =>
		async (whole: string): Promise<boolean> => {
			const read = await readJobByKey(redis, whole);
			if (read === undefined || (read.record.endedAtMs === undefined && !mayWait)) return false;
			return await endUnsent(
				redis,
				read,
				{ ...withoutSealed(read.record), resolved, endedAtMs: now() },
				now(),
				mayWait,
			);
		};

	return {
		list: async (list, { text, after, limit }) => {
			const wanted = text.trim().toLowerCase();
			const leads: LeadRow[] = [];
			let last = after;
			for (let read = 0; read < mostRead; read += pageSize) {
				const page = await pageOf(shelfOf[list], last);
				for (const [whole, record] of page) {
					last = whole;
					if (
						record === undefined ||
						(list === 'waiting' && record.sent !== undefined) ||
						(wanted !== '' && !holdsText(record, wanted))
					)
						continue;
					leads.push(shown(whole, record, list === 'waiting' ? await why(record.account) : undefined));
					if (leads.length === limit) return { leads, next: whole };
				}
				if (page.length < pageSize) return { leads };
			}
			return { leads, ...(last === undefined ? {} : { next: last }) };
		},
		retry: async (whole) => {
			const read = await readJobByKey(redis, whole);
			if (read?.record.endedAtMs === undefined || read.record.unreadable === true) return false;
			const from = await reopen(redis, read, reopened(read.record, now()), now());
			if (from === undefined) return false;
			const { group } = read.account;
			const job = await lanes.queueOf(group).getJob(read.id);
			const isMoved =
				(await job?.retry(from).then(
					() => true,
					() => false,
				)) === true;
			lanes.start(group);
			return isMoved;
		},
		arrived: resolve('arrived', false),
		discard: resolve('discarded', true),
	};
};
