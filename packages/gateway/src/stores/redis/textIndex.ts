import { listKeys } from './facetIndex';
import type { JobReader, ReadJob } from './jobReader';
import { readAll } from './leadPages';
import { readJobKey } from './redisKeys';
import { answersOf } from './schema/answers';
import { createTextColumns, type SignedKey } from './textColumns';
import { bitsOf, searchedText, signatureOf } from '@icloud-ready/outbox';
import type { Redis } from 'ioredis';
import * as z from 'zod/v4';

/**
 * Which leads that ended, or are unconfirmed, may hold a text, without reading them. It is in this gateway's memory, is made
 * when a text is first looked for, and follows what ends from then on. Whoever takes a key from it reads the lead, and sees
 * there whether it is so.
 */
export interface TextIndex {
	/**
	 * Keys newest first, before the key `after`; undefined while it is not known of all leads, and where a text is too short.
	 * Rejects where Redis does not answer.
	 */
	readonly keys: (text: string, after?: string) => Promise<readonly string[] | undefined>;
	/** This lead has ended, perhaps not for the first time. */
	readonly changed: (key: string) => void;
	/** What ended meanwhile was perhaps not heard of: it is made anew. */
	readonly forget: () => void;
}

interface Means {
	readonly redis: Redis;
	readonly jobs: JobReader;
	readonly monotonicMs: () => number;
	readonly sleep: (ms: number) => Promise<void>;
	readonly isClosed: () => boolean;
}

const lists = ['ended', 'unconfirmed'] as const;
/** So many leads are read in one step, and so long others have their turn after it. */
const [readAtOnce, pauseMs] = [100, 5];
const keysAtOnce = 1000;
/** So many that may hold it are told at once: whoever reads them asks again behind the last. */
export const mostCandidates = 1000;
/** Of what was heard of more is read at once when somebody looks for something. */
const mostChanged = 500;
/** What a gateway forgot after its time is dropped here that often, while somebody looks for something. */
const wholeEveryMs = 3_600_000;
const nothing = signatureOf('');
const sizes = z.tuple([z.int(), z.int()]);

const signed = ([key, read]: readonly [key: string, read: ReadJob]): SignedKey => ({
	key,
	// Nobody finds one by its text that this gateway cannot read.
	signature: read?.kind === 'lead' ? signatureOf(searchedText(read.record.lead, read.record.outcome)) : nothing,
});

export const createTextIndex = (means: Means): TextIndex => {
	const { redis, monotonicMs, sleep, isClosed } = means;
	let columns = createTextColumns();
	const heard = new Set<string>();
	let wholeAtMs: number | undefined;
	/** Members of the lists that are no keys of leads, or stand in both. */
	let surplus = 0;
	/** What was read while all keys are looked at: it may stand where they were looked at before it came. */
	const readMeanwhile = new Set<string>();
	let making: Promise<void> | undefined;
	let reading: Promise<void> = Promise.resolve();
	let era = 0;

	const readKeys = async (keys: readonly string[], forMs = 0): Promise<void> => {
		const mine = era;
		for (let from = 0; from < keys.length && !isClosed(); from += readAtOnce) {
			const items = await readAll(means, keys.slice(from, from + readAtOnce));
			if (era !== mine) return;
			columns.put(items.map(signed));
			if (forMs > 0) await sleep(forMs);
		}
	};
	const readNew = async (keys: readonly string[]): Promise<void> => {
		if (making !== undefined) for (const key of keys) readMeanwhile.add(key);
		await readKeys(keys);
	};
	const readHeard = async (): Promise<void> => {
		const keys = [...heard];
		heard.clear();
		await readNew(keys).catch((error: unknown) => {
			for (const key of keys) heard.add(key);
			throw error;
		});
	};
	const unknownOf = (keys: readonly string[]): readonly string[] =>
		keys.filter((key) => readJobKey(key) !== undefined && !columns.has(key));

	/** Looks at all keys, reads those that are not known, and drops those that are in no list any more. */
	const makeWhole = async (): Promise<void> => {
		const mine = era;
		const seen = new Set<string>();
		readMeanwhile.clear();
		let listed = 0;
		for (const list of lists)
			for (let after = '-'; ; ) {
				const page = await redis.zrangebylex(listKeys[list], after, '+', 'LIMIT', 0, keysAtOnce);
				if (era !== mine || isClosed()) return;
				for (const key of page) if (readJobKey(key) !== undefined) seen.add(key);
				listed += page.length;
				await readKeys(unknownOf(page), pauseMs);
				if (page.length < keysAtOnce) break;
				after = `(${page.at(-1) ?? ''}`;
			}
		if (era !== mine) return;
		for (const _ of columns.keep((key) => seen.has(key) || readMeanwhile.has(key) || heard.has(key))) {
			await sleep(pauseMs);
			if (era !== mine || isClosed()) return;
		}
		readMeanwhile.clear();
		surplus = Math.max(0, listed - seen.size);
		wholeAtMs = monotonicMs();
	};
	const begin = (): void => {
		making ??= makeWhole()
			.catch(() => undefined)
			.finally(() => {
				making = undefined;
			});
	};
	/** Reads what arrived and ended last, of which perhaps nobody told this gateway. */
	const readNewest = async (): Promise<void> => {
		for (const list of lists)
			for (let after = '+'; ; ) {
				const page = await redis.zrevrangebylex(listKeys[list], after, '-', 'LIMIT', 0, readAtOnce);
				const unknown = unknownOf(page);
				await readNew(unknown);
				if (unknown.length === 0 || page.length < readAtOnce) break;
				after = `(${page.at(-1) ?? ''}`;
			}
	};
	/** How many leads there are, before what is new of them is read: so that none is missed which comes in between. */
	const catchUp = async (): Promise<boolean> => {
		const counted = redis.pipeline();
		for (const list of lists) counted.zcard(listKeys[list]);
		const [ended, unconfirmed] = sizes.parse(answersOf(await counted.exec()));
		await readHeard();
		await readNewest();
		return columns.count() + surplus >= ended + unconfirmed;
	};

	return {
		keys: async (text, after) => {
			if (bitsOf(text).length === 0) return undefined;
			const isDue = wholeAtMs === undefined || monotonicMs() - wholeAtMs > wholeEveryMs;
			if (isDue) begin();
			if (wholeAtMs === undefined) return undefined;
			const mine = era;
			const isWhole = await catchUp();
			if (!isWhole) begin();
			if (!isWhole || era !== mine) return undefined;
			const found: string[] = [];
			for (const key of columns.keys(text, after)) if (found.push(key) === mostCandidates) break;
			return found;
		},
		changed: (key) => {
			// Nobody has looked for a text so far.
			if (wholeAtMs === undefined && making === undefined) return;
			heard.add(key);
			if (heard.size < mostChanged) return;
			reading = reading.then(readHeard).catch(() => undefined);
		},
		forget: () => {
			era++;
			columns = createTextColumns();
			heard.clear();
			wholeAtMs = undefined;
		},
	};
};
