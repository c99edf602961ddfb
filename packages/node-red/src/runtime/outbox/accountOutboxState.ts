import type { OpenState } from './openAccountOutbox';
import type { HoldReason } from '@icloud-ready/core';
import type { Counts, Damage, NotLeaving, WaitingPartition } from '@icloud-ready/outbox';

/** What can be said of an outbox at any time. */
export interface OutboxState {
	readonly counts: Counts;
	/** Why leads wait. */
	readonly held?: HoldReason;
	/** They wait because a setting of the account is missing or cannot be used, not because iCloud-Ready refused it. */
	readonly isAccountUnusable?: true;
	/** Leads that could have left for a minute, and have not. */
	readonly notLeaving?: NotLeaving;
	/** So many leads were found damaged or missing, and no person has seen that yet. */
	readonly damaged?: number;
	/** It cannot be used, so leads are sent directly. */
	readonly isBroken: boolean;
}

/** What it knows of who waits and of its files, for whoever decides whether a person is needed. */
export interface OutboxFacts {
	/** Whether it was tried to open it: before that it knows nothing. */
	readonly isTried: boolean;
	readonly waiting: readonly WaitingPartition[];
	/** Since when the lead waits that waits longest, in ms since 1970. */
	readonly waitsSinceMs?: number;
	/** What was found wrong with its files, until a person has seen that. */
	readonly damage?: Damage;
}

const nothing: Counts = { waiting: 0, sending: 0, unconfirmed: 0, ended: 0 };
export const stateOf = ({ options, outbox, store, isBroken }: OpenState): OutboxState => {
	const damage = store?.damage?.();
	const damaged = damage === undefined ? 0 : damage.leads + damage.unnamed;
	const held = outbox?.holdReason();
	const notLeaving = outbox?.notLeaving();
	return {
		counts: outbox?.counts() ?? nothing,
		isBroken,
		...(damaged === 0 ? {} : { damaged }),
		...(held === undefined ? {} : { held }),
		...(options.isAccountUnusable ? { isAccountUnusable: true } : {}),
		...(notLeaving === undefined ? {} : { notLeaving }),
	};
};

export const factsOf = async ({ outbox, store, isTried }: OpenState): Promise<OutboxFacts> => {
	const waiting = outbox?.waitingPartitions() ?? [];
	const waitsSinceMs = await outbox?.longestWaitSinceMs().catch(() => undefined);
	const damage = store?.damage?.();
	return {
		isTried,
		waiting,
		...(waitsSinceMs === undefined ? {} : { waitsSinceMs }),
		...(damage === undefined ? {} : { damage }),
	};
};
