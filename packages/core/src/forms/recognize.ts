import { keysOf } from '../text/keys';
import type { NoLead } from '../lead/problems';
import { isEmpty } from '../reading/coerce';
import { isRecord, parseJson } from '../text/json';
import type { Language } from '../text/language';
import { plainData, plainDataSteps } from '../text/plainData';
import { isLarge, type Steps, stride } from '../text/steps';
import { readingOf, type ReadingSettings } from '../values/readingSettings';
import { issueText, noLeadText } from '../words/words';
import type { Answer, FormProblem, Recognition, RecognizedLead, Submission } from './answer';
import { assembleSteps } from './assemble';
import { unbracketed } from './brackets';
import { envelopedIn } from './envelope';
import { evidenceOf } from './evidence/evidenceOf';
import { flattenedSteps, opened } from './flatten';
import { groupsInSteps } from './groups';
import { mostRead } from './mostRead';
import { isPairs } from './pairs';
import { knownSources, sources } from './sources';
import { isAnswers } from './sources/typeform';
import { tableRows } from './table';
import { answersInText } from './textLines';
import { rowsInText } from './textTable';
import { webhookOf } from './webhook';
import { wrappedIn } from './wrapped';

const unreadable = (found: string, language?: Language): { readonly source: string; readonly problem: FormProblem } => {
	const message = issueText({ field: '', problem: { kind: 'notALead', found } }, language);
	return { source: 'Unknown', problem: { kind: 'unreadable', message, found } };
};

/** A source's reason in words. A lead of which only the id came must not get lost; in all others there was none. */
const told = (reason: NoLead, language?: Language): FormProblem => ({
	kind: reason.kind === 'onlyId' ? 'fetchFirst' : 'notALead',
	message: noLeadText(reason, language),
});

/** How many lists, wrappings and texts within texts are opened. */
const deepest = 8;

/** Every part of a payload that gave no lead. */
export const problemsOf = ({ problem, problems }: Recognition): readonly FormProblem[] =>
	problems ?? (problem === undefined ? [] : [problem]);

/** A list of several questions with their answers is one form, and not as many leads. */
const isOneForm = (items: readonly unknown[]): boolean =>
	items.length > 1 && (isAnswers(items) || isPairs(items, 'answers'));

/** One lead of a payload, or one part of it that gave none. */
export type Recognized = { readonly source: string; readonly part?: unknown } & (
	| { readonly lead: RecognizedLead }
	| { readonly problem: FormProblem }
);

interface Place {
	readonly settings: ReadingSettings;
	readonly levels: number;
	/** What came with the payload and is no part of it. */
	readonly beside: readonly Answer[];
	/** The entry of a list that is being read; absent outside of any list. */
	readonly entry?: { readonly part: unknown };
}

/** The list that is all of an object, under a name that only says so; each entry is read by itself then. */
const listOnlyIn = (payload: Readonly<Record<string, unknown>>): readonly unknown[] | undefined => {
	const keys = keysOf(payload);
	const [key = ''] = keys;
	if (keys.length > 1 || !/^(?:body|payload|json|data)$/i.test(key)) return undefined;
	const list = opened(key, payload[key]);
	if (!Array.isArray(list) || list.length === 0) return undefined;
	return list.every(isRecord) && !isOneForm(list) && !isPairs(list, key) ? list : undefined;
};

/** The first of the sources that read what none knows by itself. */
const unclaimed = sources[knownSources.length]?.name;

const withBeside = (submission: Submission, { beside }: Place): Submission =>
	beside.length === 0 ? submission : { ...submission, beside: [...(submission.beside ?? []), ...beside] };

const partIn = (own: unknown, { entry }: Place): { readonly part?: unknown } =>
	own === undefined ? (entry ?? {}) : { part: own };

/** What every source asks about a payload of thousands of values is told beforehand, piece by piece, and known from then on. */
function* readAhead(payload: Readonly<Record<string, unknown>>): Steps<void> {
	yield* groupsInSteps(payload);
	const answers = yield* flattenedSteps(payload);
	for (const [at, answer] of answers.slice(0, mostRead).entries()) {
		evidenceOf(answer);
		if (at % stride === stride - 1) yield;
	}
}

function* ofObject(payload: Readonly<Record<string, unknown>>, place: Place): Generator<Recognized | undefined> {
	const { settings } = place;
	for (const { name, read } of sources) {
		if (name === unclaimed) {
			const wrapped = wrappedIn(payload, knownSources, (source, part) => source.read(part, settings) !== undefined);
			const enclosed = wrapped ?? envelopedIn(payload);
			const list = listOnlyIn(payload);
			if (enclosed === undefined && list !== undefined)
				return yield* ofAny(list, { ...place, levels: place.levels - 1 });
			if (enclosed !== undefined)
				return yield* ofAny(enclosed.inner, {
					...place,
					levels: place.levels - 1,
					beside: [...place.beside, ...enclosed.beside],
				});
		}
		const reading = read(payload, settings);
		if (reading === undefined) continue;
		if ('problem' in reading)
			return yield { source: name, problem: told(reading.problem, settings.language), ...partIn(undefined, place) };
		const { submissions, problems = [], problemParts = [] } = reading;
		// What one entry of a list holds alone is that entry, whole.
		const isOnly = submissions.length + problems.length === 1;
		for (const submission of submissions)
			yield {
				source: name,
				lead: yield* assembleSteps(withBeside(submission, place), settings),
				...(isOnly ? partIn(undefined, place) : { part: submission.part }),
			};
		for (const [index, reason] of problems.entries())
			yield {
				source: name,
				problem: told(reason, settings.language),
				...(isOnly ? partIn(undefined, place) : { part: problemParts[index] }),
			};
		return undefined;
	}
	return undefined;
}

function* ofList(items: readonly unknown[], place: Place): Generator<Recognized | undefined> {
	if (items.length === 0)
		return yield {
			source: 'Form',
			problem: told({ kind: 'emptyList' }, place.settings.language),
			...partIn(undefined, place),
		};
	for (const item of items) yield* ofAny(item, { ...place, entry: { part: item } });
	return undefined;
}

function* ofAny(given: unknown, place: Place): Generator<Recognized | undefined> {
	const { settings, levels } = place;
	const inside = { ...place, levels: levels - 1 };
	const unread = (found: string): Recognized => ({
		...unreadable(found, settings.language),
		...partIn(undefined, place),
	});
	if (levels === 0) return yield unread('nested without an end');
	if (typeof given === 'string') {
		const data = plainData(parseJson(given));
		if (isEmpty(given)) return yield unread('empty');
		if (typeof data === 'object' && data !== null) return yield* ofAny(data, inside);
		const encoded = opened('data', given.trim());
		if (isRecord(encoded)) return yield* ofAny(encoded, inside);
		const rows = rowsInText(given);
		if (rows !== undefined) return yield* ofAny(rows, inside);
		// The text of a mail may tell a person in its lines.
		if (answersInText(given, 'text') !== undefined) return yield* ofAny({ text: given }, inside);
		return yield unread('plain text');
	}
	// Of a list each entry is read when its turn comes.
	if (Array.isArray(given))
		return yield* isOneForm(given)
			? ofAny({ answers: given as unknown[] }, inside)
			: ofList(tableRows(given as unknown[]) ?? (given as unknown[]), inside);
	const sent = isRecord(given) ? webhookOf(given) : undefined;
	if (sent !== undefined) return yield* ofAny(sent.form, { ...inside, beside: [...place.beside, ...sent.beside] });
	const isLong = isLarge(given);
	// Both list its keys, which no engine does in parts: of a hundred thousand each is a step of its own.
	if (isLong) yield undefined;
	const plain = isLong ? yield* plainDataSteps(given) : plainData(given);
	const payload = isRecord(plain) ? unbracketed(plain) : plain;
	if (payload === undefined && given !== undefined)
		return yield unread(ArrayBuffer.isView(given) ? 'bytes, such as a file' : 'nested without an end');
	// What has its own words for JSON may be a text or a list there.
	if (typeof payload === 'string' || Array.isArray(payload)) return yield* ofAny(payload, inside);
	if (!isRecord(payload))
		return yield unread(payload === undefined || payload === null ? 'empty' : `a ${typeof payload}`);
	if (isLong) yield* readAhead(payload);
	return yield* ofObject(payload, place);
}

/**
 * Reads a form submission lead by lead, each when it is asked for, and gives way within it: an `undefined` says that a
 * millisecond or less went by since the last one, so that whoever reads a long list or a large form can look at the clock and
 * do other work between. Of a payload that holds several leads, `part` is what belongs to each alone. Never throws.
 */
export const recognizeSteps = (
	payload: unknown,
	settings: Partial<ReadingSettings> = {},
): Generator<Recognized | undefined> => ofAny(payload, { settings: readingOf(settings), levels: deepest, beside: [] });

/** The same lead by lead, each all at once. Never throws. */
export function* recognizeEach(payload: unknown, settings: Partial<ReadingSettings> = {}): Generator<Recognized> {
	for (const each of recognizeSteps(payload, settings)) if (each !== undefined) yield each;
}

/**
 * Reads a form submission into drafts: which source it comes from, each lead with which field was filled from where, or
 * why there is none. Never throws. Phones are made international unless `phone` says otherwise; everything else stays as
 * it was typed, for `readLead` to check.
 */
export const recognizeForm = (payload: unknown, settings: Partial<ReadingSettings> = {}): Recognition => {
	const leads: RecognizedLead[] = [];
	const problems: FormProblem[] = [];
	let source: string | undefined;
	for (const each of recognizeSteps(payload, settings)) {
		if (each === undefined) continue;
		source ??= each.source;
		if ('lead' in each) leads.push(each.lead);
		else problems.push(each.problem);
	}
	const [problem] = problems;
	return {
		source: source ?? 'Form',
		leads,
		...(problem === undefined ? {} : { problem, ...(problems.length === 1 && leads.length === 0 ? {} : { problems }) }),
	};
};
