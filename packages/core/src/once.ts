import type { LeadKey } from './duplicates';
import type { Mark, Marks } from './marks';
import { type Outcome, outcomeOf } from './outcome';

/** Sends a lead of one key once only; the second one to come gets to know what became of the first. */
export type Once = (key: LeadKey, send: () => Promise<Outcome>) => Promise<Outcome>;

/** One lead that is being sent: what becomes of it, and when its mark says so to others. */
interface Flight {
	readonly outcome: Promise<Outcome>;
	readonly written: Promise<void>;
}

/** The keys that are being sent now, shared by all who use one record in a process. */
export type InFlight = Map<string, Flight>;

const duplicateOf = ({ by, value }: LeadKey): Outcome => outcomeOf({ outcome: 'duplicate', cause: { kind: 'recorded', by, value } });
const earlier = (): Outcome => outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'earlier' } });

/** What a mark that was left behind says of a lead that comes now; undefined: it may be sent. */
const known = (mark: Mark | undefined, key: LeadKey): Outcome | undefined => {
	if (mark === 'created') return duplicateOf(key);
	return mark === 'sending' ? earlier() : undefined;
};

/** The mark after a sending: a lead that surely was not created leaves none, so that it may be sent again. */
const markAfter = ({ outcome }: Outcome): Mark | undefined => {
	if (outcome === 'created') return 'created';
	return outcome === 'unconfirmed' ? 'sending' : undefined;
};

/**
 * The record over a store of marks. Keys in flight are known to this process only, and whoever comes second waits for
 * the first one's outcome; so of any number at the same time exactly one is sent. A store that fails while it is looked
 * into stops nothing: `onFault` is told, and the lead is sent as if there were no record.
 */
export const createOnce = (marks: Marks, onFault: (error: unknown) => void, inFlight: InFlight = new Map()): Once => {
	const attempt = async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
		try {
			return await work();
		} catch (error) {
			onFault(error);
			return undefined;
		}
	};

	const write = async (key: LeadKey, mark: Mark | undefined): Promise<void> => {
		await attempt(async () => { await (mark === undefined ? marks.remove(key.text) : marks.put(key.text, mark)); });
	};

	/** Sends unless the marks say otherwise. */
	const first = async (key: LeadKey, send: () => Promise<Outcome>, writing: (work: Promise<void>) => void): Promise<Outcome> => {
		const before = known(await attempt(async () => await marks.get(key.text)), key);
		if (before !== undefined) return before;
		await write(key, 'sending');
		const outcome = await send();
		const after = markAfter(outcome);
		if (after === 'sending') return outcome;
		const written = write(key, after);
		writing(written);
		if (marks.isLate !== true) await written;
		return outcome;
	};

	const begin = async (key: LeadKey, send: () => Promise<Outcome>): Promise<Outcome> => {
		let late: Promise<void> = Promise.resolve();
		const outcome = first(key, send, (work) => { late = work; });
		const ended = outcome.then(() => undefined, () => undefined);
		const written = ended.then(async () => await late).then(() => { inFlight.delete(key.text); });
		inFlight.set(key.text, { outcome, written });
		return await outcome;
	};

	return async (key, send) => {
		for (;;) {
			const running = inFlight.get(key.text);
			if (running === undefined) return await begin(key, send);
			const outcome = await running.outcome.then((ended) => ended.outcome, () => undefined);
			if (outcome === 'created' || outcome === 'duplicate') return duplicateOf(key);
			if (outcome === 'unconfirmed') return earlier();
			// The first one failed: the next in line asks the marks, as soon as they say so.
			await running.written;
		}
	};
};
