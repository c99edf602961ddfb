import { factsOf, type OutboxFacts, type OutboxState, stateOf } from './accountOutboxState';
import { type AccountOutboxOptions, type Listener, openUntilItWorks, type OpenState } from './openAccountOutbox';
import type { QueuedLead } from './queuedLead';
import type { Outcome } from '@icloud-ready/core';
import type { NewEntry, Outbox } from '@icloud-ready/outbox';

export interface AccountOutbox {
	/** False: what an earlier setting kept is still sent, and nothing new is kept. */
	readonly keepsNew: boolean;
	/** `direct`: nothing can be kept, so the lead is to be sent at once. */
	readonly put: (lead: NewEntry<QueuedLead>) => Promise<'kept' | 'full' | 'direct'>;
	/** Keeps a lead that has ended already; one that cannot be kept is not, and its outcome is told all the same. */
	readonly putEnded: (lead: NewEntry<QueuedLead>, outcome: Outcome) => Promise<void>;
	readonly state: () => OutboxState;
	/** Never rejects. */
	readonly facts: () => Promise<OutboxFacts>;
	/** The node with this id hears of its leads until it is detached. */
	readonly attach: (nodeId: string, listener: Listener) => void;
	readonly detach: (nodeId: string) => void;
	readonly listener: (nodeId: string) => Listener | undefined;
	/** Flows run, so outcomes find their nodes and leads may leave. */
	readonly start: () => void;
	/** What a person sees and does; undefined while it cannot be used. */
	readonly opened: () => Outbox<QueuedLead> | undefined;
	/** A person has seen what was found damaged. Rejects where that cannot be written. */
	readonly damageSeen: () => Promise<void>;
	readonly close: (patience: Promise<unknown>) => Promise<void>;
}

/** The outbox of one account: opened beside the running flows, tried again where it cannot be, and never in the way of a lead. */
export const createAccountOutbox = (options: AccountOutboxOptions): AccountOutbox => {
	const listeners = new Map<string, Listener>();
	const state: OpenState = {
		options,
		listeners,
		outbox: undefined,
		store: undefined,
		isBroken: false,
		isTried: false,
		isStarted: false,
		isClosed: false,
	};
	let firstTryOver = (): void => undefined;
	/** Whoever comes while it opens waits for the first try and no longer. */
	const firstTry = new Promise<void>((resolve) => {
		firstTryOver = resolve;
	});
	const opening = openUntilItWorks(state, firstTryOver).finally(options.onChange);

	return {
		keepsNew: options.keepsNew,
		put: async (lead) => {
			await firstTry;
			// A store that fails has said so by itself, once.
			return (await state.outbox?.put(lead).catch(() => undefined)) ?? 'direct';
		},
		putEnded: async (lead, outcome) => {
			await firstTry;
			await state.outbox?.putEnded(lead, outcome).catch(() => undefined);
		},
		state: () => stateOf(state),
		facts: async () => await factsOf(state),
		attach: (nodeId, listener) => {
			listeners.set(nodeId, listener);
			state.outbox?.redeliver();
		},
		detach: (nodeId) => {
			listeners.delete(nodeId);
		},
		listener: (nodeId) => listeners.get(nodeId),
		start: () => {
			state.isStarted = true;
			state.outbox?.start();
		},
		opened: () => state.outbox,
		damageSeen: async () => {
			await state.store?.damageSeen?.();
			options.onChange();
		},
		close: async (patience) => {
			state.isClosed = true;
			if (state.outbox === undefined) await opening;
			await state.outbox?.close(patience);
		},
	};
};
