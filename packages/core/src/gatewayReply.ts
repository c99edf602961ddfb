import { bodyData } from './answerText';
import { headerOf, type Reply } from './outcome';
import { withoutKey } from './redact';
import { isRecord } from './text';

const longestId = 255;
const visible = /^[\x21-\x7e]+$/;
/** As parts of an address they would lead elsewhere. */
const steps: readonly string[] = ['.', '..'];

const idIn = (body: unknown): string => {
	const data = bodyData(body);
	return isRecord(data) && typeof data.id === 'string' ? data.id : '';
};

/**
 * The id under which a gateway keeps the lead that it speaks of; undefined where it speaks of none, or another answers for
 * it. An id that holds the API key is none: it is shown to people.
 */
export const gatewayIdOf = (reply: Reply, apiKey: string): string | undefined => {
	if ('fault' in reply) return undefined;
	const { status, headers, body } = reply;
	const id = headerOf(headers, 'x-gateway-lead') ?? (status === 202 ? idIn(body) : '');
	return id.length <= longestId && visible.test(id) && !steps.includes(id) && withoutKey(id, apiKey) === id ? id : undefined;
};

/** Whether the gateway had a lead with the same `Idempotency-Key` before this sending. */
export const isReplayed = (reply: Reply): boolean => !('fault' in reply) && headerOf(reply.headers, 'idempotent-replayed')?.toLowerCase() === 'true';
