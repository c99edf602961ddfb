import { withRetryAfterSeconds } from '../api/askedWait';
import { interpretResponse } from '../api/interpretResponse';
import { withoutKeyInside } from '../api/redact';
import { type Connection, hostOf, type LeadRequest, type LeadStatusRequest } from '../api/request';
import type { Outcome, Reply } from '../outcome/outcome';
import type { Host } from './host';

/** One request and what came back. */
export interface Exchange {
	/** What the reply says of the lead that was sent; who it was, and how often it was sent, is for the sender to add. */
	readonly outcome: Outcome;
	/** Without the key, its body as data. A Retry-After that was a date is in seconds. */
	readonly reply: Reply;
	/** The same with the body as it came, and so with the key where the server repeats it: only for who strikes that out. */
	readonly rawReply: Reply;
}

/** What only the sender knows goes into the cause, so that its words can name it. */
const inContext = (outcome: Outcome, { baseUrl }: Pick<Connection, 'baseUrl'>, timeoutMs: number): Outcome => {
	if (outcome.outcome === 'failed' && (outcome.cause.kind === 'notReached' || outcome.cause.kind === 'redirect'))
		return { ...outcome, cause: { ...outcome.cause, host: hostOf(baseUrl) } };
	if (outcome.outcome === 'unconfirmed' && outcome.cause.kind === 'timeout')
		return { ...outcome, cause: { kind: 'timeout', afterMs: timeoutMs } };
	return outcome;
};

/**
 * Sends one request once and reads its reply: no limiter, no retry, no lead. The API key of `connection` is struck out of all
 * that is read; where the host adds the key, it has to be there all the same. `timeoutMs`: how long it may take. Rejects
 * only where the host's `send` does.
 */
export const exchange = async (
	request: LeadRequest | LeadStatusRequest,
	connection: Pick<Connection, 'baseUrl' | 'apiKey'>,
	host: Pick<Host, 'send' | 'now'>,
	timeoutMs: number,
): Promise<Exchange> => {
	const rawReply = withRetryAfterSeconds(await host.send(request, { timeoutMs }), host.now());
	const reply = withoutKeyInside(rawReply, connection.apiKey?.trim() ?? '');
	return { outcome: inContext(interpretResponse(reply), connection, timeoutMs), reply, rawReply };
};
