import { addressDenied, type Fault, isRecord, proxyAway, readFault } from '../../../packages/core/src';

/** Node's request as an error of n8n's client holds it, as far as it tells what has left. */
interface SentRequest {
	readonly protocol?: unknown;
	readonly socket?: unknown;
}

interface Told {
	readonly code?: string;
	readonly syscall?: string;
	readonly names: readonly string[];
	readonly messages: readonly string[];
	readonly request?: SentRequest;
}

const mostCauses = 5;

const textAt = (error: Readonly<Record<string, unknown>>, name: string): string | undefined =>
	typeof error[name] === 'string' ? error[name] : undefined;

/** An error of n8n's or of a chain of causes under it. Its texts are compared and never passed on: they hold the key. */
const readError = (error: unknown): Told => {
	let code: string | undefined;
	let syscall: string | undefined;
	let request: SentRequest | undefined;
	const names: string[] = [];
	const messages: string[] = [];
	let each = error;
	for (let depth = 0; depth < mostCauses && isRecord(each); depth++) {
		// An older n8n keeps the code in this place alone; a newer one may have a status in it.
		const named = textAt(each, 'httpCode');
		code ??= textAt(each, 'code') ?? (named !== undefined && /^[A-Z][A-Z_]+$/.test(named) ? named : undefined);
		syscall ??= textAt(each, 'syscall');
		names.push(textAt(each, 'name') ?? '');
		messages.push(textAt(each, 'message') ?? '');
		if (request === undefined && isRecord(each.request) && 'socket' in each.request) request = each.request;
		each = each.cause;
	}
	return {
		...(code === undefined ? {} : { code }),
		...(syscall === undefined ? {} : { syscall }),
		names,
		messages,
		...(request === undefined ? {} : { request }),
	};
};

/** n8n's own refusals, all before anything is sent: its protection against requests into its own network, and a credential's list of domains. */
const denials = ['SsrfBlockedIpError', 'SsrfBlockedHostnameError', 'UnknownConnectionHostError'];
const deniedDomain = /^(?:Domain not allowed: |No allowed domains specified\.|The request was blocked because )/;

/** n8n's classes of errors that are not of the wire. Where such a one is the cause, and no request was made, nothing was sent. */
const ownErrors = ['UserError', 'OperationalError', 'UnexpectedError', 'NodeOperationError'];

/** How the proxy's client says that the proxy gave no whole answer to CONNECT. */
const noTunnel =
	/^(?:Proxy connection ended before receiving|No header received from proxy|Invalid header from proxy) CONNECT response/;
const noTls = 'Client network socket disconnected before secure TLS connection was established';

/** What the connection of a request shows: that the request had not begun to leave, by whose fault, or nothing. */
const unsentBy = ({ protocol, socket }: SentRequest): 'proxy' | 'connection' | undefined => {
	const isTls = protocol === 'https:';
	// A connection of its own is there at once; the one through a proxy when the proxy has opened it.
	if (!isRecord(socket)) return isTls && (socket === null || socket === undefined) ? 'proxy' : undefined;
	// In the place of one that the proxy refused stands a connection that only repeats its answer.
	if (isTls && socket.encrypted !== true) return 'proxy';
	if (socket.connecting === true) return 'connection';
	if (socket.secureConnecting === true) return isRecord(socket._parent) ? 'proxy' : 'connection';
	return undefined;
};

/**
 * Why no answer came, from an error of n8n's. Nothing of it but two words is passed on: it holds the request with the key
 * in its headers. Whether the request had begun to leave is told only where that is sure.
 */
export const faultOf = (error: unknown): Fault => {
	const { code, syscall, names, messages, request } = readError(error);
	const said: Fault = { ...(code === undefined ? {} : { code }), ...(syscall === undefined ? {} : { syscall }) };
	if (names.some((name) => denials.includes(name)) || messages.some((message) => deniedDomain.test(message)))
		return { code: addressDenied };
	if (readFault(said).kind === 'notReached') return said;
	if (messages.some((message) => noTunnel.test(message))) return { code: proxyAway };
	const unsent = request === undefined ? undefined : unsentBy(request);
	if (unsent === 'proxy') return { code: proxyAway };
	if (unsent === 'connection' || messages.includes(noTls)) return { ...said, left: false };
	if (request === undefined && code === undefined && names.some((name) => ownErrors.includes(name)))
		return { ...said, left: false };
	return said;
};
