import { accountOfId } from '../../leads/accounts';
import type { List, LeadQueue, LeadRow } from '../../leads/leadQueue';
import { indexState, listKeys } from './facetIndex';
import { type Facet, facetsWanted, phoneFacet } from './leadFacets';
import type { ReadJob, StoredLead } from './jobReader';
import { candidatePageOf, indexedPageOf, type Narrowed, type PageMeans, pageOf } from './leadPages';
import { arrivedAtMsOf, isId, readJobKey } from './redisKeys';
import { mostCandidates, type TextIndex } from './textIndex';
import type { HoldReason } from '@icloud-ready/core';
import { holdsText, type SearchedPage, searchPages, searchPageSize } from '@icloud-ready/outbox';
import { isFiltered, type LeadFilter } from '@icloud-ready/outbox/view/filter';
import type { Redis } from 'ioredis';

interface Means extends PageMeans {
	readonly holdReasonOf: (accountId: string) => Promise<HoldReason | undefined>;
	/**
	 * Which leads may hold a text.
	 * @default they are read one after the other
	 */
	readonly texts?: Pick<TextIndex, 'keys'>;
}

const isIn = ({ record, account }: StoredLead, filter: LeadFilter, why: HoldReason | undefined): boolean => {
	const { outcome, source, organization, from = 0, to = Number.POSITIVE_INFINITY } = filter;
	const { arrivedAtMs, correctedBy, resolved, lead } = record;
	const end = correctedBy === undefined ? (resolved ?? record.outcome?.outcome) : 'corrected';
	return (
		(outcome === undefined || end === outcome) &&
		(source === undefined || (lead.leadSource ?? '') === source) &&
		(organization === undefined || account.organization === organization) &&
		(filter.why === undefined || why === filter.why) &&
		arrivedAtMs >= from &&
		arrivedAtMs < to
	);
};

/**
 * Whether a lead is one that is looked for. One that only a newer gateway can read has no text to be found by. `why`: what
 * holds its account back.
 */
export const isWanted = (
	read: ReadJob,
	list: List,
	text: string,
	filter: LeadFilter = {},
	why?: HoldReason,
): boolean => {
	if (read?.kind === 'newer') return text === '' && !isFiltered(filter);
	if (read?.kind !== 'lead') return false;
	const { lead, outcome, sent } = read.record;
	if (list === 'waiting' && sent !== undefined) return false;
	return isIn(read, filter, why) && (text === '' || read.id === text || holdsText(lead, outcome, text));
};

/** A lead as the inbox lists it; of one that only a newer gateway can read, that it is there. */
export const rowOf = (key: string, read: ReadJob, why: HoldReason | undefined): LeadRow => {
	const publicId = readJobKey(key)?.id ?? '';
	const held = why === undefined ? {} : { why };
	if (read?.kind !== 'lead')
		return {
			id: key,
			publicId,
			arrivedAtMs: arrivedAtMsOf(key),
			name: '',
			phone: '',
			outcome: null,
			email: '',
			source: '',
			organization: accountOfId(readJobKey(key)?.accountId ?? '').organization,
			...held,
		};
	const { arrivedAtMs, endedAtMs, lead, outcome, resolved, organizationId, correctedBy } = read.record;
	const { firstName, lastName, phone, email = '' } = lead.leadInformation;
	return {
		id: key,
		publicId,
		arrivedAtMs,
		name: [firstName, lastName].filter((name) => name !== undefined).join(' '),
		phone,
		email,
		source: lead.leadSource ?? '',
		organization: read.account.organization,
		...(organizationId === undefined ? {} : { organizationId }),
		...(correctedBy === undefined ? {} : { isCorrected: true }),
		outcome: outcome?.outcome ?? null,
		...(outcome === null ? {} : { sent: outcome }),
		...(endedAtMs === undefined ? {} : { endedAtMs }),
		...(resolved === undefined ? {} : { resolved }),
		...held,
	};
};

/** The key of a lead of a list by the id that somebody typed. */
const keyOfId = async (redis: Redis, index: string, id: string): Promise<string | undefined> =>
	(await redis.zrangebylex(index, `[${id}~`, `(${id}\x7f`, 'LIMIT', 0, 1))[0];

/** Leads of a list, newest first, that hold a text and are as the filter says. */
export const createLeadList =
	(means: Means): LeadQueue['list'] =>
	async (list, { text, after, limit, filter = {} }) => {
		const wanted = text.trim().toLowerCase();
		const whyOf = new Map<string, HoldReason | undefined>();
		const whyOfKey = async (key: string): Promise<HoldReason | undefined> => {
			const accountId = readJobKey(key)?.accountId ?? '';
			if (list !== 'waiting') return undefined;
			if (!whyOf.has(accountId)) whyOf.set(accountId, await means.holdReasonOf(accountId));
			return whyOf.get(accountId);
		};
		const rowsOf = async (items: SearchedPage<ReadJob>['items']): Promise<readonly LeadRow[]> =>
			await Promise.all(items.map(async ([key, job]) => rowOf(key, job, await whyOfKey(key))));
		const byId = after === undefined && isId(wanted) ? await keyOfId(means.redis, listKeys[list], wanted) : undefined;
		if (byId !== undefined) {
			const job = await means.jobs.readByKey(byId);
			const isHere = isWanted(job, list, wanted, filter, await whyOfKey(byId));
			return { leads: isHere ? await rowsOf([[byId, job]]) : [] };
		}
		const narrowed: Narrowed = {
			list,
			filter,
			// Where no text is looked for, what a key is found by says that it is wanted: no more are read than asked for.
			size: wanted === '' ? Math.min(limit, searchPageSize) : searchPageSize,
			isKey: async (key) => filter.why === undefined || (await whyOfKey(key)) === filter.why,
		};
		const search = async (
			pageAfter: Parameters<typeof searchPages<ReadJob>>[0],
			searched: string,
			pageSize = narrowed.size,
		): Promise<SearchedPage<ReadJob>> =>
			await searchPages(pageAfter, (job) => isWanted(job, list, searched, filter, filter.why), {
				limit,
				pageSize,
				...(after === undefined ? {} : { after }),
			});
		const facets = facetsWanted(filter);
		const phone = phoneFacet(wanted);
		const isIndexed = (facets.length > 0 || phone !== undefined) && (await indexState(means.redis)).isWhole;
		const within =
			(facetsOfAll: readonly Facet[]) =>
			async (place: string | undefined): Promise<SearchedPage<ReadJob>> =>
				isIndexed && facetsOfAll.length > 0
					? await indexedPageOf(means, narrowed, facetsOfAll, place)
					: await pageOf(means, narrowed, place);
		// A whole phone stands for one lead or few; where none has it, the text may stand anywhere.
		const byPhone = isIndexed && phone !== undefined ? await search(within([...facets, phone]), '') : { items: [] };
		/** Undefined where nobody knows which leads may hold it. */
		const byText = async (): Promise<SearchedPage<ReadJob> | undefined> => {
			const found = list === 'waiting' || wanted === '' ? undefined : await means.texts?.keys(wanted, after);
			if (found === undefined) return undefined;
			const candidates = { candidates: found, isAll: found.length < mostCandidates };
			const sized = { ...narrowed, size: Math.min(limit, searchPageSize) };
			const facetsKnown = isIndexed ? facets : [];
			return await search(
				async (place) => await candidatePageOf(means, sized, facetsKnown, candidates, place),
				wanted,
				sized.size,
			);
		};
		const { items, next } =
			byPhone.items.length > 0 ? byPhone : ((await byText()) ?? (await search(within(facets), wanted)));
		return { leads: await rowsOf(items), ...(next === undefined ? {} : { next }) };
	};
