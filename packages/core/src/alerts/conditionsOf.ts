import type { HoldReason } from '../outcome/holdReason';
import type { AlertKind, Condition } from './condition';

/** Leads that something holds back. */
export interface HeldLeads {
	readonly why: HoldReason;
	/** @default any */
	readonly organizationId?: string;
	readonly count: number;
	/** Since when, in ms since 1970, where that is known. */
	readonly sinceMs?: number;
}

/** What an account or a gateway knows of its leads at a moment. */
export interface DeliveryFacts {
	/** What holds leads back, the most leads first. A key that is refused holds, whether leads wait for it or not. */
	readonly held: readonly HeldLeads[];
	readonly waiting: number;
	readonly unconfirmed: number;
	/** Since when the lead waits that waits longest, in ms since 1970; left out where none waits. */
	readonly waitsSinceMs?: number;
	/**
	 * How many may wait.
	 * @default there is no queue
	 */
	readonly maxWaiting?: number;
	/** Leads cannot be kept now. */
	readonly isStoreAway: boolean;
	/** Created leads cannot be looked up now. */
	readonly isRecordAway: boolean;
	/**
	 * So many entries are missing or changed, and nobody has said that they saw it.
	 * @default 0
	 */
	readonly damaged?: number;
	/**
	 * So many leads could leave and do not.
	 * @default 0
	 */
	readonly notLeaving?: number;
	/**
	 * The clock or the store has gone back, and nobody has said that they saw it.
	 * @default false
	 */
	readonly hasGoneBack?: boolean;
}

/** A queue is nearly full from `begin` on, until less than `end` of it is taken: not each lead begins it anew. */
const nearlyFull = { begin: 0.8, end: 0.6 } as const;

/** These have an alert of their own, so that one cause is not told twice. */
const ownAlert: ReadonlySet<HoldReason> = new Set<HoldReason>(['key', 'organization', 'disk']);

const refused = (held: readonly HeldLeads[], kind: 'key' | 'organization'): readonly Condition[] =>
	held
		.filter(({ why }) => why === kind)
		.map(({ count, organizationId, sinceMs }) => ({
			kind,
			count,
			...(organizationId === undefined ? {} : { organizationId }),
			...(sinceMs === undefined ? {} : { sinceMs }),
		}));

const overdue = (
	{ held, waiting, waitsSinceMs }: DeliveryFacts,
	nowMs: number,
	waitingMinutes: number,
): readonly Condition[] => {
	const [first] = held;
	if (waitsSinceMs === undefined || waiting === 0 || (first !== undefined && ownAlert.has(first.why))) return [];
	if (nowMs - waitsSinceMs <= waitingMinutes * 60_000) return [];
	return [
		{ kind: 'waiting', count: waiting, sinceMs: waitsSinceMs, ...(first === undefined ? {} : { why: first.why }) },
	];
};

/**
 * What needs a person, of what is so now. `isOpen`: whether an alert of a kind is open already, which ends later than it
 * begins. `waitingMinutes`: how long leads may wait until somebody is to be told.
 */
export const conditionsOf = (
	facts: DeliveryFacts,
	nowMs: number,
	waitingMinutes: number,
	isOpen: (kind: AlertKind) => boolean,
): readonly Condition[] => {
	const { held, waiting, unconfirmed, maxWaiting, isStoreAway, isRecordAway } = facts;
	const { damaged = 0, notLeaving = 0, hasGoneBack = false } = facts;
	const share = maxWaiting === undefined ? 0 : waiting / maxWaiting;
	const when = (isSo: boolean, kind: AlertKind, count: number): readonly Condition[] => (isSo ? [{ kind, count }] : []);
	return [
		...refused(held, 'key'),
		...refused(held, 'organization'),
		...overdue(facts, nowMs, waitingMinutes),
		...when(unconfirmed > 0, 'unconfirmed', unconfirmed),
		...when(share >= (isOpen('queueFull') ? nearlyFull.end : nearlyFull.begin), 'queueFull', waiting),
		...when(isStoreAway || held.some(({ why }) => why === 'disk'), 'store', waiting),
		...when(isRecordAway, 'record', 0),
		...when(damaged > 0, 'damaged', damaged),
		...when(notLeaving > 0, 'notLeaving', notLeaving),
		...when(hasGoneBack, 'goneBack', 0),
	];
};
