import type { DedupeKey } from '../lead/dedupeKey';
import { type Outcome, outcomeOf } from '../outcome/outcome';
import type { DedupeState, DedupeStore } from './dedupeStore';

/**
 * What sends a key again of which something is known: nothing; that its answer is missing, where a second sending makes no
 * second lead; or whatever it is, since a person wants it so.
 */
export type ResendKnown = boolean | 'ifUnanswered';

/** Sends a lead; `unrecorded`: the record could not be asked for it, or could not note that it leaves. */
export type SendRecorded = (unrecorded: boolean) => Promise<Outcome>;

/** Sends a lead of one key once only; the second one to come gets to know what became of the first. */
export type Dedupe = (key: DedupeKey, send: SendRecorded, again?: ResendKnown) => Promise<Outcome>;

/** The keys that are being sent now, with what becomes of them; shared by all who use one record in a process. */
export type InFlightKeys = Map<string, Promise<Outcome>>;

const duplicateOf = ({ by, value }: DedupeKey): Outcome =>
	outcomeOf({ outcome: 'duplicate', cause: { kind: 'recorded', by, value } });
const earlier = (): Outcome => outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'earlier' } });

/** What a mark that was left behind says of a lead that comes now; undefined: it may be sent. */
const outcomeOfState = (mark: DedupeState | undefined, key: DedupeKey, again: ResendKnown): Outcome | undefined => {
	if (mark === 'created') return duplicateOf(key);
	return mark === 'sending' && again !== 'ifUnanswered' ? earlier() : undefined;
};

/** The mark after a sending: a lead that surely was not created leaves none, so that it may be sent again. */
const stateAfter = ({ outcome }: Outcome): DedupeState | undefined => {
	// A gateway tells a duplicate that this record did not know.
	if (outcome === 'created' || outcome === 'duplicate') return 'created';
	return outcome === 'unconfirmed' ? 'sending' : undefined;
};

/**
 * The record over a store of marks. Keys in flight are known to this process only, and whoever comes second waits for
 * the first one's outcome; so of any number at the same time exactly one is sent. A store that fails while it is looked
 * into stops nothing: `onFault` is told, and the lead is sent as if there were no record, which `send` is told.
 */
export const createDedupe = (
	marks: DedupeStore,
	onFault: (error: unknown) => void,
	inFlight: InFlightKeys = new Map(),
): Dedupe => {
	const attempt = async <Result>(work: () => Promise<Result>): Promise<{ readonly result: Result } | undefined> => {
		try {
			return { result: await work() };
		} catch (error) {
			onFault(error);
			return undefined;
		}
	};

	/** Whether it was written. */
	const write = async (key: DedupeKey, mark: DedupeState | undefined): Promise<boolean> =>
		(await attempt(async () => {
			await (mark === undefined ? marks.remove(key.text) : marks.put(key.text, mark));
		})) !== undefined;

	/** Sends unless the marks say otherwise. */
	const first = async (
		key: DedupeKey,
		send: SendRecorded,
		again: ResendKnown,
		writing: (work: Promise<void>) => void,
	): Promise<Outcome> => {
		const asked = await attempt(async () => await marks.get(key.text));
		const before = again === true ? undefined : outcomeOfState(asked?.result, key, again);
		if (before !== undefined) return before;
		const isNoted = await write(key, 'sending');
		const outcome = await send(asked === undefined || !isNoted);
		// That this one was refused says nothing of the lead that its key was created with.
		const after = stateAfter(outcome) ?? (asked?.result === 'created' ? 'created' : undefined);
		if (after === 'sending') return outcome;
		const written = write(key, after).then(() => undefined);
		writing(written);
		if (marks.writeBehind !== true) await written;
		return outcome;
	};

	const begin = async (key: DedupeKey, send: SendRecorded, again: ResendKnown): Promise<Outcome> => {
		let late: Promise<void> = Promise.resolve();
		const outcome = first(key, send, again, (work) => {
			late = work;
		});
		inFlight.set(key.text, outcome);
		const ended = outcome.then(
			() => undefined,
			() => undefined,
		);
		void ended
			.then(async () => await late)
			.then(() => {
				if (inFlight.get(key.text) === outcome) inFlight.delete(key.text);
			});
		return await outcome;
	};

	return async (key, send, again = false) => {
		let takesOver: ResendKnown = again;
		for (;;) {
			const running = inFlight.get(key.text);
			if (running === undefined) return await begin(key, send, takesOver);
			const outcome = await running.then(
				(ended) => ended.outcome,
				() => 'unconfirmed' as const,
			);
			if (outcome === 'created' || outcome === 'duplicate') return duplicateOf(key);
			if (outcome === 'unconfirmed') return earlier();
			// The first one failed for certain: the next in line is the first now.
			if (inFlight.get(key.text) === running) inFlight.delete(key.text);
			// But for an earlier lead, which the one that failed was sent in spite of.
			if (again === false) takesOver = 'ifUnanswered';
		}
	};
};
