import type { OutcomeKind, Policy } from '@icloud-ready/core';
import type { NodeMessage } from 'node-red';

/** What became of one lead of a message by the time the message is done. */
export type LeadEnd = 'kept' | 'dryRun' | OutcomeKind;

type HttpMessage = NodeMessage & { res?: unknown; statusCode?: unknown };

/** Certainly not created, and the same call may succeed once somebody has mended the cause. */
const isWorthRepeating = (end: LeadEnd): boolean =>
	end === 'unauthorized' || end === 'forbidden' || end === 'rateLimited' || end === 'failed';
/** Sent again, it would be there twice. */
const mayExist = (end: LeadEnd): boolean =>
	end === 'kept' || end === 'created' || end === 'duplicate' || end === 'unconfirmed';

/**
 * The HTTP status that whoever sent a message may be answered with when all of its leads are safe or have ended. 200:
 * nothing is to be sent again. 503: nothing is kept here, and a repeat can mend it. Where a part of a list exists, a
 * repeat is asked for only if the node skips what exists; otherwise it would double that part, and what failed has left
 * on its output.
 */
export const replyStatus = (ends: readonly LeadEnd[], duplicates: Policy['duplicates']): 200 | 503 => {
	if (!ends.some(isWorthRepeating)) return 200;
	return ends.some(mayExist) && duplicates !== 'always' ? 200 : 503;
};

/**
 * Calls `tell`, which ends a message, with the status in the message if somebody waits for an HTTP response. Node-RED
 * copies the message for Complete and Catch at once; the outputs get theirs later, and without it.
 */
export const withReplyStatus = (msg: HttpMessage, status: number, tell: () => void): void => {
	if (msg.res === undefined) {
		tell();
		return;
	}
	const before = Object.getOwnPropertyDescriptor(msg, 'statusCode');
	msg.statusCode = status;
	try {
		tell();
	} finally {
		delete msg.statusCode;
		if (before !== undefined) Object.defineProperty(msg, 'statusCode', before);
	}
};

/** One lead of several, as Catch is told of it: the call belongs to the whole message and is answered once, when that is done. */
export const withoutResponse = <Message extends NodeMessage>(msg: Message): Message => {
	const { res: _res, ...rest } = msg as Message & { res?: unknown };
	return rest as Message;
};
