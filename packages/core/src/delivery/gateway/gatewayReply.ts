import { headerOf } from '../../api/interpretResponse';
import { withoutKey } from '../../api/redact';
import { bodyData } from '../../api/responseBody';
import { type HoldReason, holdReasons } from '../../outcome/holdReason';
import type { Reply } from '../../outcome/outcome';
import { isRecord } from '../../text/json';

const longestId = 255;
const visible = /^[\x21-\x7e]+$/;
/** As parts of an address they would lead elsewhere. */
const steps: readonly string[] = ['.', '..'];

const partOf = (body: unknown, name: 'id' | 'why'): string => {
	const data = bodyData(body);
	const part = isRecord(data) ? data[name] : undefined;
	return typeof part === 'string' ? part : '';
};

/**
 * The id under which a gateway keeps the lead that it speaks of; undefined where it speaks of none, or another answers for
 * it. An id that holds the API key is none: it is shown to people.
 */
export const gatewayIdOf = (reply: Reply, apiKey: string): string | undefined => {
	if ('fault' in reply) return undefined;
	const { status, headers, body } = reply;
	const id = headerOf(headers, 'x-gateway-lead') ?? (status === 202 ? partOf(body, 'id') : '');
	return id.length <= longestId && visible.test(id) && !steps.includes(id) && withoutKey(id, apiKey) === id
		? id
		: undefined;
};

/** Whether the gateway had a lead with the same `Idempotency-Key` before this sending. */
export const isReplayed = (reply: Reply): boolean =>
	!('fault' in reply) && headerOf(reply.headers, 'idempotent-replayed')?.toLowerCase() === 'true';

/** What the gateway says that a lead waits for; undefined where it waits for its turn alone, or nobody said why. */
export const holdReasonOf = (reply: Reply): HoldReason | undefined => {
	if ('fault' in reply) return undefined;
	const why = partOf(reply.body, 'why');
	return holdReasons.find((hold) => hold === why);
};
