import type { HoldReason } from '../outcome/holdReason';

/**
 * What needs a person. `key`, `organization`: iCloud-Ready refuses them; `waiting`: leads wait longer than they should;
 * `queueFull`: soon no more leads can be kept; `store`, `record`: what keeps leads, or remembers created ones, cannot be
 * used; `damaged`: some of what was kept is missing or changed; `notLeaving`: leads could leave and do not; `goneBack`: the
 * clock was set back, or an older copy of the store was put in its place.
 */
export const alertKinds = [
	'key',
	'organization',
	'waiting',
	'unconfirmed',
	'queueFull',
	'store',
	'record',
	'damaged',
	'notLeaving',
	'goneBack',
] as const;
export type AlertKind = (typeof alertKinds)[number];

/** Something that needs a person, as it is now. No person's data and no key is in it. */
export interface Condition {
	readonly kind: AlertKind;
	/**
	 * The organization that it is about.
	 * @default all of them
	 */
	readonly organizationId?: string;
	/** How many leads it concerns; 0 where none is there yet, or nobody knows. */
	readonly count: number;
	/** What holds the leads back, where they wait. */
	readonly why?: HoldReason;
	/** When it began, in ms since 1970, where that is known. */
	readonly sinceMs?: number;
}

/** Conditions with the same name are the same one, at different times. */
export const nameOf = ({ kind, organizationId }: Pick<Condition, 'kind' | 'organizationId'>): string =>
	organizationId === undefined ? kind : `${kind} ${organizationId}`;
