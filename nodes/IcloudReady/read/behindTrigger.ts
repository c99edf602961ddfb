import { isRecord, type Policy, type TriggerSubmission, withSubmissionId } from '../../../packages/core/src';
import type { Entry } from './readItem';

/** A platform repeats a call whose answer it missed, so that its leads are told apart unless the panel says otherwise. */
export const policyBehindTrigger = (
	policy: Policy,
	options: unknown,
	submission: TriggerSubmission | undefined,
): Policy =>
	submission === undefined || (isRecord(options) && options.duplicates !== undefined)
		? policy
		: { ...policy, duplicates: 'always', duplicateKey: 'submission' };

/** A lead whose form told no ID of its own is known by the call it came with, and by its place in it. */
export const withTriggerId = (entry: Entry, submission: TriggerSubmission | undefined, ofItem: number): Entry => {
	if (submission === undefined || entry.kind === 'ended') return entry;
	const { platform, submissionId } = submission;
	return { ...entry, reading: withSubmissionId(entry.reading, platform, submissionId, ofItem) };
};
