import { type Answer, received, receivedAs, refusedAnswer, sendAnswer } from './answer';
import { corsHeaders, preflightHeaders } from './cors';
import { type Emission, emitAnswered, emitSubmission, type Ended } from './emitSubmission';
import type { FormNode } from './formNode';
import type { FormRequest, FormResponse } from './httpTypes';
import type { RawBody } from './rawBody';
import { receivingHost } from './receivingHost';
import { emptyForm, visitorAnswer } from './visitorAnswer';
import { type CallRefusal, type Language, platforms, receive } from '@icloud-ready/core';
import { pageLanguage } from '@icloud-ready/web/pageLanguage';

/** More than these wait for no flow that keeps up; each holds its body. */
const mostWaiting = 1000;

const visitorLanguage = (request: FormRequest): Language =>
	pageLanguage(request.query.lang, request.headers['accept-language']);
/** Whoever does not ask for data alone is shown a page, where one is chosen. */
const isBrowser = ({ headers: { accept = '*/*' } }: FormRequest): boolean =>
	/text\/html|\*\/\*/.test(accept) && !accept.includes('application/json');

interface Answering {
	readonly form: FormNode;
	readonly language: Language;
	/** A person at a browser who wants a page. */
	readonly isVisit: boolean;
	readonly payload: unknown;
}

const statusOf = (ended: Ended): number =>
	ended.kind === 'flow' ? ended.status : ended.end.kind === 'safe' ? 200 : 503;

const answerOf = ({ form, language, isVisit, payload }: Answering, ended: Ended): Answer => {
	const status = statusOf(ended);
	// Of a repeat alone, which gets what the flow has answered the first one.
	if (ended.kind === 'flow') return { ...received, status };
	const { end, leads } = ended;
	if (isVisit) return visitorAnswer({ settings: form.settings, language, payload, status, leads });
	return end.kind === 'safe' ? receivedAs(leads) : refusedAnswer(end.refusal, language, end.at);
};

/** Into the flow and back; what ended well is recorded before anybody hears of it. */
const run = async (answering: Answering, emission: Emission): Promise<Answer> => {
	const { form } = answering;
	const ended = await emitSubmission(form, emission);
	const answer = answerOf(answering, ended);
	if (answer.status < 400) await form.record.answered(emission.key);
	form.tell({
		kind: 'answered',
		status: answer.status,
		...(ended.kind === 'leads' && ended.end.kind === 'refused' ? { refusal: ended.end.refusal, at: ended.end.at } : {}),
	});
	return answer;
};

const inTime = async (answer: Promise<Answer>, language: Language, seconds: number): Promise<Answer> => {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<Answer>((resolve) => {
		timer = setTimeout(() => resolve(refusedAnswer('late', language)), seconds * 1000);
	});
	return await Promise.race([answer, late]).finally(() => clearTimeout(timer));
};

/** One call of an address, from its bytes to its answer. Never rejects. */
export const receiveCall = async (
	form: FormNode,
	request: FormRequest,
	response: FormResponse,
	raw: RawBody,
): Promise<void> => {
	const { settings, secrets, waiting, record, tell } = form;
	const language = visitorLanguage(request);
	const cors = corsHeaders(request.headers.origin, settings.origins);
	const send = (answer: Answer): void => sendAnswer(response, { ...answer, headers: { ...answer.headers, ...cors } });
	const refuse = (refusal: CallRefusal): void => {
		const answer = refusedAnswer(refusal, language);
		// What was not read to its end would be taken for the next call of the connection.
		const isRead = request.complete || refusal !== 'tooLarge';
		send(isRead ? answer : { ...answer, headers: { ...answer.headers, connection: 'close' } });
		tell({ kind: 'answered', status: answer.status, refusal });
	};

	if (request.method === 'OPTIONS')
		return send({
			status: 204,
			headers: cors['access-control-allow-origin'] === undefined ? {} : preflightHeaders,
			body: '',
		});
	if ('refusal' in raw) return refuse(raw.refusal);
	const call = { method: request.method ?? '', headers: request.headers, query: request.query, body: raw.bytes };
	const reception = receive(call, platforms[settings.platform], secrets, receivingHost);
	if (reception.kind === 'answer') {
		tell({ kind: 'asked' });
		return send({ status: 200, headers: { 'content-type': reception.contentType }, body: reception.body });
	}
	if (reception.kind === 'refused') {
		const isForm = request.method === 'GET' && reception.refusal === 'method' && settings.browser === 'page';
		return isForm && isBrowser(request) ? send(emptyForm(language)) : refuse(reception.refusal);
	}

	const { submission, isForm } = reception;
	const isVisit = isForm && settings.browser !== 'data' && isBrowser(request);
	const answering: Answering = { form, language, isVisit, payload: reception.payload };
	const answered = answerOf(answering, { kind: 'leads', end: { kind: 'safe' }, leads: [] });
	const given = { request, response, submission, payload: reception.payload, language };
	// Nothing that is found out later could change the answer, so it waits for no disk.
	if (settings.answer === 'atOnce' && !form.fetchesLeads) {
		send(answered);
		// Repeats at the same time are told apart before the record is asked.
		const key = JSON.stringify(['atOnce', submission.platform, submission.id]);
		if (waiting.has(key)) return tell({ kind: 'repeat' });
		const emitted = emitOnce(form, given, answered);
		waiting.set(key, emitted);
		return void (await emitted.finally(() => waiting.delete(key)));
	}
	const found = await record.find(settings.path, submission);
	if (found.isAnswered) {
		tell({ kind: 'repeat' });
		return send(answered);
	}
	const first = waiting.get(found.key);
	if (first !== undefined) {
		const answer = await inTime(first, language, settings.answerSeconds);
		tell({ kind: 'repeat' });
		return send(answer);
	}
	if (waiting.size >= mostWaiting) return refuse('busy');

	const begun = record.begun(found).then(async () => await begin(answering, { ...given, key: found.key }));
	waiting.set(found.key, begun);
	send(await begun.finally(() => waiting.delete(found.key)));
};

/** Into the flow what was answered already, unless it was there before. */
const emitOnce = async (form: FormNode, given: Omit<Emission, 'key'>, answer: Answer): Promise<Answer> => {
	const { settings, record, tell } = form;
	const { key, isAnswered } = await record.find(settings.path, given.submission);
	if (isAnswered) {
		tell({ kind: 'repeat' });
		return answer;
	}
	emitAnswered(form, { ...given, key });
	tell({ kind: 'answered', status: answer.status });
	await record.answered(key);
	return answer;
};

/** Leads of which only the ID came are fetched first. */
const begin = async (answering: Answering, given: Emission): Promise<Answer> => {
	const { form, language } = answering;
	const fetched = await form.fetchLeads(given.payload);
	if (fetched.kind === 'notFetched') {
		form.tell({ kind: 'answered', status: 503, refusal: 'notFetched' });
		return refusedAnswer('notFetched', language);
	}
	const emission = { ...given, payload: fetched.payload };
	if (form.settings.answer !== 'atOnce') return await run(answering, emission);
	const answer = answerOf(answering, { kind: 'leads', end: { kind: 'safe' }, leads: [] });
	// The next turn: the answer goes out before the flow begins.
	setImmediate(() => emitAnswered(form, emission));
	void form.record.answered(emission.key);
	form.tell({ kind: 'answered', status: answer.status });
	return answer;
};
