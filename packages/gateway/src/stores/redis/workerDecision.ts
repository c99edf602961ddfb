import type { QueueSnapshot } from './queueSnapshot';

/** What is to be done with the worker of a key that was verified. `rest`: it ends, and a new lead does not start it. */
export type WorkerDecision = 'start' | 'keep' | 'stop' | 'rest';

/** A key that is held for longer than this needs no worker meanwhile: starting one takes a connection and some ms. */
const longHoldMs = 10_000;
/** A worker that had nothing to do for so long gives its connection back. */
const idleMs = 60_000;

/** `idleForMs`: how long its worker here had nothing to do; undefined where it has none. */
export const workerDecision = (
	{ waiting, active, dueInMs, heldMs = 0 }: QueueSnapshot,
	idleForMs: number | undefined,
): WorkerDecision => {
	if (active === 0 && heldMs > longHoldMs) return 'rest';
	if (waiting > 0 || active > 0 || dueInMs < longHoldMs) return idleForMs === undefined ? 'start' : 'keep';
	return idleForMs !== undefined && idleForMs > idleMs ? 'stop' : 'keep';
};

/** What a trial of a key that was never verified comes to. */
export interface TrialState {
	/** Something of it is on its way, or could be. */
	readonly inWork: boolean;
	/** In how many ms it is to be tried again, if anything of it waits. */
	readonly againInMs: number;
}

/** A delayed lead of such a key is looked for no later than this. */
export const maxTrialDelayMs = 5000;

export const trialState = ({ waiting, active, dueInMs, heldMs = 0 }: QueueSnapshot): TrialState => {
	// Where nothing waited when it was looked at, whatever waits by now has just come.
	const delayMs = Number.isFinite(dueInMs) && waiting === 0 ? Math.min(dueInMs, maxTrialDelayMs) : 0;
	return {
		inWork: active > 0 || (waiting > 0 && heldMs <= 0),
		againInMs: Math.ceil(Math.max(heldMs, delayMs)),
	};
};
