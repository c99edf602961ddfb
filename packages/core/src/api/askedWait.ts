import type { Reply } from '../outcome/outcome';
import { headerOf } from './headerOf';
import { readRetryAfterMs } from './retryAfter';

/** How long an answer asks to wait, in milliseconds; null where it does not. `nowMs` since 1970, for an answer without a Date. */
export const askedWaitMs = (reply: Reply, nowMs?: number): number | null =>
	'fault' in reply
		? null
		: readRetryAfterMs(headerOf(reply.headers, 'retry-after'), headerOf(reply.headers, 'date'), nowMs);

/**
 * The same answer with a Retry-After that is a date put into seconds. It is done as soon as the answer is there: later the
 * machine's time may be another, and who reads it further on has only a clock that knows no dates.
 */
export const withRetryAfterSeconds = (reply: Reply, nowMs: number): Reply => {
	if ('fault' in reply) return reply;
	const header = headerOf(reply.headers, 'retry-after');
	if (header === null || /^\s*\d/.test(header)) return reply;
	const askedMs = askedWaitMs(reply, nowMs);
	if (askedMs === null) return reply;
	const others = Object.entries(reply.headers).filter(([name]) => name.toLowerCase() !== 'retry-after');
	return { ...reply, headers: { ...Object.fromEntries(others), 'retry-after': String(Math.ceil(askedMs / 1000)) } };
};
