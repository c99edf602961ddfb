import { accountOfId } from '../../leads/accounts';
import type { List } from '../../leads/leadQueue';
import { keysWith, listKeys } from './facetIndex';
import type { JobReader, ReadJob } from './jobReader';
import { type Facet, memberOf } from './leadFacets';
import { mendFacets } from './mendFacets';
import { indexKeys, queueKey, readJobKey } from './redisKeys';
import { answersOf, scores, textOrNull } from './schema/answers';
import { jobKeyText, only } from './schema/names';
import type { UnreadReport } from './unread';
import type { SearchedPage } from '@icloud-ready/outbox';
import type { LeadFilter } from '@icloud-ready/outbox/view/filter';
import type { Redis } from 'ioredis';

export interface PageMeans {
	readonly redis: Redis;
	readonly jobs: JobReader;
	readonly unread: UnreadReport;
}

/** Keys alone are short. */
const keysAtOnce = 5000;

const arrivalPrefix = (ms: number): string => String(Math.max(0, Math.floor(ms))).padStart(13, '0');
const organizationOf = (key: string): string => accountOfId(readJobKey(key)?.accountId ?? '').organization;

/** The leads of some keys. */
export const readAll = async (
	{ redis, jobs }: Pick<PageMeans, 'redis' | 'jobs'>,
	keys: readonly string[],
): Promise<SearchedPage<ReadJob>['items']> => {
	const reads = redis.pipeline();
	for (const key of keys) {
		const { id, accountId } = readJobKey(key) ?? { id: '', accountId: '' };
		reads.hget(queueKey(accountOfId(accountId).group, id), 'data');
	}
	const texts = (await reads.exec()) ?? [];
	return keys.map((key, at) => [key, jobs.of(key, textOrNull.parse(texts[at]?.[1] ?? null))] as const);
};

/** The same of a list. What an older gateway made of one of them is noted as soon as it is seen, and nobody waits for that. */
const readListed = async (
	means: PageMeans,
	list: List,
	keys: readonly string[],
): Promise<SearchedPage<ReadJob>['items']> => {
	const items = await readAll(means, keys);
	mendFacets(
		means.redis,
		list,
		items.map(([, read]) => read),
	).catch(() => undefined);
	return items;
};

/** What keys are narrowed to before a lead is read. */
export interface Narrowed {
	readonly list: List;
	readonly filter: LeadFilter;
	/** So many leads are read at once. */
	readonly size: number;
	readonly isKey: (key: string) => boolean | Promise<boolean>;
}

/** A page of a list, newest first, after the key `after`. Ids begin with the time of arrival, so a filter by it reads no more. */
export const pageOf = async (
	means: PageMeans,
	{ list, size, filter: { from, to, organization, why }, isKey }: Narrowed,
	after: string | undefined,
): Promise<SearchedPage<ReadJob>> => {
	const { redis, unread } = means;
	const index = listKeys[list];
	const first = to === undefined ? '+' : `(${arrivalPrefix(to)}`;
	const last = from === undefined ? '-' : `[${arrivalPrefix(from)}`;
	// Whose a lead is stands in its key, so that leads of others need not be read.
	const isByKey = organization !== undefined || why !== undefined;
	const atOnce = isByKey ? keysAtOnce : size;
	const members = await redis.zrevrangebylex(
		index,
		after === undefined ? first : `(${after}`,
		last,
		'LIMIT',
		0,
		atOnce,
	);
	const keys: string[] = [];
	let next = members.length < atOnce ? undefined : members.at(-1);
	for (const key of only(jobKeyText, members, () => unread.damaged('index', index))) {
		if (keys.length === size) {
			next = keys.at(-1);
			break;
		}
		if ((organization === undefined || organizationOf(key) === organization) && (await isKey(key))) keys.push(key);
	}
	return { items: await readListed(means, list, keys), ...(next === undefined ? {} : { next }) };
};

/** The same of leads that have all of some facets, which are in the index. */
export const indexedPageOf = async (
	means: PageMeans,
	{ list, size, filter: { from, to }, isKey }: Narrowed,
	facets: readonly Facet[],
	after: string | undefined,
): Promise<SearchedPage<ReadJob>> => {
	const between = {
		after,
		...(from === undefined ? {} : { from: arrivalPrefix(from) }),
		...(to === undefined ? {} : { to: arrivalPrefix(to) }),
	};
	const { keys, next } = await keysWith(means.redis, list, facets, between, size);
	const wanted: string[] = [];
	for (const key of keys) if (await isKey(key)) wanted.push(key);
	return { items: await readListed(means, list, wanted), ...(next === undefined ? {} : { next }) };
};

/**
 * The same of leads that may hold a text, `candidates`, newest first: those of them that are in the list and have all of some
 * facets. `isAll`: no more may hold it.
 */
export const candidatePageOf = async (
	means: PageMeans,
	{ list, size, filter: { from, to } }: Narrowed,
	facets: readonly Facet[],
	{ candidates, isAll }: { readonly candidates: readonly string[]; readonly isAll: boolean },
	after: string | undefined,
): Promise<SearchedPage<ReadJob>> => {
	const start = after === undefined ? 0 : candidates.findIndex((key) => key < after);
	const page = start < 0 ? [] : candidates.slice(start, start + size);
	let keys = page.filter(
		(key) => (from === undefined || key >= arrivalPrefix(from)) && (to === undefined || key < arrivalPrefix(to)),
	);
	if (keys.length > 0) {
		const asked = means.redis.pipeline().zmscore(listKeys[list], ...keys);
		for (const facet of facets) asked.zmscore(indexKeys.facets, ...keys.map((key) => memberOf(facet, key)));
		const answers = answersOf(await asked.exec()).map((answer) => scores.parse(answer));
		keys = keys.filter((_, at) => answers.every((answer) => answer[at] != null));
	}
	const last = page.at(-1);
	const isOver = last === undefined || (isAll && start + size >= candidates.length);
	return { items: await readListed(means, list, keys), ...(isOver ? {} : { next: last }) };
};
