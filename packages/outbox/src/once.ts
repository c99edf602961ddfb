import { type LeadKey, type Outcome, outcomeOf } from '@icloud-ready/core';
import type { Mark, Marks } from './marks';

/** Sends a lead of one key once only; the second one to come gets to know what became of the first. */
export type Once = (key: LeadKey, send: () => Promise<Outcome>) => Promise<Outcome>;

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
export const createOnce = (marks: Marks, onFault: (error: unknown) => void): Once => {
	const inFlight = new Map<string, Promise<Outcome>>();

	const attempt = async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
		try {
			return await work();
		} catch (error) {
			onFault(error);
			return undefined;
		}
	};

	const first: Once = async (key, send) => {
		const before = known(await attempt(async () => await marks.get(key.text)), key);
		if (before !== undefined) return before;
		await attempt(async () => { await marks.put(key.text, 'sending'); });
		const outcome = await send();
		const after = markAfter(outcome);
		if (after === 'created') await attempt(async () => { await marks.put(key.text, after); });
		if (after === undefined) await attempt(async () => { await marks.remove(key.text); });
		return outcome;
	};

	return async (key, send) => {
		for (;;) {
			const running = inFlight.get(key.text);
			if (running === undefined) break;
			const outcome = await running;
			if (outcome.outcome === 'created' || outcome.outcome === 'duplicate') return duplicateOf(key);
			if (outcome.outcome === 'unconfirmed') return earlier();
			// The first one failed for certain: the next in line is the first now.
		}
		const work = first(key, send).finally(() => { inFlight.delete(key.text); });
		inFlight.set(key.text, work);
		return await work;
	};
};
