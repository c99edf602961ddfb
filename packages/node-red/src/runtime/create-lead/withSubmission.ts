import { isMadeOfBody, isRecord, type Reading, withSubmissionId } from '@icloud-ready/core';

/** An ID that was made of the body names no submission of the platform's. */
const isOwnId = (id: unknown): id is string => typeof id === 'string' && id !== '' && !isMadeOfBody(id);

/**
 * A lead's reading with the platform's own ID of the submission, where the form itself told none. It stands beside the
 * lead and is never a part of it.
 */
export const withSubmission = (reading: Reading, msg: object, index: number): Reading => {
	const submission = 'submission' in msg && isRecord(msg.submission) ? msg.submission : {};
	const { platform, id } = submission;
	return isOwnId(id) ? withSubmissionId(reading, String(platform), id, index) : reading;
};
