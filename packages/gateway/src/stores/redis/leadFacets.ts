import type { Account } from '../../leads/accounts';
import type { LeadRecord } from './schema/lead';
import { outcomeKinds } from '@icloud-ready/core';
import { phoneHash, sourceOf } from '@icloud-ready/outbox';
import { ends, type LeadFilter } from '@icloud-ready/outbox/view/filter';
import { maxFilterText } from '@icloud-ready/outbox/view/limits';

/**
 * By what leads are found without being read. Each is a letter and a value; with the key of a lead behind it, it is a
 * member of one sorted set for all leads, in which those of one facet stand side by side in the order of arrival.
 */
export type Facet = `${'g' | 'o' | 'p' | 's'}:${string}`;

/** A lead has one of these at most, and it changes; all else that it is found by stays. */
export const endFacets: readonly Facet[] = [...outcomeKinds.map(({ kind }) => kind), ...ends].map(
	(end) => `o:${end}` as const,
);

/** Each lead has just one of these, so that their count tells whether all leads are in the index. */
export const organizationFacet = ({ organization }: Pick<Account, 'organization'>): Facet => `g:${organization}`;

/** Half a letter, which a cut may leave, cannot be encoded. */
const sourceFacet = (source: string): Facet =>
	`s:${encodeURIComponent(source.slice(0, maxFilterText).replace(/\p{Surrogate}/gu, '\uFFFD'))}`;
/** A source as it was given. */
export const sourceOfFacet = (value: string): string => decodeURIComponent(value);

/** A whole phone, however it is written. */
const phoneForm = /^\+?[\d\s().-]{8,24}$/;
export const phoneFacet = (text: string): Facet | undefined => {
	const hash = phoneForm.test(text) ? phoneHash(text) : 0;
	return hash === 0 ? undefined : `p:${hash}`;
};

/** All facets of a lead. */
export const facetsOf = (account: Pick<Account, 'organization'>, record: LeadRecord): readonly Facet[] => {
	const { lead, outcome, resolved, correctedBy } = record;
	const source = sourceOf({ payload: { lead } });
	const end = correctedBy === undefined ? (resolved ?? outcome?.outcome ?? '') : 'corrected';
	const phone = phoneHash(lead.leadInformation.phone);
	return [
		organizationFacet(account),
		...(source === '' ? [] : [sourceFacet(source)]),
		...(end === '' ? [] : [`o:${end}` as const]),
		...(phone === 0 ? [] : [`p:${phone}` as const]),
	];
};

/** The facets that all leads of a filter have; where there are none, any may be one of them. */
export const facetsWanted = ({ outcome, organization, source }: LeadFilter): readonly Facet[] => [
	...(outcome === undefined ? [] : [`o:${outcome}` as const]),
	...(organization === undefined ? [] : [organizationFacet({ organization })]),
	...(source === undefined ? [] : [sourceFacet(source)]),
];

export const memberOf = (facet: string, key: string): string => `${facet}:${key}`;
/** The key of a lead has no colon, and neither has the value of a facet. */
export const keyOfMember = (member: string): string => member.slice(member.lastIndexOf(':') + 1);

/** As scripts take them. */
export const facetsText = (facets: readonly Facet[]): string => facets.join('\n');
