import type { Resolved, StoredReply } from './leadState';
import { type Outcome, type Reply, headerOf, isSurelyWithout, surelyClean, withoutKeyInside } from '@icloud-ready/core';

const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));
const bodyIn = (reply: Reply): unknown => ('fault' in reply ? '' : reply.body);

/** To take it off reads a body as deep as taking off a key does, and no deeper. */
const nobodysKey = 'qZ7~nobodys~key~Zq7';

/** The body untouched, unless the key stands in it, spelled out or in letters that only a reader puts together. */
const cleanBody = (body: string, apiKey: string): string => {
	// Most are, and the long way reads the body three times.
	if (surelyClean(body, apiKey) !== undefined) return body;
	const reply = { status: 200, headers: {}, body };
	const read = textOf(bodyIn(withoutKeyInside(reply, nobodysKey)));
	const clean = textOf(bodyIn(withoutKeyInside(reply, apiKey)));
	const asText = (bodyIn(withoutKeyInside({ ...reply, body: { body } }, apiKey)) as { readonly body: string }).body;
	return read === clean && asText === body ? body : clean;
};

/** An answer ready to be kept; undefined where none came. */
export const keptReply = (reply: Reply | undefined, apiKey: string): StoredReply | undefined => {
	if (reply === undefined || 'fault' in reply) return undefined;
	// What has not the form of such a header may be anything, the key as well.
	const header = (name: string, form: RegExp): string | null => {
		const value = headerOf(reply.headers, name);
		return value !== null && form.test(value) && isSurelyWithout(value, apiKey) ? value : null;
	};
	return {
		status: reply.status,
		contentType: header('content-type', /^[\w.+-]+\/[\w.+-]+(?:; ?charset=[\w-]+)?$/i),
		retryAfter: header('retry-after', /^[\w ,:.]{1,40}$/),
		body: cleanBody(textOf(reply.body), apiKey),
	};
};

/** Outcomes after which nobody needs to wonder whether the lead exists: it does not. */
const surelyNotCreated = ({ outcome }: Pick<Outcome, 'outcome'>): boolean =>
	outcome !== 'created' && outcome !== 'duplicate' && outcome !== 'unconfirmed';

/**
 * Whether a lead that is over leaves its mark to another one: it certainly was not created, or was discarded before it was
 * ever sent. To discard one whose end nobody knows does not say that it does not exist.
 */
export const isFree = ({
	outcome,
	resolved,
}: {
	readonly outcome: Pick<Outcome, 'outcome'> | null;
	readonly resolved?: Resolved | undefined;
}): boolean => (outcome === null ? resolved === 'discarded' : surelyNotCreated(outcome));
