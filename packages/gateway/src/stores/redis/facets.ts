import type { List, LeadQueue, LeadRow, ListFacets } from '../../leads/leadQueue';
import { indexState, valuesOf } from './facetIndex';
import type { JobReader } from './jobReader';
import { sourceOfFacet } from './leadFacets';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly jobs: JobReader;
	readonly listOf: LeadQueue['list'];
}

/** So many of the newest are looked at where the index does not say: reading all would take Redis away from leads. */
const maxLookedAt = 2000;
const pageSize = 200;

const counted = (counts: Map<string, number>, name: string): void => {
	counts.set(name, (counts.get(name) ?? 0) + 1);
};

/** What all ended leads can be filtered by, and a few others with them. */
const indexedFacets = async ({ redis, jobs }: Means): Promise<ListFacets> => {
	const countsOf = async (facet: 'o' | 's'): Promise<ReadonlyMap<string, number>> =>
		new Map(
			(await valuesOf(redis, facet))
				.map(({ value, count }) => [facet === 's' ? sourceOfFacet(value) : value, count] as const)
				.filter(([value]) => value !== 'unconfirmed' || facet === 's'),
		);
	const organizations = (await valuesOf(redis, 'g')).map(async ({ value, count, newestKey }) => {
		const read = await jobs.readByKey(newestKey);
		const organizationId = read?.kind === 'lead' ? read.record.organizationId : undefined;
		return { organization: value, count, ...(organizationId === undefined ? {} : { organizationId }) };
	});
	return {
		ends: await countsOf('o'),
		sources: await countsOf('s'),
		organizations: (await Promise.all(organizations)).sort((one, other) => other.count - one.count),
	};
};

/** What the newest leads of a list can be filtered by. */
const newestFacets =
	(listOf: LeadQueue['list']) =>
	async (list: List): Promise<ListFacets> => {
		const [ends, sources, counts] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
		const names = new Map<string, string>();
		const look = ({ outcome, resolved, isCorrected, source, organization, organizationId }: LeadRow): void => {
			counted(ends, isCorrected === true ? 'corrected' : (resolved ?? outcome ?? ''));
			counted(sources, source);
			counted(counts, organization);
			if (organizationId !== undefined) names.set(organization, organizationId);
		};
		let after: string | undefined;
		for (let seen = 0; seen < maxLookedAt; seen += pageSize) {
			const { leads, next } = await listOf(list, {
				text: '',
				limit: pageSize,
				...(after === undefined ? {} : { after }),
			});
			for (const lead of leads) look(lead);
			after = next;
			if (after === undefined) break;
		}
		return {
			ends,
			sources,
			organizations: [...counts].map(([organization, count]) => {
				const organizationId = names.get(organization);
				return { organization, count, ...(organizationId === undefined ? {} : { organizationId }) };
			}),
			...(after === undefined ? {} : { isPart: true }),
		};
	};

/** What a list can be filtered by. Nearly all leads have ended, and what those are found by the index knows. */
export const createFacets = (means: Means): LeadQueue['facets'] => {
	const newest = newestFacets(means.listOf);
	return async (list) => {
		const looked = await newest(list);
		return looked.isPart === true && list === 'ended' && (await indexState(means.redis)).isWhole
			? await indexedFacets(means)
			: looked;
	};
};
