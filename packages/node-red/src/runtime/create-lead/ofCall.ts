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

/**
 * Names one lead among those of a call, the same when the call is repeated: by its place in what was parted, and by its
 * phone, since a flow may send on one lead of a form with several in messages of their own.
 */
const placeOf = (msg: { readonly parts?: unknown }, index: number, draft: unknown): string =>
	[
		shortText(memberOf(msg.parts, 'index')),
		index,
		shortText(memberOf(memberOf(draft, 'leadInformation'), 'phone') ?? memberOf(draft, 'phone')),
	].join('/');

interface LeadOfCall {
	readonly leadKey: string | undefined;
	readonly nodeId: string;
	readonly msg: { readonly parts?: unknown };
	/** From 0, among the leads of its message. */
	readonly index: number;
	readonly draft: unknown;
	readonly reading: Reading;
}

interface Records {
	readonly policy: Pick<Policy, 'duplicates' | 'duplicateKey'>;
	readonly record: DedupeStores | undefined;
	readonly callRecord: LastingRecord;
}

/**
 * How a lead is recorded. One of a received call is always in the lasting record under its call, so that a repeat makes no
 * second lead; with *Always skip* the node's own key does that already.
 */
export const ofCall = (
	{ leadKey, nodeId, msg, index, draft, reading }: LeadOfCall,
	{ policy, record, callRecord }: Records,
): OfCall => {
	const own: OfCall = { policy: {}, reading, once: record?.once };
	if (leadKey === undefined) return own;
	const dedupeKey = `${leadKey} ${nodeId}/${placeOf(msg, index, draft)}`;
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
