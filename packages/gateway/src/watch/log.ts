import type { Action } from '@icloud-ready/outbox/view/actions';
import type { QueueEvents } from '../leads/queueOptions';
import type { Lead, Outcome } from '@icloud-ready/core';
import type { NotLeaving } from '@icloud-ready/outbox';

interface LogOptions {
	/** Takes one line, without its end. */
	readonly write: (line: string) => void;
	readonly now: () => number;
	/** Names and phones are written, which they are not otherwise. */
	readonly personal: boolean;
}

/** The gateway's log: one JSON object on each line. */
export interface Log extends QueueEvents {
	readonly error: (event: string, error: unknown) => void;
	/** Leads could have left for a minute and have not; undefined: that is over. */
	readonly notLeaving: (found: NotLeaving | undefined) => void;
	/** What somebody did on the inbox page; `id`: the lead that it was done to. */
	readonly inbox: (did: 'signedIn' | 'refused' | 'damageSeen' | 'corrected' | Action, id?: string) => void;
}

/** What of an error can hold neither a lead nor a key. */
const codeOf = (error: unknown): string => {
	const { code, name } = (error ?? {}) as { readonly code?: unknown; readonly name?: unknown };
	return typeof code === 'string' && /^[A-Z_0-9]{1,40}$/.test(code)
		? code
		: typeof name === 'string'
			? name
			: 'unknown';
};

export const createLog = ({ write, now, personal }: LogOptions): Log => {
	const line = (level: 'info' | 'warn' | 'error', event: string, facts: object): void =>
		write(JSON.stringify({ time: new Date(now()).toISOString(), level, event, ...facts }));
	const person = ({ leadInformation: { firstName, phone } }: Lead): object =>
		personal ? { name: firstName, phone } : {};
	const about = ({ outcome, status }: Pick<Outcome, 'outcome' | 'status'>): object => ({ outcome, status });
	return {
		attempt: (id, sent, lead) => {
			if (sent.outcome !== 'created') line('warn', 'attempt', { id, ...about(sent), ...person(lead) });
		},
		ended: (id, outcome, tookMs, lead) =>
			line('info', 'ended', {
				id,
				...about(outcome),
				...(tookMs === undefined ? {} : { tookMs: Math.round(tookMs) }),
				...person(lead),
			}),
		notice: (text) => line('warn', 'notice', { text }),
		notLeaving: (found) =>
			found === undefined
				? line('info', 'leavingAgain', {})
				: line('warn', 'notLeaving', {
						leads: found.count,
						reason: found.reason,
						since: new Date(found.sinceMs).toISOString(),
					}),
		inbox: (did, id) =>
			line(did === 'refused' ? 'warn' : 'info', 'inbox', { did, ...(id === undefined ? {} : { id }) }),
		error: (event, error) => line('error', event, { code: codeOf(error) }),
	};
};
