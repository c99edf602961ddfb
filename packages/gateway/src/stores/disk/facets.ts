import { accountOfId } from '../../leads/accounts';
import type { ListFacets, List } from '../../leads/leadQueue';
import { createLruMap } from '../../leads/lruMap';
import { leadRowOf } from './leadRow';
import type { SealedLead } from './sealedEntry';
import type { Outbox } from '@icloud-ready/outbox';

/** Organizations whose name was read from a lead of theirs. */
const maxKnown = 10_000;

/** What a list can be filtered by. An organization that no lead names goes by its hash. */
export const createFacets = (outbox: Pick<Outbox<SealedLead>, 'facets' | 'list'>) => {
	const known = createLruMap<string>(maxKnown);
	const nameOf = async (list: List, organization: string): Promise<string | undefined> => {
		const before = known.get(organization);
		if (before !== undefined) return before;
		const isPartition = (id: string): boolean => accountOfId(id).organization === organization;
		const [entry] = (await outbox.list({ shelf: list, limit: 1, filter: { isPartition } })).entries;
		const name = entry === undefined ? undefined : leadRowOf(entry, list, undefined).organizationId;
		return name === undefined ? undefined : known.set(organization, name);
	};
	return async (list: List): Promise<ListFacets | undefined> => {
		const found = outbox.facets(list);
		if (found === undefined) return undefined;
		const counts = new Map<string, number>();
		for (const [partition, count] of found.partitions) {
			const { organization } = accountOfId(partition);
			counts.set(organization, (counts.get(organization) ?? 0) + count);
		}
		const organizations: ListFacets['organizations'][number][] = [];
		for (const [organization, count] of [...counts].sort(([, one], [, other]) => other - one)) {
			const organizationId = await nameOf(list, organization);
			organizations.push({ organization, count, ...(organizationId === undefined ? {} : { organizationId }) });
		}
		return { ends: found.ends, sources: found.sources, organizations };
	};
};
