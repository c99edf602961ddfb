import { accountOfId } from '../../leads/accounts';
import type { Queue, Shown } from '../../leads/leadQueue';
import type { Resolved } from '../../leads/leadState';
import { anew, type LeadRecord, readRecord, withoutSealed } from './jobData';
import { readWhole, reopen, settle } from './ledger';
import { books, partsOf, queueKey } from './redisKeys';
import type { Lanes } from './workers';
import type { Why } from '@icloud-ready/outbox';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly lanes: Pick<Lanes, 'queueOf' | 'start'>;
	readonly why: (accountId: string) => Promise<Why | undefined>;
	readonly now: () => number;
}

type Mending = Pick<Queue, 'list' | 'retry' | 'arrived' | 'discard'>;

const pageSize = 200;
/** A search reads no more than this at once, so that it never keeps leads from leaving. */
const mostRead = 20_000;

const holdsText = ({ lead, outcome }: LeadRecord, text: string): boolean => JSON.stringify([lead, outcome?.message]).toLowerCase().includes(text);

const shown = (whole: string, { arrivedAtMs, endedAtMs, lead, outcome, resolved }: LeadRecord, why: Why | undefined): Shown => {
	const { firstName, lastName, phone } = lead.leadInformation;
	return {
		id: whole, publicId: partsOf(whole)?.id ?? '', arrivedAtMs, name: [firstName, lastName].filter((name) => name !== undefined).join(' '), phone,
		outcome: outcome?.outcome ?? null, message: outcome?.message ?? '',
		...(outcome === null ? {} : { sent: outcome }), ...(endedAtMs === undefined ? {} : { endedAtMs }), ...(why === undefined ? {} : { why }), ...(resolved === undefined ? {} : { resolved }),
	};
};

const shelfOf = { waiting: books.open, unconfirmed: books.unconfirmed, ended: books.ended } as const;

/** What a person can see and do, whichever gateway holds the lead. */
export const createMending = ({ redis, lanes, why, now }: Means): Mending => {
	/** A page of a shelf, newest first. */
	const pageOf = async (shelf: string, after: string | undefined): Promise<readonly (readonly [whole: string, record: LeadRecord | undefined])[]> => {
		const wholes = await redis.zrevrangebylex(shelf, after === undefined ? '+' : `(${after}`, '-', 'LIMIT', 0, pageSize);
		const reads = redis.pipeline();
		for (const whole of wholes) {
			const { id, accountId } = partsOf(whole) ?? { id: '', accountId: '' };
			reads.hget(queueKey(accountOfId(accountId).group, id), 'data');
		}
		const texts = (await reads.exec()) ?? [];
		return wholes.map((whole, index) => [whole, readRecord(texts[index]?.[1] as string | null | undefined, partsOf(whole)?.accountId)]);
	};
	const resolve = (resolved: Resolved, mayWait: boolean) => async (whole: string): Promise<boolean> => {
		const read = await readWhole(redis, whole);
		if (read === undefined || (read.record.endedAtMs === undefined && !mayWait)) return false;
		return await settle(redis, read, { ...withoutSealed(read.record), resolved, endedAtMs: now() }, now(), mayWait);
	};

	return {
		list: async (list, { text, after, limit }) => {
			const wanted = text.trim().toLowerCase();
			const leads: Shown[] = [];
			let last = after;
			for (let read = 0; read < mostRead; read += pageSize) {
				const page = await pageOf(shelfOf[list], last);
				for (const [whole, record] of page) {
					last = whole;
					if (record === undefined || (list === 'waiting' && record.left !== undefined) || (wanted !== '' && !holdsText(record, wanted))) continue;
					leads.push(shown(whole, record, list === 'waiting' ? await why(record.account) : undefined));
					if (leads.length === limit) return { leads, next: whole };
				}
				if (page.length < pageSize) return { leads };
			}
			return { leads, ...(last === undefined ? {} : { next: last }) };
		},
		retry: async (whole) => {
			const read = await readWhole(redis, whole);
			if (read?.record.endedAtMs === undefined || read.record.unreadable === true) return false;
			const from = await reopen(redis, read, anew(read.record, now()), now());
			if (from === undefined) return false;
			const { group } = read.account;
			const job = await lanes.queueOf(group).getJob(read.id);
			const isMoved = (await job?.retry(from).then(() => true, () => false)) === true;
			lanes.start(group);
			return isMoved;
		},
		arrived: resolve('arrived', false),
		discard: resolve('discarded', true),
	};
};
