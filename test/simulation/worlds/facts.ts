import type { Arrival } from '../api/api';
import type { Reply } from '../api/transport';

/** What is known of one lead from outside, whatever the product believes. */
export interface LeadFacts {
	readonly name: string;
	readonly phone: string;
	readonly account: string;
	readonly node: string;
	readonly organizationId: string;
	/** The key that it was given with, where that is none of its account's. */
	readonly madeUpKey: string | undefined;
	readonly isOnce: 'allow' | 'run' | 'always';
	readonly resends: boolean;
	readonly givenAtMs: number;
	/** Its giver was told that it is taken, or was told its end. */
	isAcknowledged: boolean;
	/** Since when it is kept for later, and how much stood behind that it leaves then. */
	keptAtMs: number | undefined;
	/** A person was told that it will be sent again: so somebody is to hear what becomes of that. */
	againAtMs: number | undefined;
	readonly told: Told[];
	/** When somebody wanted it sent once more. */
	readonly chosenAtMs: number[];
	/** Somebody said what became of it, or tried to. */
	isActedUpon: boolean;
	/** Its entry was damaged, or what was said to be on disk is gone: its giver may never hear of it. */
	mayBeLost: boolean;
	/** What was said to be on disk is gone, so nobody can know that it was sent. */
	mayBeDoubled: boolean;
	/** Its failure stands in the log, since its node was stopping. */
	isLogged: boolean;
}

export interface Told {
	readonly outcome: string;
	readonly atMs: number;
	readonly by: string;
	readonly leadId: string | undefined;
	readonly isUnrecorded: boolean;
}

/** A rule that did not hold. */
export interface Violation {
	readonly rule: Rule;
	readonly says: string;
}

export type Rule =
	| 'at most once'
	| 'once of equal leads'
	| 'outcome is the truth'
	| 'told once'
	| 'everybody is told'
	| 'one place'
	| 'kept until it ends'
	| 'concurrency'
	| 'rate'
	| 'waits as asked'
	| 'queue limit'
	| 'own key'
	| 'own organization'
	| 'own content'
	| 'comes to an end'
	| 'stops in time'
	| 'does not hammer'
	| 'no stray error'
	| 'comes to rest';

/** Answers after which the lead surely does not exist. A 503 says so only where it asks to come again. */
export const isDefiniteNo = ({ told, status, created }: Arrival, asksToWait: boolean): boolean =>
	told === 'answered' &&
	!created &&
	(status === 503 ? asksToWait : [302, 400, 401, 403, 408, 429].includes(status ?? 0));

export const asksToWait = (reply: Reply): boolean => 'status' in reply && reply.headers['retry-after'] !== undefined;

/** How long an answer asks to wait, by its own Date; undefined where it says nothing that can be understood. */
export const askedMsOf = (reply: Reply): number | undefined => {
	if (!('status' in reply)) return undefined;
	const asked = reply.headers['retry-after'];
	if (asked === undefined) return undefined;
	if (/^\d+$/.test(asked)) return Number(asked) * 1000;
	const until = Date.parse(asked);
	const from = Date.parse(reply.headers.date ?? '');
	return Number.isNaN(until) || Number.isNaN(from) ? undefined : Math.max(0, until - from);
};

const noOutcomes = ['invalid', 'unauthorized', 'forbidden', 'rateLimited', 'failed'];

/** What an outcome that is told now says wrongly; undefined where it is the truth. */
export const untruth = (
	lead: LeadFacts,
	told: Told,
	arrivals: readonly Arrival[],
	isNo: (arrival: Arrival) => boolean,
): string | undefined => {
	const since = lead.chosenAtMs.at(-1) ?? Number.NEGATIVE_INFINITY;
	const own = arrivals.filter((arrival) => arrival.lead === lead.name);
	switch (told.outcome) {
		case 'created':
			return own.some(({ created }) => created) && told.leadId?.endsWith(`-${lead.name}`) === true
				? undefined
				: `${lead.name} was told as created, and is not`;
		case 'duplicate':
			return arrivals.some(({ created, phone }) => created && phone === lead.phone)
				? undefined
				: `${lead.name} was told as a duplicate of a lead that does not exist`;
		default: {
			if (!noOutcomes.includes(told.outcome)) return undefined;
			const open = own.filter((arrival) => arrival.atMs >= since && !isNo(arrival));
			return open.length === 0 || lead.mayBeDoubled
				? undefined
				: `${lead.name} was told as ${told.outcome}, although request ${open[0]?.number} may have created it`;
		}
	}
};
