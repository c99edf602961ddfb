import { elsewherePath } from './answers';
import { filled, pageWords } from './inbox/words';
import type { LeadBody } from './leadBody';
import { maskHeaders, withoutKey, withoutKeyInside } from './mask';
import { fieldValues, parseText, person, valueAt, type FieldValues, type Person } from './sentLead';
import type { Call, Store } from './store';
import {
	explain,
	interpretResponse,
	type Language,
	outcomeLabel,
	type Lead,
	type Outcome,
	type OutcomeKind,
} from '@icloud-ready/core';

/** A line of the page's list. */
export interface Row extends Person {
	/** `12` for a call, `lead-12` for a lead that a file held when the sandbox started. */
	readonly id: string;
	readonly atMs: number;
	/** Method and path, such as `POST /api/v2/leads`; empty for a lead of a file. */
	readonly called: string;
	/** Null while the answer is awaited. */
	readonly outcome: { readonly kind: OutcomeKind; readonly label: string } | null;
	readonly status: number | null;
	readonly leadNumber: number | null;
}

/** All that the page shows of a call, without the key. */
export interface Detail extends Row {
	readonly message: string;
	readonly hint: string;
	readonly notes: readonly string[];
	readonly fields: readonly FieldValues[];
	readonly request: {
		readonly method: string;
		readonly path: string;
		readonly headers: Readonly<Record<string, string>>;
		readonly body: string;
	} | null;
	readonly answer: {
		readonly status: number;
		readonly headers: Readonly<Record<string, string>>;
		readonly body: string;
	} | null;
}

/** The outcome as a client would read it: from the answer alone, or from the want of one. */
function outcomeOf(call: Call): Outcome {
	const { answer, progress } = call;
	if (progress === 'gone') return interpretResponse({ fault: { code: 'UND_ERR_HEADERS_TIMEOUT' } });
	if (progress === 'cut' || answer === null) return interpretResponse({ fault: { code: 'ECONNRESET' } });
	return interpretResponse({ status: answer.status, headers: answer.headers, body: parseText(answer.body) });
}

const outcomeTag = (kind: Outcome['outcome'], language: Language = 'en'): Row['outcome'] =>
	kind === 'dryRun' ? null : { kind, label: outcomeLabel(kind, language) };

const rowOf = (call: Call): Row => ({
	id: String(call.id),
	atMs: call.atMs,
	called: withoutKey(`${call.method} ${call.path}`, call.key),
	...withoutKeyInside(person(parseText(call.body)), call.key),
	outcome: call.progress === 'waiting' ? null : outcomeTag(outcomeOf(call).outcome),
	status: call.status,
	leadNumber: call.leadNumber,
});

const known = new WeakMap<Call, { readonly progress: Call['progress']; readonly row: Row }>();

/** A call as a line of the list. */
export function callRow(call: Call): Row {
	const before = known.get(call);
	if (before?.progress === call.progress) return before.row;
	const row = rowOf(call);
	known.set(call, { progress: call.progress, row });
	return row;
}

function notesOf(call: Call, language: Language): readonly string[] {
	const words = pageWords[language].notes;
	const notes: string[] = [];
	if (call.path.startsWith(elsewherePath)) notes.push(call.key === null ? words.redirected : words.withKey);
	if (call.unknownPaths.length > 0) notes.push(filled(words.unknown, 'paths', call.unknownPaths.join(', ')));
	if (call.progress === 'waiting') notes.push(words.held);
	if (call.progress === 'gone') notes.push(words.hungUp);
	if (call.progress === 'cut')
		notes.push(call.leadNumber === null ? words.cut : filled(words.cutCreated, 'number', call.leadNumber));
	return notes;
}

/** Everything about one call, as it may be shown, in a language. */
export function callDetail(call: Call, language: Language = 'en'): Detail {
	const { key, answer } = call;
	const body = parseText(call.body);
	const outcome = {
		...outcomeOf(call),
		attempts: 1,
		lead: valueAt(body, 'leadInformation.phone') === undefined ? null : (body as Lead),
	};
	const words = call.progress === 'waiting' ? { message: '', hint: '' } : explain(outcome, language);
	const row = callRow(call);
	const detail: Omit<Detail, 'request'> = {
		...row,
		outcome: row.outcome && outcomeTag(row.outcome.kind, language),
		...words,
		notes: notesOf(call, language),
		fields: fieldValues(body, language),
		answer: answer && { status: answer.status, headers: answer.headers, body: answer.body },
	};
	const { method, path } = call;
	return {
		...withoutKeyInside(detail, key),
		request: {
			method,
			path: withoutKey(path, key),
			headers: maskHeaders(call.headers, key),
			body: withoutKey(call.body, key),
		},
	};
}

const leadRow = (lead: LeadBody): Row => ({
	id: `lead-${lead.leadNumber}`,
	atMs: Date.parse(lead.createdAt) || 0,
	called: '',
	...person(lead),
	outcome: outcomeTag('created'),
	status: null,
	leadNumber: lead.leadNumber,
});

function leadDetail(lead: LeadBody, language: Language): Detail {
	const words = explain(interpretResponse({ status: 201, headers: {}, body: lead }), language);
	const answer = { status: 201, headers: {}, body: JSON.stringify(lead) };
	return {
		...leadRow(lead),
		outcome: outcomeTag('created', language),
		...words,
		notes: [pageWords[language].notes.earlier],
		fields: fieldValues(lead, language),
		request: null,
		answer,
	};
}

const earlierLeads = ({ leads, lastEarlierNumber }: Store): readonly LeadBody[] =>
	leads.filter(({ leadNumber }) => leadNumber <= lastEarlierNumber);

/** The page's list, newest first: calls, then the leads of earlier runs, `limit` of both together. */
export function listRows(store: Store, limit: number): readonly Row[] {
	const rows = store.calls.slice(-limit).reverse().map(callRow);
	const room = limit - rows.length;
	return room > 0 && store.lastEarlierNumber > 0
		? [...rows, ...earlierLeads(store).slice(-room).reverse().map(leadRow)]
		: rows;
}

/** One line's detail by its id, or null when it is no longer held. */
export function findDetail(store: Store, id: string, language: Language = 'en'): Detail | null {
	if (/^\d+$/.test(id)) {
		const call = store.findCall(Number(id));
		return call ? callDetail(call, language) : null;
	}
	const lead = earlierLeads(store).find(({ leadNumber }) => id === `lead-${leadNumber}`);
	return lead ? leadDetail(lead, language) : null;
}
