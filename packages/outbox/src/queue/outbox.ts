import { type LeadPayload, partitionOf } from '../store/entry';
import { createPurgeClock } from '../store/purgeClock';
import { recover } from '../store/recover';
import { adminOf } from './admin';
import { createEnqueue, putEnded } from './enqueue';
import { runExpiry, watchExpiry } from './expireUnverified';
import { longestWaitSinceMs } from './longestWait';
import { move } from './move';
import { redeliver } from './notify';
import { createState, type OutboxState } from './outboxState';
import { pump } from './pump';
import { purge } from './purge';
import { settleDoubts } from './settleDoubts';
import type { Outbox, OutboxOptions } from './types';
import { waitingPartitions } from './waitingPartitions';

/** Leads are kept for days: an hour more is not felt, and a look costs some pages of them. */
const purgeEveryMs = 3_600_000;
/** A machine that has just started may not know yet what time it is. */
const firstPurgeMs = 600_000;

/** `purgeNow`: the time by which ended leads are forgotten, in ms since 1970. */
const purgeOnAndOn = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	purgeNow: () => number,
): Promise<void> => {
	const { sleep } = state.options;
	let place: string | undefined;
	await sleep(firstPurgeMs);
	while (!state.isClosed) {
		place = await purge(state, place, purgeNow()).catch(() => place);
		await sleep(purgeEveryMs);
	}
};

/** The store can be used again. */
const onBack = <Payload extends LeadPayload>(state: OutboxState<Payload>): void => {
	state.breakers.diskBack();
	state.queue.wakeAll();
	if (state.isStarted) redeliver(state);
	pump(state);
};

const close = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	patience: Promise<unknown>,
): Promise<void> => {
	state.isClosed = true;
	const drained = async (): Promise<void> => {
		while (state.underWay.size > 0) await Promise.all(state.underWay);
	};
	await Promise.race([drained(), patience]);
	await state.store.close();
};

/** Opens what the store holds: what was cut off on its way is unconfirmed from here on. Rejects where it cannot be read. */
export const openOutbox = async <Payload extends LeadPayload>(
	options: OutboxOptions<Payload>,
): Promise<Outbox<Payload>> => {
	const { store, gateway, now, unreadable = () => undefined } = options;
	const recovered = await recover({ store, nowMs: now(), gateway, unreadable });
	const state: OutboxState<Payload> = createState(
		options,
		recovered,
		(partition) => {
			state.queue.wake(partition);
			pump(state);
		},
		() => void settleDoubts(state),
	);
	for (const id of recovered.waiting) {
		state.waiting.began(id);
		state.queue.add(id);
		watchExpiry(state, partitionOf(id));
	}
	store.watch?.({ away: () => options.onChange?.(), back: () => onBack(state) });
	const enqueue = createEnqueue(state);
	const purgeNow = createPurgeClock(now, options.monotonicMs);

	return {
		start: () => {
			state.isStarted = true;
			redeliver(state);
			void purgeOnAndOn(state, purgeNow);
			void runExpiry(state);
			pump(state);
		},
		put: async (lead) => (await enqueue(lead)).kind,
		enqueue,
		putEnded: async (lead, outcome) => await putEnded(state, lead, outcome),
		counts: () => ({ ...state.counts }),
		holdReason: (partition) => state.breakers.why(partition),
		waitingPartitions: () => waitingPartitions(state),
		longestWaitSinceMs: async (isWanted) => await longestWaitSinceMs(state, isWanted),
		notLeaving: () => state.notLeaving,
		release: (partition) => {
			state.breakers.close(partition);
			state.leaving.mended(partition);
			state.queue.wake(partition);
			pump(state);
		},
		isUnkept: (id) => state.unkept.has(id),
		verified: state.waiting.verified,
		waitingUnverified: state.waiting.ofUnverified,
		change: async (id, change) => await move(state, id, ['waiting'], 'waiting', change),
		redeliver: () => {
			if (state.isStarted) redeliver(state);
		},
		close: async (patience) => await close(state, patience),
		...adminOf(state, () => pump(state)),
	};
};
