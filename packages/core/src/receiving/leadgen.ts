import type { LeadStatusRequest } from '../api/request';
import { askedWaitMs } from '../api/askedWait';
import { changeValues, idOf } from '../forms/parts';
import { outcomeOf, type Outcome, type Reply } from '../outcome/outcome';
import { parseJson } from '../text/json';
import * as z from 'zod/v4-mini';

/** What of a lead is asked for, as the document on retrieving leads names it. */
const fields = 'id,created_time,field_data,form_id,ad_name,adset_name,campaign_name,platform';

const lead = z.looseObject({ id: z.string(), field_data: z.array(z.unknown()) });

/** The leads of which Meta's webhook names only the ID, in their order; empty where it names none. */
export const leadgenIds = (payload: unknown): readonly string[] =>
	changeValues(payload).flatMap(({ leadgen_id: id, field_data: data }) => {
		const known = data === undefined ? idOf(id) : undefined;
		return known === undefined ? [] : [known];
	});

/**
 * Asks the Graph API for a lead. `graphUrl` has the version in it; the token stands in the address, as the document has it,
 * unless the host puts it there itself (undefined).
 */
export const leadgenRequest = (graphUrl: string, id: string, pageToken: string | undefined): LeadStatusRequest => ({
	method: 'GET',
	url: `${graphUrl}/${encodeURIComponent(id)}?fields=${encodeURIComponent(fields)}${pageToken === undefined ? '' : `&access_token=${encodeURIComponent(pageToken)}`}`,
	headers: { accept: 'application/json' },
});

/** What asking for a lead brought: the lead, or an outcome that says whether and when to ask again. */
export type LeadgenReply =
	| { readonly kind: 'lead'; readonly lead: unknown }
	| { readonly kind: 'failed'; readonly outcome: Outcome };

/** Asking creates nothing, so it may be repeated after everything but a plain refusal. */
export const readLeadgenReply = (reply: Reply, now: number): LeadgenReply => {
	const again = (afterMs: number | null): LeadgenReply => ({
		kind: 'failed',
		outcome: outcomeOf({ outcome: 'failed', cause: { kind: 'busy', retryAfterMs: afterMs } }),
	});
	if ('fault' in reply) return again(null);
	const { status, body } = reply;
	const data = typeof body === 'string' ? parseJson(body) : body;
	const read = lead.safeParse(data);
	if (status === 200 && read.success) return { kind: 'lead', lead: read.data };
	if (status === 429 || status >= 500) return again(askedWaitMs(reply, now));
	// Its words may repeat the token.
	return { kind: 'failed', outcome: outcomeOf({ outcome: 'failed', cause: { kind: 'status', text: '' } }, { status }) };
};
