import { type Entry, type Shelf, organizationOf } from '../store/entry';
import type { EntryStore } from '../store/entryStore';
import { interrupted } from '../store/recover';
import { retryWrite, writeMove, tryWrite } from '../store/retryWrite';
import type { CircuitBreakers } from './circuitBreakers';
import type { FairQueue } from './fifoByOrganization';
import { nextStep, type Step } from './nextStep';
import { createRefusalCounts } from './refusalCounts';
import type { Answer, Outcome } from '@icloud-ready/core';

/** What the sending of one lead needs of its outbox. */
export interface DeliveryMeans {
	readonly store: EntryStore;
	readonly lines: FairQueue;
	readonly holds: CircuitBreakers;
	readonly send: (entry: Entry) => Promise<Outcome>;
	/** Tells an outcome to whoever gave the lead; `isKept`: it is on disk that this is to be told. */
	readonly notify: (entry: Entry, outcome: Outcome, isKept: boolean) => void;
	readonly moved: (from: Shelf, to: Shelf) => void;
	/** Makes one that waits and cannot be read unconfirmed, and tells it. Rejects where that cannot be written. */
	readonly setAside: (entry: Entry) => Promise<void>;
	/** Resolves when the lead may leave by its pace, and nobody moves its entry by hand. */
	readonly settled: (id: string) => Promise<void>;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** Milliseconds on a clock that only goes forward. */
	readonly monotonicMs: () => number;
	readonly sleep: (ms: number) => Promise<void>;
	readonly isClosed: () => boolean;
	readonly gateway?: string | undefined;
	readonly autoAck: boolean;
	/** What comes next of a lead, where its account makes a difference. */
	readonly patient: (step: Step, entry: Entry) => Step;
}

const writeAgainMs = 1000;

/** What an outcome says of the leads that come after. */
export const answerOf = (step: Step, { status }: Pick<Outcome, 'status'>, leftAtMs: number): Answer => {
	switch (step.kind) {
		case 'hold':
			return { kind: 'refused', why: step.why, leftAtMs, ...(step.forMs === undefined ? {} : { askedMs: step.forMs }) };
		case 'requeue':
			return { kind: 'undecided' };
		case 'endUnanswered':
			return { kind: 'unanswered', leftAtMs };
		case 'end':
			// Any answer to the lead itself shows that the key and the way are good.
			return status === null ? { kind: 'undecided' } : { kind: 'passed', leftAtMs };
	}
};

/**
 * Sends one lead: marked on disk before it leaves, and on its shelf again, or ended, after it. `answered` is called as soon
 * as the next one may leave, since writing down what came of this one takes as long again. Neither rejects.
 */
export interface Delivery {
	/** Sends one that waits. */
	readonly deliver: (id: string, answered: () => void) => Promise<void>;
	/** Sends one that came in marked. */
	readonly deliverClaimed: (entry: Entry, answered: () => void) => Promise<void>;
	/** The entry as it stands on disk while it is on its way. */
	readonly claimed: (entry: Entry) => Entry;
}

export const createDelivery = (means: DeliveryMeans): Delivery => {
	const { store, lines, holds, moved, now, monotonicMs } = means;
	const refusals = createRefusalCounts();

	const leaving: Delivery['claimed'] = (entry) =>
		means.gateway === undefined || entry.idempotencyKey === undefined ? entry : { ...entry, sentTo: means.gateway };

	/** Takes the mark "on its way". Undefined where the lead is not to be sent now. */
	const begin = async (id: string): Promise<Entry | undefined> => {
		const organizationId = organizationOf(id);
		try {
			await means.settled(id);
			// Nothing is marked yet, so it waits for the next start.
			if (means.isClosed()) return undefined;
			const entry = await store.get('waiting', id);
			if (entry === undefined) {
				// Nobody else has it: its mark was written by a try that failed all the same.
				const marked = await store.get('sending', id);
				if (marked !== undefined) {
					moved('waiting', 'sending');
					return marked;
				}
				// Discarded meanwhile.
				holds.onAnswer(organizationId, { kind: 'undecided' }, monotonicMs());
				return undefined;
			}
			if (entry.unreadable === true) {
				await means.setAside(entry);
				holds.onAnswer(organizationId, { kind: 'undecided' }, monotonicMs());
				return undefined;
			}
			await writeMove(store, { kind: 'put', entry: leaving(entry), shelf: 'sending', from: 'waiting' });
			moved('waiting', 'sending');
			// Its sending needs to know whether it had left before.
			return entry;
		} catch {
			// What is not marked would be sent once more after a crash.
			const nowMs = monotonicMs();
			holds.onAnswer(organizationId, { kind: 'refused', why: 'disk', leftAtMs: nowMs }, nowMs);
			lines.requeue(id);
			return undefined;
		}
	};

	/** Whether it may have arrived at a gateway that nothing is sent to any more. */
	const isElsewhere = ({ sentTo }: Entry): boolean => sentTo !== undefined && sentTo !== means.gateway;

	/** Again and again where the disk does not take it: until then a crash would tell the lead as unconfirmed. */
	const end = async (entry: Entry, outcome: Outcome): Promise<void> => {
		const shelf: Shelf = outcome.outcome === 'unconfirmed' ? 'unconfirmed' : 'ended';
		const ended: Entry = { ...entry, outcome, endedAtMs: now() };
		const put = { kind: 'put', entry: ended, shelf, from: 'sending' } as const;
		const isKept = await tryWrite(store, [means.autoAck ? put : { ...put, unacked: true }]);
		// The next start tells it as unconfirmed, and nobody is there to be told now.
		if (!isKept && means.isClosed()) return;
		moved('sending', shelf);
		means.notify(ended, outcome, isKept && !means.autoAck);
		if (!isKept) await retryWrite(means, [put], writeAgainMs);
	};

	const waitAgain = async (entry: Entry, wasRefused = false): Promise<void> => {
		if (!(await retryWrite(means, [{ kind: 'put', entry, shelf: 'waiting', from: 'sending' }], writeAgainMs))) return;
		moved('sending', 'waiting');
		lines.requeue(entry.id, wasRefused);
	};

	const carry: Delivery['deliverClaimed'] = async (entry, answered) => {
		const { organizationId } = entry;
		if (means.isClosed()) {
			answered();
			return await waitAgain(entry);
		}
		const leftAtMs = monotonicMs();
		const outcome = isElsewhere(entry) ? interrupted(entry) : await means.send(entry).catch(() => interrupted(entry));
		if (outcome.outcome === 'created') {
			refusals.passed(organizationId);
			lines.onPassed(organizationId);
		}
		const forbidden = outcome.outcome === 'forbidden' ? refusals.refused(entry, now()) : entry.forbidden;
		const step = means.patient(
			nextStep(outcome, forbidden, means.isClosed() && entry.idempotencyKey !== undefined),
			entry,
		);
		// Whatever came of it lets go of the leads behind it, or holds them back for a while.
		holds.onAnswer(organizationId, answerOf(step, outcome, leftAtMs), monotonicMs());
		answered();
		switch (step.kind) {
			case 'hold':
				return await waitAgain(
					{ ...entry, outcome, ...(forbidden === undefined ? {} : { forbidden }) },
					step.why === 'organization',
				);
			case 'requeue':
				return await waitAgain(step.isThere === true ? { ...entry, sentTo: means.gateway } : entry);
			case 'endUnanswered':
			case 'end':
				// That this sending failed says nothing of the one that was cut off.
				return await end(
					entry,
					entry.sentTo !== undefined && outcome.outcome === 'failed' ? interrupted(entry) : outcome,
				);
		}
	};
	/**
	 * What is on its way already. One that was discarded while it waited stands in its line still, and stands there twice
	 * once a person sends it again.
	 */
	const underWay = new Set<string>();
	const alone = async (id: string, work: () => Promise<void>): Promise<void> => {
		underWay.add(id);
		await work().finally(() => underWay.delete(id));
	};
	return {
		deliverClaimed: async (entry, answered) => await alone(entry.id, async () => await carry(entry, answered)),
		deliver: async (id, answered) => {
			if (underWay.has(id)) {
				holds.onAnswer(organizationOf(id), { kind: 'undecided' }, monotonicMs());
				answered();
				return;
			}
			await alone(id, async () => {
				const entry = await begin(id);
				if (entry === undefined) answered();
				else await carry(entry, answered);
			});
		},
		claimed: leaving,
	};
};
