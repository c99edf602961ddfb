import { isRecord, onFirstUse, type Policy } from '../../../packages/core/src';
import type { Entry } from './readItem';
import * as z from 'zod/v4-mini';

/** What the iCloud-Ready Trigger says of a call beside what the platform sent. */
export interface TriggerSubmission {
	readonly platform: string;
	/** The platform's own, else made of the body; the same in each repeat. */
	readonly submissionId: string;
}

const schema = onFirstUse(() => z.object({ platform: z.string(), submissionId: z.string().check(z.minLength(1)) }));

/** An item as the trigger gave it, parted; other nodes may have put anything there. */
export const triggerSubmissionOf = (
	json: unknown,
): { readonly json: unknown; readonly received?: TriggerSubmission } => {
	if (!isRecord(json)) return { json };
	const { icloudReady, ...rest } = json;
	const read = schema().safeParse(icloudReady);
	return read.success ? { json: rest, received: read.data } : { json };
};

/** A platform repeats a call whose answer it missed, so that its leads are told apart unless the panel says otherwise. */
export const policyBehindTrigger = (
	policy: Policy,
	options: unknown,
	received: TriggerSubmission | undefined,
): Policy =>
	received === undefined || (isRecord(options) && options.duplicates !== undefined)
		? policy
		: { ...policy, duplicates: 'always', duplicateKey: 'submission' };

/** A lead whose form told no ID of its own is known by the call it came with, and by its place in it. */
export const withTriggerId = (entry: Entry, received: TriggerSubmission | undefined, ofItem: number): Entry => {
	if (received === undefined || entry.kind === 'ended' || entry.reading.dedupeKey !== undefined) return entry;
	const { platform, submissionId } = received;
	const dedupeKey = ofItem === 0 ? submissionId : `${submissionId}#${ofItem}`;
	return { ...entry, reading: { ...entry.reading, source: entry.reading.source ?? platform, dedupeKey } };
};
