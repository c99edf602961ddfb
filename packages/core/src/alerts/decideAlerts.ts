import { type Condition, nameOf } from './condition';

/** `still`: it was told a day ago and is as it was. */
export const alertStates = ['begun', 'still', 'over'] as const;

/** What somebody is told of a condition. */
export interface Alert extends Condition {
	readonly state: (typeof alertStates)[number];
	/** When it began, in ms since 1970. */
	readonly sinceMs: number;
	/** When it ended, in ms since 1970. */
	readonly overMs?: number;
}

/** What is known of one condition: as it is, and as it was last told. */
export interface Watched {
	readonly condition: Condition;
	readonly isOn: boolean;
	/** Since when it is as it is, in ms since 1970. */
	readonly changedAtMs: number;
	/** When it began that time, in ms since 1970. */
	readonly begunAtMs: number;
	/** Whether the last word was that it is so. */
	readonly isToldOn: boolean;
	/** When that was said, in ms since 1970. */
	readonly toldAtMs: number;
	/** How many words there were since it was last calm. */
	readonly told: number;
}

/** By the name of each condition. What ended and was told is left out once it was calm. */
export type AlertState = ReadonlyMap<string, Watched>;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * How long the next word has to wait. The first begin and its end are told at once; one that comes and goes is told
 * after an hour, then after two, and so on up to a day: nobody reads what comes every minute.
 */
const quietMs = (told: number): number => (told < 2 ? 0 : Math.min(dayMs, hourMs * 2 ** (told - 2)));

/** A clock that was set back makes nothing wait longer than it would from now on. */
const notAhead = (watched: Watched, nowMs: number): Watched => ({
	...watched,
	changedAtMs: Math.min(watched.changedAtMs, nowMs),
	begunAtMs: Math.min(watched.begunAtMs, nowMs),
	toldAtMs: Math.min(watched.toldAtMs, nowMs),
});

const begin = (condition: Condition, nowMs: number): Watched => ({
	condition,
	isOn: true,
	changedAtMs: nowMs,
	begunAtMs: Math.min(condition.sinceMs ?? nowMs, nowMs),
	isToldOn: false,
	toldAtMs: 0,
	told: 0,
});

/** As it is now; one that has been as it was for an hour is calm, and its next change is told at once. */
const seen = (watched: Watched, now: Condition | undefined, nowMs: number): Watched => {
	const isOn = now !== undefined;
	const condition = now ?? watched.condition;
	if (isOn === watched.isOn) return { ...watched, condition };
	const isCalm = watched.isOn === watched.isToldOn && nowMs - watched.changedAtMs >= hourMs;
	// A word that came late, or the daily one, is the first of this hour's two.
	const justTold = nowMs - watched.toldAtMs < hourMs ? 1 : 0;
	return {
		...watched,
		condition,
		isOn,
		changedAtMs: nowMs,
		begunAtMs: isOn ? Math.min(now.sinceMs ?? nowMs, nowMs) : watched.begunAtMs,
		told: isCalm ? justTold : watched.told,
	};
};

const isForgotten = ({ isOn, isToldOn, changedAtMs, toldAtMs }: Watched, nowMs: number): boolean =>
	!isOn && !isToldOn && nowMs - Math.max(changedAtMs, toldAtMs) >= dayMs;

const wordOf = ({ isOn, isToldOn, toldAtMs, told }: Watched, nowMs: number): Alert['state'] | undefined => {
	const waitedMs = nowMs - toldAtMs;
	if (isOn !== isToldOn) return waitedMs >= quietMs(told) ? (isOn ? 'begun' : 'over') : undefined;
	return isOn && waitedMs >= dayMs ? 'still' : undefined;
};

const alertOf = ({ condition, begunAtMs, changedAtMs }: Watched, state: Alert['state']): Alert => ({
	...condition,
	state,
	sinceMs: begunAtMs,
	...(state === 'over' ? { overMs: changedAtMs } : {}),
});

/**
 * What is to be told now. Each condition is told once when it begins and once when it is over, again at most daily, and
 * one that comes and goes at most hourly. `conditions`: all that is so now; to be called at least every minute. Of what
 * reached somebody `onTold` is to be called: until then it is to be told still, as long as it is so.
 */
export const decideAlerts = (
	state: AlertState,
	conditions: readonly Condition[],
	nowMs: number,
): { readonly state: AlertState; readonly alerts: readonly Alert[] } => {
	const now = new Map(conditions.map((condition) => [nameOf(condition), condition]));
	const next = new Map<string, Watched>();
	const alerts: Alert[] = [];
	for (const name of new Set([...state.keys(), ...now.keys()])) {
		const before = state.get(name);
		const condition = now.get(name);
		const watched =
			before === undefined ? condition && begin(condition, nowMs) : seen(notAhead(before, nowMs), condition, nowMs);
		if (watched === undefined || isForgotten(watched, nowMs)) continue;
		next.set(name, watched);
		const word = wordOf(watched, nowMs);
		if (word !== undefined) alerts.push(alertOf(watched, word));
	}
	return { state: next, alerts };
};

/** Somebody was told. `nowMs`: milliseconds since 1970. */
export const onTold = (state: AlertState, alert: Alert, nowMs: number): AlertState => {
	const name = nameOf(alert);
	const watched = state.get(name);
	if (watched === undefined) return state;
	const told = watched.told + (alert.state === 'still' ? 0 : 1);
	return new Map([...state, [name, { ...watched, isToldOn: alert.state !== 'over', toldAtMs: nowMs, told }]]);
};
