import type { Reading } from '../lead/formReading';

/**
 * A lead's reading with the ID of the submission that it came with, where its form told none of its own. `index`: its place
 * among the leads of the submission, from 0.
 */
export const withSubmissionId = (reading: Reading, platform: string, id: string, index: number): Reading =>
	reading.dedupeKey === undefined
		? { ...reading, source: reading.source ?? platform, dedupeKey: index === 0 ? id : `${id}#${index}` }
		: reading;
