import type { AccountFacts } from '../account/accountFacts';
import type { AlertMemory, Remembered } from './alertMemory';
import { type Alert, alertRound, isClockBack, onTold, watchClock } from '@icloud-ready/core';

/** What watching an account takes; a test lends its own time. */
export interface AccountWatch {
	/** How long leads may wait until somebody is told, in minutes. */
	readonly waitingMinutes: number;
	/** What is so now; undefined while the account is not there. */
	readonly facts: () => Promise<AccountFacts | undefined>;
	readonly memory: Pick<AlertMemory, 'read' | 'write'>;
	/** Sends a message. */
	readonly tell: (alert: Alert) => void;
	/** After each look: how many things need a person. */
	readonly onLooked: (open: number) => void;
	/** What was told could not be written down: told once, until it can be. */
	readonly onUnwritten: () => void;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** Milliseconds on a clock that only goes forward. */
	readonly monotonicMs: () => number;
	/** Resolves after `ms`, or as soon as the node closes. */
	readonly sleep: (ms: number) => Promise<void>;
	readonly stopped: () => boolean;
}

/** Often enough that somebody is told within a minute; a look costs no more than the line below a node. */
const lookEveryMs = 10_000;
/** So long after a start nothing is told as over: leads that wait leave at once then, and have their answer. */
const startingMs = 30_000;
/** The clock is written down so often where nothing else is to be. */
const writeClockEveryMs = 600_000;

interface State {
	remembered: Remembered;
	/** Of what is written down. */
	clockWrittenMs: number;
	isUnwritten: boolean;
}

const write = async ({ memory, onUnwritten }: AccountWatch, state: State): Promise<void> => {
	try {
		await memory.write(state.remembered);
		state.clockWrittenMs = state.remembered.clock?.latestMs ?? 0;
		state.isUnwritten = false;
	} catch {
		if (!state.isUnwritten) onUnwritten();
		state.isUnwritten = true;
	}
};

/** One look: what is to be told leaves, and is written down after that. */
const look = async (watch: AccountWatch, state: State, startedAtMs: number): Promise<void> => {
	const { facts, now, monotonicMs, waitingMinutes, tell, stopped, onLooked } = watch;
	const found = await facts();
	if (found === undefined || stopped()) return;
	const { delivery, isSettled } = found;
	const nowMs = now();
	const clock = watchClock(state.remembered.clock, nowMs);
	const { alerts: before } = state.remembered;
	const decided = alertRound(
		before,
		{ ...delivery, hasGoneBack: delivery.hasGoneBack === true || isClockBack(clock) },
		{ nowMs, waitingMinutes, isStarting: !isSettled || monotonicMs() - startedAtMs < startingMs },
	);
	let alerts = decided.state;
	for (const alert of decided.alerts) {
		tell(alert);
		alerts = onTold(alerts, alert, nowMs);
	}
	const isNew = decided.alerts.length > 0 || alerts.size !== before.size;
	const wasBack = state.remembered.clock !== undefined && isClockBack(state.remembered.clock);
	state.remembered = { alerts, clock };
	onLooked([...alerts.values()].filter(({ isOn }) => isOn).length);
	const isClockDue =
		wasBack !== isClockBack(clock) || Math.abs(clock.latestMs - state.clockWrittenMs) >= writeClockEveryMs;
	if (isNew || isClockDue || state.isUnwritten) await write(watch, state);
};

/** Tells what needs a person, until the node closes. Never rejects. */
export const watchAccount = async (watch: AccountWatch): Promise<void> => {
	const startedAtMs = watch.monotonicMs();
	const state: State = { remembered: await watch.memory.read(), clockWrittenMs: 0, isUnwritten: false };
	state.clockWrittenMs = state.remembered.clock?.latestMs ?? 0;
	while (!watch.stopped()) {
		await look(watch, state, startedAtMs).catch(() => undefined);
		await watch.sleep(lookEveryMs);
	}
	await write(watch, state);
};
