import { createHmac } from 'crypto';
import { type IAdditionalCredentialOptions, type ICredentialDataDecryptedObject, type IExecuteFunctions, type IHttpRequestOptions, sleep } from 'n8n-workflow';
import type { Fault, Headers, Host, LeadQuestion, LeadRequest, Reply } from '../../packages/core/src';
import { readAnswer } from './answer';

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

const textAt = (error: unknown, name: 'code' | 'syscall' | 'httpCode'): string | undefined => {
	const value = typeof error === 'object' && error !== null ? (error as Readonly<Record<string, unknown>>)[name] : undefined;
	return typeof value === 'string' ? value : undefined;
};

/**
 * Why no answer came, from an error of n8n's or a chain of causes under it. Nothing but two words is read: the error
 * itself holds the request with the key in its headers.
 */
export const faultOf = (error: unknown): Fault => {
	let code: string | undefined;
	let syscall: string | undefined;
	let each = error;
	for (let depth = 0; depth < 5 && typeof each === 'object' && each !== null; depth++) {
		// An older n8n keeps the code in this place alone; a newer one may have a status in it.
		const named = textAt(each, 'httpCode');
		code ??= textAt(each, 'code') ?? (named !== undefined && /^[A-Z][A-Z_]+$/.test(named) ? named : undefined);
		syscall ??= textAt(each, 'syscall');
		each = (each as { readonly cause?: unknown }).cause;
	}
	return { ...(code === undefined ? {} : { code }), ...(syscall === undefined ? {} : { syscall }) };
};

/** n8n adds the key by the credential; one in the request would only be one more place that holds it. */
const optionsFor = ({ method, url, headers, body }: LeadRequest | LeadQuestion, timeoutMs: number): IHttpRequestOptions => ({
	method,
	url,
	headers: { ...Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'x-api-key')), 'accept-encoding': 'identity' },
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

/** One sending that is surely over after `timeoutMs`; n8n's own timeout counts the silence only, and not the connecting. */
const sendWithin = async (n8n: Sender, decrypted: Decrypted, request: LeadRequest | LeadQuestion, timeoutMs: number): Promise<Reply> => {
	const over = new AbortController();
	const done = new AbortController();
	const letGo = endWith(n8n.getExecutionCancelSignal(), over);
	let refusal: FullResponse | undefined;
	const answered = async (response: FullResponse): Promise<Reply> => {
		if (isRefusal(response)) refusal = response;
		const { body, broken } = await readAnswer(response.body);
		if (broken !== undefined && !isRefusal(response)) return { fault: faultOf(broken) };
		return { status: response.statusCode, headers: response.headers, body };
	};
	const work = n8n.helpers.httpRequestWithAuthentication
		.call(withSignal(n8n, over.signal), credentialType, optionsFor(request, timeoutMs), credentialsOf(decrypted))
		.then(answered)
		.catch((error: unknown): Reply => ({ fault: faultOf(error) }));
	const late: Promise<Reply> = sleep(timeoutMs, done.signal).then(
		() => {
			over.abort();
			return refusal === undefined ? { fault: { code: 'TIMEOUT' } } : { status: refusal.statusCode, headers: refusal.headers, body: '' };
		},
		() => work,
	);
	try {
		return await Promise.race([work, late]);
	} finally {
		done.abort();
		letGo();
	}
};

/** n8n as the core's host for the leads of one account; `shared` is what they share with others. */
export const n8nHost = (n8n: Sender, decrypted: Decrypted, shared: Pick<Host, 'turns' | 'refusals'> = {}): Host => ({
	...shared,
	send: async (request, { timeoutMs }) => await sendWithin(n8n, decrypted, request, timeoutMs),
	sleep: (ms) => sleep(ms, n8n.getExecutionCancelSignal()).catch(() => undefined),
	now: () => Date.now(),
	random: () => Math.random(),
	digest: (text, secret) => createHmac('sha256', secret).update(text).digest('base64url'),
	stopped: () => n8n.getExecutionCancelSignal()?.aborted === true,
});
