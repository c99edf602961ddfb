import { type IExecuteFunctions, type IHttpRequestOptions, sleep } from 'n8n-workflow';
import type { Fault, Headers, Host, LeadRequest, Reply } from '../../packages/core/src';

/** What sending needs of n8n's execution context. */
export type Sender = Pick<IExecuteFunctions, 'helpers' | 'getExecutionCancelSignal'>;

interface FullResponse {
	readonly statusCode: number;
	readonly headers: Headers;
	readonly body: unknown;
}

const textAt = (error: unknown, name: 'code' | 'syscall'): string | undefined => {
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
		code ??= textAt(each, 'code');
		syscall ??= textAt(each, 'syscall');
		each = (each as { readonly cause?: unknown }).cause;
	}
	return { ...(code === undefined ? {} : { code }), ...(syscall === undefined ? {} : { syscall }) };
};

/** n8n adds the key by the credential; one in the request would only be one more place that holds it. */
const optionsFor = ({ method, url, headers, body }: LeadRequest, timeoutMs: number): IHttpRequestOptions => ({
	method,
	url,
	headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'x-api-key')),
	body,
	encoding: 'text',
	timeout: timeoutMs,
	returnFullResponse: true,
	// All statuses come back as data: n8n sends a 401 twice otherwise, and a followed redirect carries the key along.
	ignoreHttpStatusErrors: true,
	disableFollowRedirect: true,
});

/** n8n's own timeout counts the silence on a connection, not the whole try, and not the connecting. */
const within = async (work: Promise<Reply>, timeoutMs: number): Promise<Reply> => {
	const done = new AbortController();
	const late: Promise<Reply> = sleep(timeoutMs, done.signal).then(
		() => ({ fault: { code: 'TIMEOUT' } }),
		() => work,
	);
	try {
		return await Promise.race([work, late]);
	} finally {
		done.abort();
	}
};

/** n8n as the core's host; `shared` is what its leads share with others. */
export const n8nHost = (n8n: Sender, shared: Pick<Host, 'turns' | 'refusals'> = {}): Host => ({
	...shared,
	send: (request, { timeoutMs }) => {
		const options = optionsFor(request, timeoutMs);
		const reply = n8n.helpers.httpRequestWithAuthentication.call(n8n as IExecuteFunctions, 'icloudReadyApi', options).then(
			({ statusCode, headers, body }: FullResponse): Reply => ({ status: statusCode, headers, body }),
			(error: unknown): Reply => ({ fault: faultOf(error) }),
		);
		return within(reply, timeoutMs);
	},
	sleep: (ms) => sleep(ms, n8n.getExecutionCancelSignal()).catch(() => undefined),
	now: () => Date.now(),
	random: () => Math.random(),
	stopped: () => n8n.getExecutionCancelSignal()?.aborted === true,
});
