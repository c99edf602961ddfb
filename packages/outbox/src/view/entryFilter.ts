import type { EntryFilter } from '../queue/leadIndex';
import type { LeadFilter } from './filter';
import type { HoldReason } from '@icloud-ready/core';

interface Means {
	/** The organization of a partition, by the name that filters have for it. */
	readonly organizationOf: (partition: string) => string;
	/** Why its leads wait; undefined where nothing holds them back. */
	readonly whyOf: (partition: string) => HoldReason | undefined;
}

/** A filter as an outbox takes it. */
export const entryFilterOf = (
	{ outcome, why, organization, source, from, to }: LeadFilter,
	{ organizationOf, whyOf }: Means,
): EntryFilter => {
	const isPartition = (partition: string): boolean =>
		(organization === undefined || organizationOf(partition) === organization) &&
		(why === undefined || whyOf(partition) === why);
	return {
		...(outcome === undefined ? {} : { end: outcome }),
		...(source === undefined ? {} : { source }),
		...(organization === undefined && why === undefined ? {} : { isPartition }),
		...(from === undefined ? {} : { fromMs: from }),
		...(to === undefined ? {} : { toMs: to }),
	};
};
