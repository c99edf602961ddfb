import type { Entry, LeadPayload, Shelf } from '../store/entry';
import type { Put } from '../store/entryStore';
import { retryWrite, tryWrite } from '../store/retryWrite';
import { watchExpiry } from './expireUnverified';
import { notify } from './notify';
import { moved, type OutboxState } from './outboxState';
import type { Outcome } from '@icloud-ready/core';

/** A disk that does not take what became of a lead is tried so often; each try is one small write. */
const writeAgainMs = 1000;

/** Writes until the disk takes it. False where the outbox was closed before that. */
const writeUntilKept = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	put: Put<Payload>,
): Promise<boolean> => {
	const { store, options } = state;
	return await retryWrite({ store, sleep: options.sleep, isClosed: () => state.isClosed }, [put], writeAgainMs);
};

/** Again and again where the disk does not take it: until then a crash would tell the lead as unconfirmed. */
export const end = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	entry: Entry<Payload>,
	outcome: Outcome,
): Promise<void> => {
	const { store, options } = state;
	const shelf: Shelf = outcome.outcome === 'unconfirmed' ? 'unconfirmed' : 'ended';
	const ended: Entry<Payload> = { ...entry, outcome, endedAtMs: options.now() };
	const put = { kind: 'put', entry: ended, shelf, from: 'sending' } as const;
	const autoAck = options.autoAck === true;
	const isKept = await tryWrite(store, [autoAck ? put : { ...put, unacked: true }]);
	// The next start tells it as unconfirmed, and nobody is there to be told now.
	if (!isKept && state.isClosed) return;
	moved(state, 'sending', shelf);
	notify(state, ended, outcome, isKept && !autoAck);
	if (!isKept) await writeUntilKept(state, put);
};

/** It waits again, at the place of its arrival. */
export const waitAgain = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	entry: Entry<Payload>,
	wasRefused = false,
): Promise<void> => {
	const put = { kind: 'put', entry, shelf: 'waiting', from: 'sending' } as const;
	if (!(await writeUntilKept(state, put))) return;
	moved(state, 'sending', 'waiting');
	state.queue.requeue(entry.id, wasRefused);
	watchExpiry(state, entry.partition);
};
