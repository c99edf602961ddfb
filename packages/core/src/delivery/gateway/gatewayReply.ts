import { headerOf } from '../../api/headerOf';
import { withoutKey } from '../../api/redact';
import { bodyData } from '../../api/responseBody';
import { type HoldReason, holdReasons } from '../../outcome/holdReason';
import type { Reply } from '../../outcome/outcome';
import * as z from 'zod/v4-mini';

const longestId = 255;
const visible = /^[\x21-\x7e]+$/;
/** As parts of an address they would lead elsewhere. */
const steps: readonly string[] = ['.', '..'];

/** What a gateway says of a lead that it keeps (202), as far as it is read; a part that is not as it should be says nothing. */
const acceptedBody = z.catch(
	z.object({
		id: z.catch(z.string(), ''),
		why: z.catch(z.optional(z.enum(holdReasons)), undefined),
	}),
	{ id: '', why: undefined },
);
const acceptedIn = (body: unknown): z.infer<typeof acceptedBody> => z.parse(acceptedBody, bodyData(body));

/**
 * The id under which a gateway keeps the lead that it speaks of; undefined where it speaks of none, or another answers for
 * it. An id that holds the API key is none: it is shown to people.
 */
export const gatewayIdOf = (reply: Reply, apiKey: string): string | undefined => {
	if ('fault' in reply) return undefined;
	const { status, headers, body } = reply;
	const id = headerOf(headers, 'x-gateway-lead') ?? (status === 202 ? acceptedIn(body).id : '');
	return id.length <= longestId && visible.test(id) && !steps.includes(id) && withoutKey(id, apiKey) === id
		? id
		: undefined;
};

/** Whether the gateway had a lead with the same `Idempotency-Key` before this sending. */
export const isReplayed = (reply: Reply): boolean =>
	!('fault' in reply) && headerOf(reply.headers, 'idempotent-replayed')?.toLowerCase() === 'true';

/** What the gateway says that a lead waits for; undefined where it waits for its turn alone, or nobody said why. */
export const holdReasonOf = (reply: Reply): HoldReason | undefined =>
	'fault' in reply ? undefined : acceptedIn(reply.body).why;
