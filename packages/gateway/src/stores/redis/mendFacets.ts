import type { List } from '../../leads/leadQueue';
import type { ReadJob } from './jobReader';
import { type Facet, facetsOf, memberOf } from './leadFacets';
import { note } from './ledgerUnsent';
import { indexKeys, jobKey } from './redisKeys';
import { scores } from './schema/answers';
import type { Redis } from 'ioredis';

const isEnd = (facet: Facet): boolean => facet.startsWith('o:');

/**
 * Notes anew what of these leads the index has under another outcome than they have: an older gateway, which knows no index,
 * had one sent again or put right meanwhile. Gives how many these were.
 */
export const mendFacets = async (redis: Redis, list: List, reads: readonly ReadJob[]): Promise<number> => {
	// What becomes of one that waits is noted as it ends.
	if (list === 'waiting') return 0;
	const ended = reads.flatMap((read) => {
		const end = read?.kind === 'lead' ? facetsOf(read.account, read.record).find(isEnd) : undefined;
		return read?.kind === 'lead' && end !== undefined
			? [{ read, member: memberOf(end, jobKey(read.account, read.id)) }]
			: [];
	});
	if (ended.length === 0) return 0;
	const found = scores.parse(await redis.zmscore(indexKeys.facets, ...ended.map(({ member }) => member)));
	const wrong = ended.filter((_, at) => found[at] === null).map(({ read }) => read);
	if (wrong.length > 0) await note(redis, wrong);
	return wrong.length;
};
