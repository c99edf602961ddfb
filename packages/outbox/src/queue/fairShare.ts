/** How much waits, as a share of it is asked for. */
export interface Waiting {
	/** How many may wait in all. */
	readonly most: number;
	readonly all: number;
	/** Those of the same key. */
	readonly ofKey: number;
	/** Those of all accounts of which no lead was ever accepted. */
	readonly ofUnverified: number;
}

/** Whether one more may wait; else what is used up: all there is, the share of its key, or that of accounts never accepted. */
export type Room = 'room' | 'full' | 'keyFull' | 'unverifiedFull';

/** One in so many may be of accounts never accepted: whoever makes up keys gets no more than that. */
const unverifiedPart = 20;

/** How many leads of accounts never accepted may wait, of all of them together. */
export const mostUnverified = (most: number): number => Math.min(most, Math.max(1, Math.floor(most / unverifiedPart)));

/** As many as there is room left: one alone takes half, two a third each, and whoever comes next always finds room. */
const isWithin = (own: number, all: number, most: number): boolean => own < most - all;

/**
 * The share of a key, in a queue that no key may fill: never more of one key than there is room left for all others. Of
 * accounts never accepted the same within a small part of the queue, which they share.
 */
export const roomFor = ({ most, all, ofKey, ofUnverified }: Waiting, isUnverified: boolean): Room => {
	if (all >= most) return 'full';
	if (isUnverified && !isWithin(ofKey, ofUnverified, mostUnverified(most)))
		return ofUnverified >= mostUnverified(most) || ofKey === 0 ? 'unverifiedFull' : 'keyFull';
	return isWithin(ofKey, all, most) ? 'room' : 'keyFull';
};

const leastPauseMs = 1000;
/** Each pause is so many times as long as the lead has waited: seven tries in an hour, and the first of them soon. */
const pausePart = 3;

/** Where a lead waits longer than it may, since others of its key were asked for first: so much of that time. */
const overduePart = 10;

/**
 * How long a refused key that was never accepted is left alone, by how long its lead waits already. `forMs`: how long such
 * a lead may wait, and the next one of the key with it: what came after many others is not tried years later.
 */
export const unverifiedPauseMs = (waitedMs: number, forMs = Number.POSITIVE_INFINITY): number =>
	Math.max(leastPauseMs, Math.min(pausePart * waitedMs, Math.max(forMs / overduePart, forMs - waitedMs)));
