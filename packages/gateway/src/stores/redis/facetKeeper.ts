import { accountOfId } from '../../leads/accounts';
import { indexState, listKeys } from './facetIndex';
import type { JobReader } from './jobReader';
import { type Facet, endFacets, keyOfMember, memberOf, organizationFacet } from './leadFacets';
import { note } from './ledgerUnsent';
import { indexKeys, queueKey, readJobKey } from './redisKeys';
import { answersOf, scores, textOrNull } from './schema/answers';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly jobs: JobReader;
	readonly sleep: (ms: number) => Promise<void>;
	readonly isClosed: () => boolean;
}

/** So many leads in one step, which keeps Redis from others for some ms; and so long it is theirs after each. */
const pageSize = 500;
const pauseMs = 20;

const organizationOf = (key: string): Facet => organizationFacet(accountOfId(readJobKey(key)?.accountId ?? ''));

/** What a lead of a list must have been noted as, one of them; of one that waits nothing can be said. */
const endsIn: Readonly<Record<keyof typeof listKeys, readonly Facet[]>> = {
	waiting: [],
	unconfirmed: ['o:unconfirmed'],
	ended: endFacets.filter((facet) => facet !== 'o:unconfirmed'),
};

/** Those that an earlier version took in, or ended. */
const unnoted = async (
	redis: Redis,
	list: keyof typeof listKeys,
	keys: readonly string[],
): Promise<readonly string[]> => {
	if (keys.length === 0) return [];
	const has = async (facetOf: (key: string) => Facet): Promise<readonly boolean[]> => {
		const members = keys.map((key) => memberOf(facetOf(key), key));
		return scores.parse(await redis.zmscore(indexKeys.facets, ...members)).map((score) => score !== null);
	};
	const isNoted = await has(organizationOf);
	const ends = await Promise.all(endsIn[list].map(async (end) => await has(() => end)));
	return keys.filter((_, at) => isNoted[at] !== true || (ends.length > 0 && ends.every((each) => each[at] !== true)));
};

/** Notes by what leads are found that are not noted yet. Of one that nobody here can read, whose it is. */
const noteThose = async ({ redis, jobs }: Means, keys: readonly string[]): Promise<void> => {
	const reads = redis.pipeline();
	for (const key of keys) {
		const { id, accountId } = readJobKey(key) ?? { id: '', accountId: '' };
		reads.hget(queueKey(accountOfId(accountId).group, id), 'data');
	}
	const texts = (await reads.exec()) ?? [];
	const found = keys.map((key, at) => ({ key, read: jobs.of(key, textOrNull.parse(texts[at]?.[1] ?? null)) }));
	await note(
		redis,
		found.flatMap(({ read }) => (read?.kind === 'lead' ? [read] : [])),
	);
	const others = found.filter(({ read }) => read?.kind !== 'lead');
	if (others.length > 0)
		await redis.zadd(
			indexKeys.facets,
			...others.flatMap(({ key }) => [0, memberOf(organizationOf(key), key)] as const),
		);
};

const noteMissing = async (means: Means, list: keyof typeof listKeys): Promise<void> => {
	const { redis, sleep, isClosed } = means;
	for (let after = '+'; !isClosed(); ) {
		// The newest first: they are asked for most.
		const page = await redis.zrevrangebylex(listKeys[list], after, '-', 'LIMIT', 0, pageSize);
		// What is no key of a lead counts as one of the list, and so here.
		const missing = await unnoted(redis, list, page);
		if (missing.length > 0) await noteThose(means, missing);
		if (page.length < pageSize) return;
		after = `(${page.at(-1) ?? ''}`;
		await sleep(pauseMs);
	}
};

/** Those members whose lead is in no list. */
const goneOf = async (redis: Redis, members: readonly string[]): Promise<readonly string[]> => {
	if (members.length === 0) return [];
	const keys = members.map(keyOfMember);
	const asked = redis.pipeline();
	for (const list of Object.values(listKeys)) asked.zmscore(list, ...keys);
	const answers = answersOf(await asked.exec()).map((answer) => scores.parse(answer));
	return members.filter((_, at) => answers.length > 0 && answers.every((answer) => answer[at] === null));
};

/** Forgets what names leads that are in no list any more: an earlier version forgot them, or a gateway died in between. */
const dropGone = async ({ redis, sleep, isClosed }: Means): Promise<void> => {
	for (let after = '-'; !isClosed(); ) {
		const page = await redis.zrangebylex(indexKeys.facets, after, '+', 'LIMIT', 0, pageSize);
		const missed = await goneOf(redis, page);
		// A lead that went from one list to another between two looks is in one of them when it is looked for again.
		if (missed.length > 0) await sleep(pauseMs);
		const gone = await goneOf(redis, missed);
		if (gone.length > 0) await redis.zrem(indexKeys.facets, ...gone);
		if (page.length < pageSize) return;
		after = `(${page.at(-1) ?? ''}`;
		await sleep(pauseMs);
	}
};

/**
 * Makes what looks after the index: at the start of a gateway, since another version may have run before it, and whenever
 * the index and the lists have not the same number of leads.
 */
export const createFacetKeeper = (means: Means): (() => Promise<void>) => {
	let hasLooked = false;
	return async () => {
		if (hasLooked && (await indexState(means.redis)).isExact) return;
		for (const list of ['unconfirmed', 'waiting', 'ended'] as const) await noteMissing(means, list);
		await dropGone(means);
		hasLooked = true;
	};
};
