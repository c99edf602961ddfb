import { isEmpty } from '../coerce';
import type { NoLead } from '../issue';
import { plainData } from '../plainData';
import { readingOf, type ReadingSettings } from '../settings';
import { isRecord, parseJson } from '../text';
import { issueText, type Language, noLeadText } from '../words';
import type { FormProblem, Recognition, RecognizedLead } from './answer';
import { assemble } from './assemble';
import { pairsOf } from './pairs';
import { sources } from './sources';
import { isAnswers } from './typeform';

const unreadable = (found: string, language?: Language): Recognition => {
	const message = issueText({ field: '', problem: { kind: 'notALead', found } }, language);
	return { source: 'Unknown', leads: [], problem: { kind: 'unreadable', message, found } };
};

/** A source's reason in words. A lead of which only the id came must not get lost; in all others there was none. */
const told = (reason: NoLead, language?: Language): FormProblem => ({ kind: reason.kind === 'onlyId' ? 'fetchFirst' : 'notALead', message: noLeadText(reason, language) });

/** A webhook's own wrapping, with the form in its `body`, or in `query` where it was sent with the address. */
const unwrapped = (payload: Readonly<Record<string, unknown>>): unknown => {
	const { body, headers, query } = payload;
	if (!isRecord(headers) || !('body' in payload)) return payload;
	// Without either it is an empty form: headers hold cookies and tokens, never a lead.
	if (isEmpty(body)) return isRecord(query) ? query : {};
	return typeof body === 'object' || typeof body === 'string' ? body : payload;
};

/** How many lists, wrappings and texts within texts are opened. */
const deepest = 8;

/** Every part of a payload that gave no lead. */
export const problemsOf = ({ problem, problems }: Recognition): readonly FormProblem[] => problems ?? (problem === undefined ? [] : [problem]);

/** A list of several questions with their answers is one form, and not as many leads. */
const isOneForm = (items: readonly unknown[]): boolean => items.length > 1 && (isAnswers(items) || pairsOf(items, 'answers') !== undefined);

const many = (items: readonly unknown[], settings: ReadingSettings, levels: number): Recognition => {
	if (items.length === 0) return { source: 'Form', leads: [], problem: told({ kind: 'emptyList' }, settings.language) };
	const read = items.map((item) => recognize(item, settings, levels));
	const leads: RecognizedLead[] = read.flatMap((each) => each.leads);
	const problems = read.flatMap(problemsOf);
	const [problem] = problems;
	return { source: read[0]?.source ?? 'Form', leads, ...(problem === undefined ? {} : { problem, problems }) };
};

const recognize = (payload: unknown, settings: ReadingSettings, levels = deepest): Recognition => {
	const { language } = settings;
	if (levels === 0) return unreadable('nested without an end', language);
	if (typeof payload === 'string') {
		const data = plainData(parseJson(payload));
		if (isEmpty(payload)) return unreadable('empty', language);
		return typeof data === 'object' && data !== null ? recognize(data, settings, levels - 1) : unreadable('plain text', language);
	}
	if (Array.isArray(payload)) return isOneForm(payload) ? recognize({ answers: payload as unknown[] }, settings, levels - 1) : many(payload, settings, levels - 1);
	if (!isRecord(payload)) return unreadable(payload === undefined || payload === null ? 'empty' : `a ${typeof payload}`, language);
	const inner = unwrapped(payload);
	if (inner !== payload) return recognize(inner, settings, levels - 1);
	for (const { name, read } of sources) {
		const reading = read(payload, settings);
		if (reading === undefined) continue;
		if ('problem' in reading) return { source: name, leads: [], problem: told(reading.problem, language) };
		const { submissions } = reading;
		const problems = (reading.problems ?? []).map((reason) => told(reason, language));
		const [problem] = problems;
		return { source: name, leads: submissions.map((submission) => assemble(submission, settings)), ...(problem === undefined ? {} : { problem, problems }) };
	}
	return unreadable('empty', language);
};

/**
 * Reads a form submission into drafts: which source it comes from, each lead with which field was filled from where, or
 * why there is none. Never throws. Phones are made international unless `phone` says otherwise; everything else stays as
 * it was typed, for `readLead` to check.
 */
export const recognizeForm = (payload: unknown, settings: Partial<ReadingSettings> = {}): Recognition => {
	const data = plainData(payload);
	if (data === undefined && payload !== undefined) return unreadable(ArrayBuffer.isView(payload) ? 'bytes, such as a file' : 'nested without an end', settings.language);
	return recognize(data, readingOf(settings));
};
