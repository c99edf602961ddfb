import type { List, LeadQueue, LeadRow, ListFacets } from '../../leads/leadQueue';

/** So many of the newest are looked at: reading all would take Redis away from leads. */
const maxLookedAt = 2000;
const pageSize = 200;

const counted = (counts: Map<string, number>, name: string): void => {
	counts.set(name, (counts.get(name) ?? 0) + 1);
};

/** What the newest leads of a list can be filtered by. */
export const createFacets =
	(listOf: LeadQueue['list']): LeadQueue['facets'] =>
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
