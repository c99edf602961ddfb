import {
	codeOfProxy,
	type Fault,
	type Headers,
	type Host,
	isRecord,
	type LeadStatusRequest,
	type LeadRequest,
	readFault,
	type Reply,
} from '../../../packages/core/src';
import { faultOf } from './clientFault';
import { readAnswer } from './readStream';
import { createHmac } from 'crypto';
import {
	type IAdditionalCredentialOptions,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	sleep,
} from 'n8n-workflow';

/** What sending needs of n8n's execution context. */
export type Sender = Pick<IExecuteFunctions, 'helpers' | 'getExecutionCancelSignal'>;

/** A credential as n8n has worked it out for an item. */
type Decrypted = Readonly<ICredentialDataDecryptedObject>;

const credentialType = 'icloudReadyApi';

/**
 * n8n works a credential out for the first item where it is given none. A copy, since n8n may write into it; and no part
 * of the request, which n8n may write into its log.
 */
const credentialsOf = (decrypted: Decrypted): IAdditionalCredentialOptions => ({
	credentialsDecrypted: { id: '', name: credentialType, type: credentialType, data: { ...decrypted } },
});

interface FullResponse {
	readonly statusCode: number;
	readonly headers: Headers;
	readonly body: unknown;
}

/** n8n adds the key by the credential; one in the request would only be one more place that holds it. */
export const optionsFor = (
	{ method, url, headers, body }: LeadRequest | LeadStatusRequest,
	timeoutMs: number,
): IHttpRequestOptions => ({
	method,
	url,
	headers: {
		...Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'x-api-key')),
		'accept-encoding': 'identity',
	},
	...(body === undefined ? {} : { body }),
	// As a stream, since n8n reads any other answer to its end, however long it is.
	encoding: 'stream',
	timeout: timeoutMs,
	returnFullResponse: true,
	// All statuses come back as data: n8n sends a 401 twice otherwise, and a followed redirect carries the key along.
	ignoreHttpStatusErrors: true,
	disableFollowRedirect: true,
});

/** A refusal is one by its status, however its text ends; whether a lead was created only a whole answer tells. */
const isRefusal = ({ statusCode }: FullResponse): boolean => statusCode >= 300;

/**
 * Whether an answer came on a connection without TLS, as its stream shows. For an https address that is a proxy's, which
 * opened no tunnel: n8n's client gives it as if it were the answer of the address. Nothing of the request has left then.
 */
const isWithoutTls = (body: unknown): boolean =>
	isRecord(body) && isRecord(body.socket) && body.socket.encrypted !== true;

/** n8n as it lends its HTTP client, which asks it for a signal and listens to no other. */
const withSignal = (n8n: Sender, signal: AbortSignal): IExecuteFunctions =>
	Object.create(n8n, { getExecutionCancelSignal: { value: () => signal } }) as IExecuteFunctions;

/**
 * Ends one sending when its run is stopped; the returned function takes that back. No `AbortSignal.any`, of which the
 * signal of the run would remember one for each lead.
 */
const endWith = (stopped: AbortSignal | undefined, over: AbortController): (() => void) => {
	const end = (): void => over.abort();
	if (stopped?.aborted === true) end();
	stopped?.addEventListener('abort', end);
	return () => stopped?.removeEventListener('abort', end);
};

/** How long n8n may take to tell how far a request had come that was ended since its time was over. */
const lastWordsMs = 100;

/** Whose time was over is known where the request had not begun to leave, by what n8n tells of it. */
const timedOut = (fault: Fault): Fault => {
	if (readFault(fault).kind !== 'notReached') return { code: 'TIMEOUT' };
	return fault.left === false ? { code: 'TIMEOUT', left: false } : fault;
};

/** One sending that is surely over after `timeoutMs`; n8n's own timeout counts the silence only, and not the connecting. */
const sendWithin = async (
	n8n: Sender,
	decrypted: Decrypted,
	request: LeadRequest | LeadStatusRequest,
	timeoutMs: number,
): Promise<Reply> => {
	const over = new AbortController();
	const done = new AbortController();
	const letGo = endWith(n8n.getExecutionCancelSignal(), over);
	/** What is known as soon as the status has come, however the text behind it ends. */
	let known: Reply | undefined;
	const answered = async (response: FullResponse): Promise<Reply> => {
		const { statusCode: status, headers } = response;
		if (request.url.startsWith('https:') && isWithoutTls(response.body))
			known = { fault: { code: codeOfProxy(status) } };
		else if (isRefusal(response)) known = { status, headers, body: '' };
		const { body, broken } = await readAnswer(response.body);
		if (known !== undefined && 'fault' in known) return known;
		if (broken !== undefined && !isRefusal(response)) return { fault: { ...faultOf(broken), left: true } };
		return { status, headers, body };
	};
	const work = n8n.helpers.httpRequestWithAuthentication
		.call(withSignal(n8n, over.signal), credentialType, optionsFor(request, timeoutMs), credentialsOf(decrypted))
		.then(answered)
		.catch((error: unknown): Reply => ({ fault: faultOf(error) }));

	let isOver = false;
	const late: Promise<Reply> = sleep(timeoutMs, done.signal).then(
		async () => {
			isOver = true;
			over.abort();
			if (known !== undefined) return known;
			const last = await Promise.race([
				work,
				sleep(lastWordsMs, done.signal).then(
					() => undefined,
					() => undefined,
				),
			]);
			return { fault: last !== undefined && 'fault' in last ? timedOut(last.fault) : { code: 'TIMEOUT' } };
		},
		async () => await work,
	);
	try {
		return await Promise.race([work.then(async (reply) => (isOver ? await late : reply)), late]);
	} finally {
		done.abort();
		letGo();
	}
};

/** Milliseconds on a clock that only goes forward, whatever is done to the machine's time: what waiting is measured on. */
export const monotonicMs = (): number => Math.floor(performance.now());

/** n8n as the core's host for the leads of one account; `shared` is what they share with others. */
export const n8nHost = (
	n8n: Sender,
	decrypted: Decrypted,
	shared: Pick<Host, 'limiter' | 'authBreaker'> = {},
): Host => ({
	...shared,
	send: async (request, { timeoutMs }) => await sendWithin(n8n, decrypted, request, timeoutMs),
	sleep: (ms) => sleep(ms, n8n.getExecutionCancelSignal()).catch(() => undefined),
	now: () => Date.now(),
	monotonicMs,
	random: () => Math.random(),
	digest: (text, secret) => createHmac('sha256', secret).update(text).digest('base64url'),
	stopped: () => n8n.getExecutionCancelSignal()?.aborted === true,
});
