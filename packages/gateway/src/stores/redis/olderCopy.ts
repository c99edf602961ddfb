import type { JobReader } from './jobReader';
import type { KnownEpoch } from './ledger';
import { change } from './ledgerUnsent';
import { indexKeys, readJobKey } from './redisKeys';
import type { SentJournal, SentLead } from './sentJournal';
import { counted, parseJson } from '@icloud-ready/core';
import type { Redis } from 'ioredis';
import { randomBytes } from 'node:crypto';
import * as z from 'zod/v4';

interface Means {
	readonly redis: Redis;
	readonly jobs: JobReader;
	/** Undefined: this gateway has no disk of its own for that. */
	readonly journal: SentJournal | undefined;
	readonly now: () => number;
	readonly sleep: (ms: number) => Promise<void>;
	readonly isClosed: () => boolean;
	readonly notice: (text: string) => void;
}

/**
 * Notices that Redis is an older copy of what it was, by what this gateway keeps on a disk of its own. Leads that it sent since
 * are not sent again.
 */
export interface OlderCopyWatch {
	/** What Redis must be for a lead to leave. */
	readonly known: () => KnownEpoch;
	/** Looks; where it is an older copy, resolves when all that is known of it is put right. Rejects where Redis is away. */
	readonly look: () => Promise<void>;
	readonly left: (lead: SentLead) => void;
	readonly back: (jobKey: string) => void;
	/** The id of a lead with this idempotency key that left here, and of which Redis knows nothing. */
	readonly forgotten: (key: string) => Promise<string | undefined>;
	readonly damaged: () => number;
	readonly seen: () => void;
}

const schema = z.object({
	id: z.string().min(1),
	/** The epoch before it, and how many leads had left in it by the time of this copy. */
	from: z.object({ id: z.string(), count: z.number() }).optional(),
});
const readEpoch = (text: string): z.infer<typeof schema> => schema.safeParse(parseJson(text)).data ?? { id: text };

/** A lead that a worker holds just now is let go of within some seconds, since it may not leave. */
const tryAgainMs = 1000;
const maxTries = 30;

const noticeText = (marked: number, missing: number): string =>
	[
		'An older copy of Redis was restored.',
		marked === 0
			? ''
			: marked === 1
				? '1 lead that had been sent since would have been sent again; it is unconfirmed instead.'
				: `${marked} leads that had been sent since would have been sent again; they are unconfirmed instead.`,
		missing === 0
			? ''
			: `${counted(missing, 'lead that had been sent since is', 'leads that had been sent since are')} missing from it.`,
		'Leads accepted since then may be missing as well. Review the unconfirmed leads and compare with iCloud-Ready, then press Seen on the inbox page.',
	]
		.filter((each) => each !== '')
		.join(' ');

export const createOlderCopyWatch = ({ redis, jobs, journal, now, sleep, isClosed, notice }: Means): OlderCopyWatch => {
	/** Marks a lead that waits although it left; whoever takes it up ends it as unconfirmed. */
	const putRight = async ({ jobKey }: SentLead): Promise<'known' | 'marked' | 'missing'> => {
		for (let round = 0; round < maxTries && !isClosed(); round++) {
			const read = await jobs.readByKey(jobKey);
			if (read === undefined) return 'missing';
			if (read.kind !== 'lead' || read.record.endedAtMs !== undefined || read.record.sent !== undefined) return 'known';
			if (await change(redis, read, { ...read.record, sent: { atMs: now(), by: 'before this copy' } })) return 'marked';
			await sleep(tryAgainMs);
		}
		return 'known';
	};
	const sweep = async (mine: SentJournal, after: number): Promise<number> => {
		const all = { known: 0, marked: 0, missing: 0 };
		for (const lead of mine.sent()) if (lead.count > after) all[await putRight(lead)]++;
		notice(noticeText(all.marked, all.missing));
		return Math.max(1, all.marked + all.missing);
	};
	const read = async (): Promise<{ readonly text: string | null; readonly count: number }> => {
		const [text = null, count] = await redis.mget(indexKeys.epoch, indexKeys.sentCount);
		return { text, count: Number(count ?? 0) || 0 };
	};
	const begin = async (was: string | null, from?: { readonly id: string; readonly count: number }): Promise<void> => {
		const text = JSON.stringify({ id: randomBytes(12).toString('hex'), ...(from === undefined ? {} : { from }) });
		if (was === null) await redis.set(indexKeys.epoch, text, 'NX');
		else await redis.gatewayReplace(indexKeys.epoch, was, text);
	};
	const lookOnce = async (): Promise<void> => {
		if (journal === undefined) return;
		const before = journal.epoch();
		let { text, count } = await read();
		if (text !== null && text === before && count >= journal.count()) return;
		if (before === undefined) {
			if (text === null) await begin(null);
			({ text, count } = await read());
			journal.adopt(text ?? '', count, 0);
			return;
		}
		const mine = readEpoch(before).id;
		const { id, from } = text === null ? { id: '', from: undefined } : readEpoch(text);
		const isMine = id === mine || text === null;
		// Another gateway found it before; or this one was away while more than one copy was put in place, and nothing is sure.
		const after = isMine ? count : from?.id === mine ? from.count : 0;
		const damaged = await sweep(journal, after);
		if (isMine) await begin(text, { id: mine, count });
		({ text, count } = await read());
		journal.adopt(text ?? '', count, damaged);
	};
	let looking: Promise<void> | undefined;
	return {
		known: () => ({ epoch: journal?.epoch() ?? '', sentCount: journal?.count() ?? 0 }),
		look: async () => {
			looking ??= lookOnce().finally(() => {
				looking = undefined;
			});
			await looking;
		},
		left: (lead) => journal?.left(lead),
		back: (jobKey) => journal?.back(jobKey),
		forgotten: async (key) => {
			const lead = journal?.byKey(key);
			if (lead === undefined || (await jobs.readByKey(lead.jobKey)) !== undefined) return undefined;
			return readJobKey(lead.jobKey)?.id;
		},
		damaged: () => journal?.damaged() ?? 0,
		seen: () => journal?.seen(),
	};
};
