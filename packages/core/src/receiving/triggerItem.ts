import { isRecord } from '../text/json';
import { onFirstUse } from '../text/onFirstUse';
import type { Submission } from './receive';
import * as z from 'zod/v4-mini';

/** What a received call says of itself beside what was submitted. */
export interface TriggerSubmission {
	readonly platform: string;
	/** The platform's own, else made of the body; the same in each repeat. */
	readonly submissionId: string;
}

const schema = onFirstUse(() => z.object({ platform: z.string(), submissionId: z.string().check(z.minLength(1)) }));

/** A submission as one object, with what names it; that wins over what a sender may have put in its place. */
export const triggerItem = (payload: unknown, { platform, id }: Submission): Readonly<Record<string, unknown>> => ({
	...(isRecord(payload) ? payload : { body: payload }),
	icloudReady: { platform, submissionId: id },
});

/** Such an object parted again; one that passed through other nodes may hold anything. Never throws. */
export const readTriggerItem = (
	item: unknown,
): { readonly payload: unknown; readonly submission?: TriggerSubmission } => {
	if (!isRecord(item) || !('icloudReady' in item)) return { payload: item };
	const { icloudReady, ...payload } = item;
	const read = schema().safeParse(icloudReady);
	return read.success ? { payload, submission: read.data } : { payload: item };
};
