import { beginning, type CallEnd, callEnd, type CallState } from './callState';
import type { LeadEnd } from '../config/replyStatus';
import type { Outcome } from '@icloud-ready/core';

/** One lead of a call at its end, with its outcome unless it is kept. */
export interface EndedLead {
	readonly end: LeadEnd;
	readonly outcome?: Outcome;
}

/** A call that somebody waits for the answer of. */
export interface PendingCall {
	/** What its messages carry, in plain text: its own, and after a colon what names its leads in the record. */
	readonly token: string;
	/** Tokens of messages that were merged of this call and others. */
	readonly mergedTokens: Set<string>;
	/** How often a Catch node was told of it. */
	caught: number;
	readonly entered: () => void;
	readonly left: () => void;
	readonly lost: (at: string) => void;
	/** A create-lead node has ended a message of it. */
	readonly took: (leads: readonly EndedLead[]) => void;
	/** Nodes hold messages of it still. */
	readonly isUnderWay: () => boolean;
	/** What its leads ended as, for an answer in words. */
	readonly leads: () => readonly EndedLead[];
	/** Its time is over, or somebody else has answered: nothing is told any more. */
	readonly stop: () => CallEnd | undefined;
}

interface Beginning {
	readonly token: string;
	/** Told once, as soon as the answer is known. */
	readonly ended: (end: CallEnd) => void;
}

export const createPendingCall = ({ token, ended }: Beginning): PendingCall => {
	let state: CallState = beginning;
	let isEnded = false;
	const leads: EndedLead[] = [];
	const change = (by: Partial<CallState>): void => {
		state = { ...state, ...by };
		const end = isEnded ? undefined : callEnd(state, false);
		if (end === undefined) return;
		isEnded = true;
		ended(end);
	};
	return {
		token,
		mergedTokens: new Set(),
		caught: 0,
		entered: () => change({ underWay: state.underWay + 1 }),
		left: () => change({ underWay: state.underWay - 1 }),
		lost: (at) => change({ lostAt: state.lostAt ?? at }),
		took: (own) => {
			leads.push(...own);
			change({ taken: state.taken + 1, ends: leads.map(({ end }) => end) });
		},
		isUnderWay: () => state.underWay > 0,
		leads: () => leads,
		stop: () => {
			if (isEnded) return undefined;
			isEnded = true;
			return callEnd(state, true);
		},
	};
};
