import type { HoldReason, OutcomeKind } from '@icloud-ready/core';

/** What became of a lead, as it is filtered by: a person's word counts before the last outcome. */
export const ends = ['arrived', 'discarded', 'corrected'] as const;
export type End = OutcomeKind | (typeof ends)[number];

/** What a list is narrowed to. Nothing of it names a person: it may stand in an address. */
export interface LeadFilter {
	readonly outcome?: End;
	/** Why leads of the list wait. */
	readonly why?: HoldReason;
	/** An organization by the name that its host has for it. */
	readonly organization?: string;
	readonly source?: string;
	/** Taken in at or after, in ms since 1970, … */
	readonly from?: number;
	/** … and before. */
	readonly to?: number;
}

export const filterNames = ['outcome', 'why', 'organization', 'source', 'from', 'to'] as const;
export type FilterName = (typeof filterNames)[number];

/** What of it is set. */
export const filterOf = (values: Readonly<Partial<Record<FilterName, unknown>>>): LeadFilter =>
	Object.fromEntries(
		filterNames.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]] as const])),
	) as LeadFilter;

export const isFiltered = (filter: LeadFilter): boolean => Object.values(filter).some((value) => value !== undefined);

/** The filter for the address of a request. */
export const filterQuery = (filter: LeadFilter): Readonly<Record<string, string>> =>
	Object.fromEntries(Object.entries(filterOf(filter)).map(([name, value]) => [name, String(value)]));
