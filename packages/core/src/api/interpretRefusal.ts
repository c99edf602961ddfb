import { type Outcome, outcomeOf, type Reply } from '../outcome/outcome';
import { apiIssues } from './apiErrors';
import { headerOf } from './headerOf';
import { readRetryAfterMs } from './retryAfter';

/** What came back, where something did. */
export type Response = Extract<Reply, { status: number }>;

const textOf = (body: unknown): string => apiIssues(body)[0]?.message ?? '';

/** What any status but a 2xx says of the lead; see `interpretResponse`. */
export const interpretRefusal = ({ status, headers, body }: Response, nowMs?: number): Outcome => {
	const retryAfterMs = readRetryAfterMs(headerOf(headers, 'retry-after'), headerOf(headers, 'date'), nowMs);
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
