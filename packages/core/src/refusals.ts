import type { Outcome } from './outcome';

/**
 * After a 401 the leads that wait are not sent, after a 403 those of the same organization: a thousand more refusals would
 * say the same. One lead at a time is let through to see whether it works again; if it does not, the next one only after
 * a while.
 */
export interface Refusals {
	/** Whether a lead of this organization may be sent; whoever may must tell `learn` what came of it. */
	readonly check: (organizationId: string, nowMs: number) => 'send' | 'unauthorized' | 'forbidden';
	/** What came of a lead that left at `leftAtMs`. */
	readonly learn: (organizationId: string, outcome: Pick<Outcome, 'outcome' | 'status'>, leftAtMs: number, nowMs: number) => void;
	/** Whether the key itself is refused for now. */
	readonly isKeyRefused: () => boolean;
}

export interface Probing {
	/** So many refusals in a row bring no pause yet, since a person may be mending it. */
	readonly withoutPause: number;
	/** How long the first pause lasts, in ms; each further one twice as long. */
	readonly firstPauseMs: number;
	readonly longestPauseMs: number;
}

interface Refused {
	/** What left before it tells nothing of it. */
	readonly atMs: number;
	readonly inARow: number;
	readonly pauseMs: number;
	/** One lead is under way to see whether it works again. */
	readonly probing: boolean;
}

/** A run that is over soon: nothing is tried again in it. */
export const neverAgain: Probing = { withoutPause: 0, firstPauseMs: Number.POSITIVE_INFINITY, longestPauseMs: Number.POSITIVE_INFINITY };

export const createRefusals = ({ withoutPause, firstPauseMs, longestPauseMs }: Probing): Refusals => {
	let key: Refused | undefined;
	const organizations = new Map<string, Refused>();

	const refused = (before: Refused | undefined, nowMs: number): Refused => {
		const inARow = (before?.inARow ?? 0) + 1;
		const pauses = inARow - withoutPause;
		return { atMs: nowMs, inARow, pauseMs: pauses <= 0 ? 0 : Math.min(longestPauseMs, firstPauseMs * 2 ** (pauses - 1)), probing: false };
	};
	const holds = (state: Refused | undefined, nowMs: number): boolean => state !== undefined && (state.probing || nowMs < state.atMs + state.pauseMs);
	const isNews = (state: Refused | undefined, leftAtMs: number): boolean => state === undefined || state.probing || leftAtMs > state.atMs;
	const keep = (organizationId: string, state: Refused | undefined): void => {
		if (state === undefined) organizations.delete(organizationId);
		else organizations.set(organizationId, state);
	};

	return {
		check: (organizationId, nowMs) => {
			const organization = organizations.get(organizationId);
			if (holds(key, nowMs)) return 'unauthorized';
			if (holds(organization, nowMs)) return 'forbidden';
			if (key !== undefined) key = { ...key, probing: true };
			if (organization !== undefined) organizations.set(organizationId, { ...organization, probing: true });
			return 'send';
		},
		learn: (organizationId, { outcome, status }, leftAtMs, nowMs) => {
			if (!isNews(key, leftAtMs)) return;
			const organization = organizations.get(organizationId);
			if (status === null) {
				// No answer says neither; the next lead may ask.
				if (key !== undefined) key = { ...key, probing: false };
				if (organization !== undefined) keep(organizationId, { ...organization, probing: false });
				return;
			}
			key = outcome === 'unauthorized' ? refused(key, nowMs) : undefined;
			if (outcome === 'unauthorized') {
				if (organization !== undefined) keep(organizationId, { ...organization, probing: false });
				return;
			}
			if (isNews(organization, leftAtMs)) keep(organizationId, outcome === 'forbidden' ? refused(organization, nowMs) : undefined);
		},
		isKeyRefused: () => key !== undefined,
	};
};
