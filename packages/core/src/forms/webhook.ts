import { isEmpty } from '../reading/coerce';
import { isRecord, parseJson } from '../text/json';
import type { Answer } from './answer';
import { flatten } from './flatten';
import type { Part } from './parts';

/** What a webhook was sent: the form, and what its address told beside it. */
export interface Sent {
	readonly form: unknown;
	readonly beside: readonly Answer[];
}

/** Keys to the webhook's own door; a form has none of these names. */
const doors = /^(?:key|auth|sig|sign|hash|code|pass|api|secret|access)$/i;

const answersOf = (part: unknown, name: string): readonly Answer[] =>
	isRecord(part) ? flatten(part, [name]).filter(({ key }) => !doors.test(key)) : [];

/**
 * A webhook's own wrapping, with the form in its `body`, or in `query` where it was sent with the address; what the address
 * tells beside a body belongs to the lead. Undefined where it is no webhook.
 */
export const webhookOf = (payload: Part): Sent | undefined => {
	const { body, headers, query, params } = payload;
	if (!isRecord(headers) || !('body' in payload)) return undefined;
	const path = answersOf(params, 'params');
	// Without either it is an empty form: headers hold cookies and tokens, never a lead.
	if (isEmpty(body)) return { form: isRecord(query) ? query : {}, beside: path };
	if (typeof body !== 'object' && typeof body !== 'string') return undefined;
	if (typeof body === 'string' && parseJson(body) === undefined && isRecord(query) && !isEmpty(query))
		return { form: query, beside: path };
	return { form: body, beside: [...answersOf(query, 'query'), ...path] };
};
