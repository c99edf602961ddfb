import type { Outcome } from '../outcome/outcome';
import { type Answer, type Breaker, breaker, closed, eventsOf, mayLeave, type PauseMsOf } from './circuitBreaker';

/**
 * After a 401 the leads that wait are not sent, after a 403 those of the same organization: a thousand more refusals would
 * say the same. One lead at a time is let through to see whether it works again; if it does not, the next one only after
 * a while. Times are those of a clock that only goes forward.
 */
export interface AuthBreaker {
	/** Whether a lead of this organization may be sent; whoever may must tell `learn` what came of it. */
	readonly check: (organizationId: string, nowMs: number) => 'send' | 'unauthorized' | 'forbidden';
	/** What came of a lead that left at `leftAtMs`. */
	readonly learn: (
		organizationId: string,
		outcome: Pick<Outcome, 'outcome' | 'status'>,
		leftAtMs: number,
		nowMs: number,
	) => void;
	/** Whether the key itself is refused for now. */
	readonly isKeyRefused: () => boolean;
	/** The organizations in which the key may not create leads for now. */
	readonly refusedOrganizations: () => readonly string[];
}

export interface ProbePolicy {
	/** So many refusals in a row bring no pause yet, since a person may be mending it; 0 or more. */
	readonly withoutPause: number;
	/** How long the first pause lasts, in ms; each further one twice as long. Infinity: nothing is tried again. */
	readonly firstPauseMs: number;
	/** In ms, no shorter than the first. */
	readonly longestPauseMs: number;
}

/** A run that is over soon: nothing is tried again in it. */
export const neverProbe: ProbePolicy = {
	withoutPause: 0,
	firstPauseMs: Number.POSITIVE_INFINITY,
	longestPauseMs: Number.POSITIVE_INFINITY,
};

const answerOf = ({ outcome, status }: Pick<Outcome, 'outcome' | 'status'>, leftAtMs: number): Answer => {
	// No answer says neither; the next lead may ask.
	if (status === null) return { kind: 'undecided' };
	if (outcome === 'unauthorized') return { kind: 'refused', why: 'key', leftAtMs };
	if (outcome === 'forbidden') return { kind: 'refused', why: 'organization', leftAtMs };
	return { kind: 'passed', leftAtMs };
};

export const createAuthBreaker = ({ withoutPause, firstPauseMs, longestPauseMs }: ProbePolicy): AuthBreaker => {
	let key: Breaker = closed;
	const organizations = new Map<string, Breaker>();

	const pauseOf: PauseMsOf = (_why, consecutiveFailures) => {
		const pauses = consecutiveFailures - withoutPause;
		return pauses <= 0 ? 0 : Math.min(longestPauseMs, firstPauseMs * 2 ** (pauses - 1));
	};
	const keep = (organizationId: string, state: Breaker): void => {
		if (state.kind === 'closed') organizations.delete(organizationId);
		else organizations.set(organizationId, state);
	};

	return {
		check: (organizationId, nowMs) => {
			const organization = organizations.get(organizationId) ?? closed;
			if (!mayLeave(key, nowMs)) return 'unauthorized';
			if (!mayLeave(organization, nowMs)) return 'forbidden';
			key = breaker(key, { kind: 'left' }, nowMs, pauseOf);
			keep(organizationId, breaker(organization, { kind: 'left' }, nowMs, pauseOf));
			return 'send';
		},
		learn: (organizationId, outcome, leftAtMs, nowMs) => {
			const events = eventsOf(answerOf(outcome, leftAtMs));
			key = breaker(key, events.shared, nowMs, pauseOf);
			keep(organizationId, breaker(organizations.get(organizationId) ?? closed, events.organization, nowMs, pauseOf));
		},
		isKeyRefused: () => key.kind !== 'closed',
		refusedOrganizations: () => [...organizations.keys()],
	};
};
