import { type Fault, readFault } from '../outcome/networkFault';
import type { Headers, OutcomeFacts, Outcome, Reply } from '../outcome/outcome';
import { isRecord } from '../text/json';
import { outcomeOf } from '../words/outcomeOf';
import { apiIssues } from './apiErrors';
import { bodyData } from './responseBody';
import { readRetryAfterMs } from './retryAfter';

/** One header's first value, whatever its name's case; null where there is none. */
export const headerOf = (headers: Headers, name: string): string | null => {
	// Some clients leave the headers out or give a number, whatever their types say.
	for (const [key, value] of Object.entries<unknown>(headers ?? {})) {
		const first: unknown = Array.isArray(value) ? value[0] : value;
		if (key.toLowerCase() === name && (typeof first === 'string' || typeof first === 'number')) return String(first);
	}
	return null;
};

const created = (
	body: unknown,
):
	| (Pick<OutcomeFacts, 'leadId' | 'leadNumber'> & { readonly answer: Readonly<Record<string, unknown>> })
	| undefined => {
	const answer = bodyData(body);
	if (!isRecord(answer)) return undefined;
	const { _id: id, leadNumber } = answer;
	if ((typeof id !== 'string' && typeof id !== 'number') || String(id).trim() === '') return undefined;
	return { answer, leadId: String(id), leadNumber: typeof leadNumber === 'number' ? leadNumber : null };
};

const textOf = (body: unknown): string => apiIssues(body)[0]?.message ?? '';

const faultOutcome = (fault: Fault): Outcome => {
	const reading = readFault(fault);
	if (reading.kind === 'notReached') return outcomeOf({ outcome: 'failed', cause: reading });
	return outcomeOf({ outcome: 'unconfirmed', cause: reading });
};

/**
 * One sending's reply as an outcome, by the table in the README; no status is without one.
 * A Retry-After that is a date counts from the answer's own Date; `nowMs` (since 1970) stands in where it has none.
 */
export const interpretResponse = (reply: Reply, nowMs?: number): Outcome => {
	if ('fault' in reply) return faultOutcome(reply.fault);
	const { status, headers, body } = reply;
	const retryAfterMs = readRetryAfterMs(headerOf(headers, 'retry-after'), headerOf(headers, 'date'), nowMs);
	if (status >= 200 && status < 300) {
		const lead = created(body);
		if (lead === undefined) return outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'unreadable' } }, { status });
		const { answer, ...facts } = lead;
		return outcomeOf({ outcome: 'created', cause: { kind: 'answered' }, answer }, { status, ...facts });
	}
	if (status >= 300 && status < 400) return outcomeOf({ outcome: 'failed', cause: { kind: 'redirect' } }, { status });
	if (status === 400 || status === 422)
		return outcomeOf({ outcome: 'invalid', cause: { kind: 'apiCheck' } }, { status, issues: apiIssues(body) });
	if (status === 401) return outcomeOf({ outcome: 'unauthorized', cause: { kind: 'refused' } }, { status });
	if (status === 403) return outcomeOf({ outcome: 'forbidden', cause: { kind: 'refused' } }, { status });
	// Whatever stands behind a proxy does not answer with this: the proxy asks for a password, and has passed nothing on.
	if (status === 407) return outcomeOf({ outcome: 'failed', cause: { kind: 'notReached', why: 'proxy' } }, { status });
	if (status === 429) return outcomeOf({ outcome: 'rateLimited', cause: { kind: 'limit', retryAfterMs } }, { status });
	if (status === 408 || (status === 503 && headerOf(headers, 'retry-after') !== null)) {
		return outcomeOf({ outcome: 'failed', cause: { kind: 'busy', retryAfterMs } }, { status });
	}
	if (status === 501 || (status >= 400 && status < 500)) {
		return outcomeOf({ outcome: 'failed', cause: { kind: 'status', text: textOf(body) } }, { status });
	}
	// 1xx as a final answer, every other 5xx and any status that HTTP does not know: nobody can tell what was done.
	return outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'serverFault' } }, { status });
};
