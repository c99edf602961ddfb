import { type AlertKind, type Condition, nameOf } from './condition';
import { conditionsOf, type DeliveryFacts } from './conditionsOf';
import { type Alert, type AlertState, decideAlerts } from './decideAlerts';

export interface AlertRound {
	/** Milliseconds since 1970. */
	readonly nowMs: number;
	/** How long leads may wait until somebody is to be told, in minutes. */
	readonly waitingMinutes: number;
	/**
	 * The program has just started: what holds leads back shows only when the first of them leaves, so nothing is over yet
	 * because it does not show.
	 */
	readonly isStarting: boolean;
}

/** So long after a start nothing is told as over, in ms: a lead that is tried at once has its answer by then. */
export const startingMs = 60_000;

/** With what was so before and cannot be seen now. */
const withOpen = (state: AlertState, conditions: readonly Condition[]): readonly Condition[] => {
	const seen = new Set(conditions.map(nameOf));
	const before = [...state].flatMap(([name, { isOn, condition }]) => (isOn && !seen.has(name) ? [condition] : []));
	return [...conditions, ...before];
};

/** What is to be told now, of what an account or a gateway knows. See `decideAlerts` for what is told how often. */
export const alertRound = (
	state: AlertState,
	facts: DeliveryFacts,
	{ nowMs, waitingMinutes, isStarting }: AlertRound,
): { readonly state: AlertState; readonly alerts: readonly Alert[] } => {
	const isOpen = (kind: AlertKind): boolean => state.get(kind)?.isOn === true;
	const conditions = conditionsOf(facts, nowMs, waitingMinutes, isOpen);
	// A store that is away cannot say that anything is over.
	return decideAlerts(state, isStarting || facts.isStoreAway ? withOpen(state, conditions) : conditions, nowMs);
};
