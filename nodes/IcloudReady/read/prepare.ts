import { type Connection, type Outcome, type Policy, checkLead, type ReadyLead } from '../../../packages/core/src';
import type { RetryMemory, Place } from '../dedupe/retryMemory';
import type { Account } from './account';
import type { Entry } from './readItem';

/** A lead with all that sending it takes. */
export interface Dispatch extends Place {
	readonly entry: Entry;
	/** Absent where it could not be read, so that nothing is sent. */
	readonly account?: Account;
	readonly connection: Connection;
	readonly policy: Policy;
	/** The user's cap of the account's leads in a second; 0 is none. */
	readonly maxPerSecond: number;
}

/** A dispatch that was checked: ready to be sent, or ended already. What it was read from is let go. */
export type Prepared = Omit<Dispatch, 'entry'> & {
	/** `isRecalled`: an earlier try of the run, or an earlier call of an agent, has finished it. */
	readonly state: ReadyLead | { readonly kind: 'ended'; readonly outcome: Outcome; readonly isRecalled?: boolean };
};

/** Checks a lead, and recalls it where an earlier try of the same run has finished it. */
export const prepared = (dispatch: Dispatch, memory: RetryMemory): Prepared => {
	const { entry, ...rest } = dispatch;
	const { connection, policy } = rest;
	const state = entry.kind === 'ended' ? entry : checkLead(entry.draft, connection, policy, entry.reading);
	const outcome = state.kind === 'ready' ? memory.lookup(state, rest) : undefined;
	return { ...rest, state: outcome === undefined ? state : { kind: 'ended', outcome, isRecalled: true } };
};
