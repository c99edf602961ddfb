import { restoredValue } from './restoredValue';
import { storedValue } from './storedValue';
import type { Origin } from '@icloud-ready/outbox';

/** What HTTP nodes need to answer with; it cannot outlive the request. */
const neverKept = new Set(['req', 'res']);
/** A property that is larger is left out: the outbox keeps leads, and not files. */
const longestProperty = 256 * 1024;
/** What stands beside a list is written once for each of its leads, so all of it must be small. */
const longestBesideList = 16 * 1024;
const mostNamed = 20;

/** The part of a message that is kept. */
export type KeptMessage = Required<Pick<Origin, 'message' | 'leftOut'>>;

/**
 * The part of a message that can be stored and read back, each property by itself, so that one that cannot be kept does
 * not take the others with it; `leftOut` names what is not kept, or not as it was. `besideList`: it is kept with each lead
 * of a list.
 */
export const keptMessage = (msg: object, besideList = false): KeptMessage => {
	const leftOut: string[] = [];
	const message: [string, unknown][] = [];
	let roomChars = longestBesideList;
	for (const [name, value] of Object.entries(msg)) {
		if (neverKept.has(name)) continue;
		const writing = { roomChars: besideList ? roomChars : longestProperty, leftOut };
		const kept = storedValue(value, name, writing);
		if (kept === undefined) continue;
		roomChars = writing.roomChars;
		message.push([name, kept]);
	}
	return {
		message: Object.fromEntries(message),
		leftOut:
			leftOut.length <= mostNamed ? leftOut : [...leftOut.slice(0, mostNamed), `${leftOut.length - mostNamed} more`],
	};
};

/** The message that was kept, with what is not in it any more. One that an earlier version kept is plain JSON. */
export const restoredMessage = ({
	message,
	leftOut,
	isTyped,
}: Pick<Origin, 'message' | 'leftOut' | 'isTyped'>): KeptMessage => ({
	message:
		isTyped === true
			? Object.fromEntries(Object.entries(message).map(([name, value]) => [name, restoredValue(value)]))
			: { ...message },
	leftOut: leftOut ?? [],
});
