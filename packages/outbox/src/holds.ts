import type { Why } from './nextStep';

const firstPauseMs = 1000;
/** A person mends a key or a permission; a network comes back by itself. */
const longestPauseMs: Readonly<Record<Why, number>> = { key: 300_000, organization: 300_000, limit: 60_000, network: 60_000, answers: 300_000, disk: 60_000 };
/** Whatever the API asks for, after an hour one lead may ask again. */
const longestAskedMs = 3_600_000;
/** One lost answer is chance; so many in a row mean that the API takes leads and says nothing, and each further one would need a person. */
export const mostUnanswered = 3;

/** How long leads wait that met the same for the n-th time in a row; `askedMs` where the API said how long. */
export const pauseMsOf = (why: Why, inARow: number, askedMs?: number): number =>
	askedMs === undefined ? Math.min(longestPauseMs[why], firstPauseMs * 2 ** (inARow - 1)) : Math.min(longestAskedMs, askedMs);

interface Hold {
	readonly why: Why;
	readonly inARow: number;
	readonly untilMs: number;
	/** One lead is under way to see whether it works again. */
	readonly probing: boolean;
}

/**
 * What holds leads back: an organization's permission for its own leads, anything else for all. After a pause one lead is
 * let through to see; if it meets the same, the pause doubles.
 */
export interface Holds {
	readonly begin: (why: Why, organizationId: string, nowMs: number, askedMs?: number) => void;
	/** A lead of this organization passed, so nothing holds it any more. */
	readonly passed: (organizationId: string) => void;
	/** A lead got no answer: after a few in a row the rest waits. */
	readonly unanswered: (organizationId: string, nowMs: number) => void;
	/** A probe that told nothing. */
	readonly undecided: (organizationId: string) => void;
	readonly maySend: (organizationId: string, nowMs: number) => boolean;
	/** From when on leads may leave, as far as what holds all of them goes; infinite while one sees whether it works again. */
	readonly allOpensAtMs: () => number;
	/** The same of this organization alone. */
	readonly opensAtMs: (organizationId: string) => number;
	/** A lead leaves: where it was held before, it is the only one until it is known what came of it. */
	readonly left: (organizationId: string) => void;
	/** When the next pause after `nowMs` ends; undefined where there is none. */
	readonly nextAtMs: (nowMs: number) => number | undefined;
	/** Why most wait, for showing; or what holds this organization. */
	readonly why: (organizationId?: string) => Why | undefined;
}

export const createHolds = (): Holds => {
	let all: Hold | undefined;
	let unansweredInARow = 0;
	const organizations = new Map<string, Hold>();

	const next = (before: Hold | undefined, why: Why, nowMs: number, askedMs?: number): Hold => {
		// Several that left together and met the same are one meeting.
		if (before !== undefined && !before.probing && before.why === why && nowMs < before.untilMs) return before;
		const inARow = (before?.why === why ? before.inARow : 0) + 1;
		return { why, inARow, untilMs: nowMs + pauseMsOf(why, inARow, askedMs), probing: false };
	};
	const isOpen = (hold: Hold | undefined, nowMs: number): boolean => hold === undefined || (!hold.probing && nowMs >= hold.untilMs);

	const opensAtMs = (hold: Hold | undefined): number => {
		if (hold === undefined) return Number.NEGATIVE_INFINITY;
		return hold.probing ? Number.POSITIVE_INFINITY : hold.untilMs;
	};

	const begin: Holds['begin'] = (why, organizationId, nowMs, askedMs) => {
		if (why !== 'organization') {
			all = next(all, why, nowMs, askedMs);
			return;
		}
		organizations.set(organizationId, next(organizations.get(organizationId), why, nowMs));
		// The key itself was taken.
		all = undefined;
	};
	const undecided: Holds['undecided'] = (organizationId) => {
		const organization = organizations.get(organizationId);
		if (all !== undefined) all = { ...all, probing: false };
		if (organization !== undefined) organizations.set(organizationId, { ...organization, probing: false });
	};

	return {
		begin,
		undecided,
		unanswered: (organizationId, nowMs) => {
			unansweredInARow++;
			if (unansweredInARow >= mostUnanswered) begin('answers', organizationId, nowMs);
			else undecided(organizationId);
		},
		passed: (organizationId) => {
			all = undefined;
			unansweredInARow = 0;
			organizations.delete(organizationId);
		},
		maySend: (organizationId, nowMs) => isOpen(all, nowMs) && isOpen(organizations.get(organizationId), nowMs),
		allOpensAtMs: () => opensAtMs(all),
		opensAtMs: (organizationId) => opensAtMs(organizations.get(organizationId)),
		left: (organizationId) => {
			const organization = organizations.get(organizationId);
			if (all !== undefined) all = { ...all, probing: true };
			if (organization !== undefined) organizations.set(organizationId, { ...organization, probing: true });
		},
		nextAtMs: (nowMs) => {
			const ends = [all, ...organizations.values()].flatMap((hold) => (hold === undefined || hold.probing || hold.untilMs <= nowMs ? [] : [hold.untilMs]));
			return ends.length === 0 ? undefined : Math.min(...ends);
		},
		why: (organizationId) => all?.why ?? (organizationId === undefined ? organizations.values().next().value : organizations.get(organizationId))?.why,
	};
};
