import type { List } from '../../leads/leadQueue';
import { type Facet, keyOfMember, memberOf } from './leadFacets';
import { indexKeys } from './redisKeys';
import { scores } from './schema/answers';
import type { Redis } from 'ioredis';
import * as z from 'zod/v4';

export const listKeys: Readonly<Record<List, string>> = {
	waiting: indexKeys.open,
	unconfirmed: indexKeys.unconfirmed,
	ended: indexKeys.ended,
};

const counts = z.array(z.tuple([z.null(), z.int()]));
/** Behind all members of a facet: the sign after the colon. */
const behind = (facet: string): string => `(${facet};`;

/**
 * Whether every lead is in the index. One that an older gateway took in is not, until it is noted; until then leads are looked
 * for one after the other.
 */
export const indexState = async (redis: Redis): Promise<{ readonly isWhole: boolean; readonly isExact: boolean }> => {
	const asked = redis.pipeline().zlexcount(indexKeys.facets, '[g:', behind('g'));
	for (const key of Object.values(listKeys)) asked.zcard(key);
	const [indexed = 0, ...listed] = counts.parse(await asked.exec()).map(([, count]) => count);
	const leads = listed.reduce((sum, count) => sum + count, 0);
	return { isWhole: indexed >= leads, isExact: indexed === leads };
};

/** A part of a list or of a facet, between two times of arrival and after a key. */
interface IndexPart {
	readonly key: string;
	/** Before the key of each lead. */
	readonly prefix: string;
	readonly count: number;
}

/** Keys alone are short, and are asked for after one another: few at first, since where most are wanted that is enough. */
const firstKeysAtOnce = 100;
const mostKeysAtOnce = 2000;
/** So many are looked at for one part of a list: some 25 round trips of some ms. */
const mostLookedAt = 40_000;

/** Where leads of a facet stand in the index, as `zrevrangebylex` takes it. */
export interface KeyBounds {
	readonly after?: string | undefined;
	/** What a key begins with at least, … */
	readonly from?: string | undefined;
	/** … and less than what it begins with at most. */
	readonly to?: string | undefined;
}

const startOf = ({ prefix }: IndexPart, { after, to }: KeyBounds): string => {
	if (after !== undefined) return `(${prefix}${after}`;
	if (to !== undefined) return `(${prefix}${to}`;
	return prefix === '' ? '+' : behind(prefix.slice(0, -1));
};
const endOf = ({ prefix }: IndexPart, { from }: KeyBounds): string => {
	if (from !== undefined) return `[${prefix}${from}`;
	return prefix === '' ? '-' : `[${prefix}`;
};

/** A list and its facets, the one with the fewest leads first. */
const rangesOf = async (redis: Redis, list: List, facets: readonly Facet[]): Promise<readonly IndexPart[]> => {
	const asked = redis.pipeline().zcard(listKeys[list]);
	for (const facet of facets) asked.zlexcount(indexKeys.facets, `[${facet}:`, behind(facet));
	const found = counts.parse(await asked.exec()).map(([, count]) => count);
	return [
		{ key: listKeys[list], prefix: '', count: found[0] ?? 0 },
		...facets.map((facet, at) => ({ key: indexKeys.facets, prefix: memberOf(facet, ''), count: found[at + 1] ?? 0 })),
	].sort((one, other) => one.count - other.count);
};

/**
 * Keys of a list that have all of some facets, newest first, at most `limit`. `next` is there where more may follow: also where none
 * was found among so many that whoever asks should hear of it.
 */
export const keysWith = async (
	redis: Redis,
	list: List,
	facets: readonly Facet[],
	between: KeyBounds,
	limit: number,
): Promise<{ readonly keys: readonly string[]; readonly next?: string }> => {
	const [fewest, ...others] = await rangesOf(redis, list, facets);
	if (fewest === undefined || fewest.count === 0) return { keys: [] };
	const keys: string[] = [];
	let after = between.after;
	let atOnce = Math.min(mostKeysAtOnce, Math.max(firstKeysAtOnce, limit));
	for (let lookedAt = 0; lookedAt < mostLookedAt; ) {
		const [first, last] = [startOf(fewest, { ...between, after }), endOf(fewest, between)];
		const members = await redis.zrevrangebylex(fewest.key, first, last, 'LIMIT', 0, atOnce);
		let found = members.map((member) => (fewest.prefix === '' ? member : keyOfMember(member)));
		const lastKey = found.at(-1);
		for (const { key, prefix } of others) {
			if (found.length === 0) break;
			const isThere = scores.parse(await redis.zmscore(key, ...found.map((each) => `${prefix}${each}`)));
			found = found.filter((_, at) => isThere[at] != null);
		}
		keys.push(...found);
		if (keys.length >= limit) {
			const page = keys.slice(0, limit);
			return { keys: page, ...(page.at(-1) === undefined ? {} : { next: page.at(-1) }) };
		}
		if (members.length < atOnce || lastKey === undefined) return { keys };
		after = lastKey;
		lookedAt += atOnce;
		atOnce = Math.min(mostKeysAtOnce, atOnce * 2);
	}
	return { keys, ...(after === undefined ? {} : { next: after }) };
};

/** More values than anybody chooses from. */
const mostValues = 500;

/** The values of a facet, each with how many leads have it and the newest of them. */
export const valuesOf = async (
	redis: Redis,
	facet: 'g' | 'o' | 's',
): Promise<readonly { readonly value: string; readonly count: number; readonly newestKey: string }[]> => {
	const values: { value: string; count: number; newestKey: string }[] = [];
	let first = `[${facet}:`;
	while (values.length < mostValues) {
		const [member] = await redis.zrangebylex(indexKeys.facets, first, behind(facet), 'LIMIT', 0, 1);
		if (member === undefined) break;
		const value = member.slice(facet.length + 1, member.lastIndexOf(':'));
		const [from, to] = [`[${facet}:${value}:`, behind(`${facet}:${value}`)];
		const count = await redis.zlexcount(indexKeys.facets, from, to);
		const [newest = member] = await redis.zrevrangebylex(indexKeys.facets, to, from, 'LIMIT', 0, 1);
		values.push({ value, count, newestKey: keyOfMember(newest) });
		first = `[${facet}:${value};`;
	}
	return values;
};
