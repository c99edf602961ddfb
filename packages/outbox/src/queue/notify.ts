import { arrivalOf, type Entry, type LeadPayload } from '../store/entry';
import { type OutboxState, track } from './outboxState';
import { setAside } from './setAside';
import type { Outcome } from '@icloud-ready/core';

/** Its giver was told: what is noted for later is taken off the disk. */
const acknowledge = <Payload extends LeadPayload>(state: OutboxState<Payload>, id: string): void => {
	const { unnoted } = state.acks;
	unnoted.add(id);
	track(
		state,
		state.store.write([{ kind: 'acked', id }]).then(() => {
			unnoted.delete(id);
		}),
	);
};

/** Tells an outcome, and forgets that it is to be told. `isKept`: that is on disk. */
export const notify = <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	entry: Entry<Payload>,
	outcome: Outcome,
	isKept: boolean,
): void => {
	const wasTold = state.options.notify(entry, outcome, arrivalOf(entry.id) < state.firstOfThisStart);
	if (!wasTold) return;
	if (!isKept) {
		// Its write may have been done although it failed.
		state.acks.unnoted.add(entry.id);
		return;
	}
	state.acks.toldInRound?.add(entry.id);
	acknowledge(state, entry.id);
};

/** Tells one outcome that nobody was told of, unless somebody was meanwhile. */
const redeliverOne = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	id: string,
	toldInRound: ReadonlySet<string>,
): Promise<void> => {
	if (state.acks.unnoted.has(id)) return acknowledge(state, id);
	// Its write may have been done although it failed and is tried again: whoever sent it tells it then.
	if (state.onTheWay.has(id)) return;
	const ended = await state.store.get('ended', id);
	const entry = ended ?? (await state.store.get('unconfirmed', id));
	if (toldInRound.has(id)) return;
	if (ended?.unreadable !== undefined) await setAside(state, ended, 'ended');
	// A person sent it again, or said what became of it: nobody waits for this outcome any more.
	if (entry?.outcome === undefined || entry.outcome === null || entry.resolved !== undefined) acknowledge(state, id);
	else notify(state, entry, entry.outcome, true);
};

/** Tells every outcome that nobody was told of. */
export const redeliver = <Payload extends LeadPayload>(state: OutboxState<Payload>): void => {
	const { acks } = state;
	const round = async (): Promise<void> => {
		const told = new Set<string>();
		acks.toldInRound = told;
		for (const id of await state.store.unacked()) await redeliverOne(state, id, told);
	};
	acks.rounds = acks.rounds.then(round, round).finally(() => {
		acks.toldInRound = undefined;
	});
	track(state, acks.rounds);
};
