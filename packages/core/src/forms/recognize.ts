import { defaultReading, type ReadingSettings } from '../settings';
import { isRecord, parseJson } from '../text';
import type { FormProblem, Recognition, RecognizedLead, Source } from './answer';
import { anyForm } from './anyForm';
import { assemble } from './assemble';
import { facebookLeadAds } from './facebook';

/** In order; the first that knows the payload reads it. */
const sources: readonly Source[] = [facebookLeadAds, anyForm];

const unreadable = (what: string): Recognition => ({
	source: 'Unknown',
	leads: [],
	problem: { kind: 'unreadable', message: `${what} is not a form submission. Pass on the form's fields with their names.` },
});

/** A webhook's own wrapping, with the form in its `body`. */
const unwrapped = (payload: Readonly<Record<string, unknown>>): unknown => {
	const { body, headers } = payload;
	if (isRecord(headers) && (isRecord(body) || Array.isArray(body) || typeof body === 'string')) return body;
	return payload;
};

const many = (items: readonly unknown[], settings: ReadingSettings): Recognition => {
	if (items.length === 0) return { source: 'Form', leads: [], problem: { kind: 'notALead', message: 'The list is empty, so there is no lead in it.' } };
	const read = items.map((item) => recognize(item, settings));
	const leads: RecognizedLead[] = read.flatMap((each) => each.leads);
	const problem: FormProblem | undefined = read.find((each) => each.problem !== undefined)?.problem;
	return { source: read[0]?.source ?? 'Form', leads, ...(problem === undefined ? {} : { problem }) };
};

const recognize = (payload: unknown, settings: ReadingSettings): Recognition => {
	if (typeof payload === 'string') {
		const data = parseJson(payload);
		return typeof data === 'object' && data !== null ? recognize(data, settings) : unreadable('Plain text');
	}
	if (Array.isArray(payload)) return many(payload, settings);
	if (!isRecord(payload)) return unreadable(payload === undefined || payload === null ? 'An empty message' : 'This value');
	const inner = unwrapped(payload);
	if (inner !== payload) return recognize(inner, settings);
	for (const { name, read } of sources) {
		const reading = read(payload);
		if (reading === undefined) continue;
		if ('problem' in reading) return { source: name, leads: [], problem: reading.problem };
		return { source: name, leads: reading.submissions.map((submission) => assemble(submission, settings)) };
	}
	return unreadable('This value');
};

/**
 * Reads a form submission into drafts: which source it comes from, each lead with which field was filled from where, or
 * why there is none. Never throws. Phones are made international unless `phone` says otherwise; everything else stays as
 * it was typed, for `readLead` to check.
 */
export const recognizeForm = (payload: unknown, settings: Partial<ReadingSettings> = {}): Recognition =>
	recognize(payload, { ...defaultReading, ...settings });
