import type { DedupeStores, LastingRecord } from '../dedupe/dedupeStores';
import { type Dedupe, type DedupeKey, isRecord, type Policy, type Reading } from '@icloud-ready/core';

/** What is said of a lead's delivery beside what its node is set to. */
export interface OfCall {
	readonly policy: Partial<Policy>;
	readonly reading: Reading;
	readonly once: Dedupe | undefined;
}

const memberOf = (value: unknown, key: string): unknown => (isRecord(value) ? value[key] : undefined);
const shortText = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 40) : '';

interface LeadOfCall {
	readonly leadKey: string | undefined;
	readonly nodeId: string;
	readonly msg: { readonly parts?: unknown };
	/** From 0, among the leads of its message. */
	readonly index: number;
	readonly draft: unknown;
	readonly reading: Reading;
	/** The platform's own ID of this lead, where its form told one. */
	readonly formId: string | undefined;
}

const phoneOf = (draft: unknown): string =>
	shortText(memberOf(memberOf(draft, 'leadInformation'), 'phone') ?? memberOf(draft, 'phone'));

/**
 * Names one lead of a call, the same whenever it is sent again: by its own ID, since a platform may send it with others then;
 * else by its place in the call. By its phone too, since a flow may send on one lead of a form with several in messages of their own.
 */
const nameOf = (
	leadKey: string,
	{ nodeId, msg, index, draft, reading, formId }: Omit<LeadOfCall, 'leadKey'>,
): string => {
	const phone = phoneOf(draft);
	if (formId !== undefined) return `${JSON.stringify(['lead', reading.source ?? '', formId])} ${nodeId}/${phone}`;
	return `${leadKey} ${nodeId}/${[shortText(memberOf(msg.parts, 'index')), index, phone].join('/')}`;
};

interface Records {
	readonly policy: Pick<Policy, 'duplicates' | 'duplicateKey'>;
	readonly record: DedupeStores | undefined;
	readonly callRecord: LastingRecord;
}

/**
 * How a lead is recorded. One of a received call is always in the lasting record under its call, so that a repeat makes no
 * second lead; with *Always skip* the node's own key does that already.
 */
export const ofCall = ({ leadKey, ...lead }: LeadOfCall, { policy, record, callRecord }: Records): OfCall => {
	const { reading } = lead;
	const own: OfCall = { policy: {}, reading, once: record?.once };
	if (leadKey === undefined) return own;
	const dedupeKey = nameOf(leadKey, lead);
	if (policy.duplicates === 'always')
		return policy.duplicateKey === 'submission' && reading.dedupeKey === undefined
			? { ...own, reading: { ...reading, dedupeKey } }
			: own;
	if (policy.duplicates === 'run' && record !== undefined) {
		const text = JSON.stringify(['lead of a call', dedupeKey]);
		const callKey: DedupeKey = { by: 'submission', value: dedupeKey, text };
		const once: Dedupe = async (key, send, again) =>
			await callRecord.once()(
				callKey,
				async (unrecorded) => await record.once(key, async (other) => await send(unrecorded || other), again),
				again,
			);
		return { ...own, once };
	}
	return {
		policy: { duplicates: 'always', duplicateKey: 'submission' },
		reading: { ...reading, source: 'call', dedupeKey },
		once: callRecord.once(),
	};
};
