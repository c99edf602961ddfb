import { messagesLike } from '../message/messageOf';
import type { Origin } from '../message/origin';
import { keptMessage } from '../message/storableMessage';
import { listSlices } from '../message/timeSlices';
import type { Arrival, LeadMessage, LeadNode, LeadOrOutcome } from './leadNode';
import { tellCatch, unknownEnd } from './passOutcome';
import { withoutResponse } from '../config/replyStatus';
import { originOf, settleLead } from './settleLead';
import type { Outcome } from '@icloud-ready/core';

/** Calls `end` for each entry, `atOnce` at the same time; what is done with is let go of before the last one is. */
const eachInTurn = async <Entry>(
	entries: (Entry | undefined)[],
	atOnce: number,
	end: (entry: Entry, index: number) => Promise<void>,
): Promise<void> => {
	let next = 0;
	const work = async (): Promise<void> => {
		while (next < entries.length) {
			const index = next++;
			const entry = entries[index];
			entries[index] = undefined;
			await listSlices.turn();
			if (entry !== undefined) await end(entry, index);
		}
	};
	await Promise.all(Array.from({ length: Math.min(entries.length, atOnce) }, work));
};

/** Several leads of one message: each leaves in a message of its own with its part of the list, and Catch is told of each failure by itself. */
export const settleList = async (
	leadNode: LeadNode,
	drafts: (LeadOrOutcome | undefined)[],
	{ msg: { payload: _, ...rest }, send, ends, leadKey }: Arrival,
): Promise<void> => {
	const { RED, account } = leadNode;
	const count = drafts.length;
	const outer = rest.parts === undefined ? {} : { parts: rest.parts };
	const ownMessage = messagesLike(rest as LeadMessage, RED.util.cloneMessage);
	const beside = account()?.outbox === undefined ? undefined : keptMessage(rest, true);

	const end = async (draft: LeadOrOutcome, index: number): Promise<void> => {
		const { part } = draft;
		const parts = { id: rest._msgid, type: 'array', index, count, len: 1, ...outer };
		const msg: LeadMessage = { ...ownMessage(), parts };
		const origin = (): Origin => {
			const own = keptMessage({ ...(part === undefined ? {} : { payload: part }), parts });
			return originOf(leadNode, {
				message: { ...beside?.message, ...own.message },
				leftOut: [...(beside?.leftOut ?? []), ...own.leftOut],
			});
		};
		// Of the list each lead takes its own part along: all of it for each of a thousand would be a million entries.
		const fill = ({ outcome }: Outcome): void => {
			if (outcome !== 'created' && part !== undefined)
				msg.payload = RED.util.cloneMessage({ payload: part } as LeadMessage).payload;
		};
		const words = await settleLead(leadNode, draft, { msg, send, ends, leadKey }, origin, index, fill).catch(
			() => unknownEnd,
		);
		if (words !== undefined) tellCatch(leadNode, words, withoutResponse(msg));
	};
	await eachInTurn(drafts, account()?.mostOfAList ?? 1, end);
};
