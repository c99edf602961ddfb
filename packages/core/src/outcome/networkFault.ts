/**
 * Why no answer came, as the host's HTTP client told it.
 * `code` is Node's or undici's error code (`ECONNREFUSED`, `UND_ERR_HEADERS_TIMEOUT`, …); texts of errors are not kept,
 * since clients put headers, and so the key, into them.
 */
export interface Fault {
	readonly code?: string;
	/** What the operating system was asked for when it failed, for example `connect`. */
	readonly syscall?: string;
	/** Whether the request had begun to leave, where the client can tell; it outweighs the code. */
	readonly left?: boolean;
}

/** What kept a request from leaving. */
export type NotReached =
	| 'dns'
	| 'refused'
	| 'connectTimeout'
	| 'unreachable'
	| 'tls'
	| 'tlsDate'
	| 'tlsUntrusted'
	| 'tlsName'
	| 'proxy'
	| 'proxyAway'
	| 'addressDenied'
	| 'address'
	| 'header';

/** `notReached`: it surely never arrived. `timeout` and `cut`: it left, and nobody knows whether it arrived. */
export type FaultReading =
	| { readonly kind: 'notReached'; readonly why: NotReached }
	| { readonly kind: 'timeout' }
	| { readonly kind: 'cut' };

/** A code of our own that a host gives where its client has none: the proxy refused to pass the connection on. */
export const proxyRefused = 'PROXY_REFUSED';

/** Another one: the proxy did not pass it on this time, and may do so a moment later. */
export const proxyAway = 'PROXY_AWAY';

/** Another one: the host itself does not let anybody connect to this address. */
export const addressDenied = 'ADDRESS_DENIED';

/** Which of the two codes a proxy's answer to CONNECT is; null: it gave none, or none that is HTTP. */
export const codeOfProxy = (status: number | null): string =>
	status === null || status >= 500 || status === 408 || status === 429 ? proxyAway : proxyRefused;

const notReached: ReadonlyMap<string, NotReached> = new Map([
	['ENOTFOUND', 'dns'],
	['EAI_AGAIN', 'dns'],
	['EAI_FAIL', 'dns'],
	['EAI_NODATA', 'dns'],
	['EAI_NONAME', 'dns'],
	['ECONNREFUSED', 'refused'],
	['UND_ERR_CONNECT_TIMEOUT', 'connectTimeout'],
	['EHOSTUNREACH', 'unreachable'],
	['ENETUNREACH', 'unreachable'],
	['EHOSTDOWN', 'unreachable'],
	['ENETDOWN', 'unreachable'],
	['EADDRNOTAVAIL', 'unreachable'],
	['EPROTO', 'tls'],
	['CERT_HAS_EXPIRED', 'tlsDate'],
	['CERT_NOT_YET_VALID', 'tlsDate'],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 'tlsUntrusted'],
	['SELF_SIGNED_CERT_IN_CHAIN', 'tlsUntrusted'],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tlsUntrusted'],
	['UNABLE_TO_GET_ISSUER_CERT', 'tlsUntrusted'],
	['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tlsUntrusted'],
	['CERT_UNTRUSTED', 'tlsUntrusted'],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'tlsName'],
	['HOSTNAME_MISMATCH', 'tlsName'],
	[proxyRefused, 'proxy'],
	[proxyAway, 'proxyAway'],
	[addressDenied, 'addressDenied'],
	['ERR_INVALID_URL', 'address'],
	['UND_ERR_INVALID_ARG', 'address'],
	['ERR_INVALID_PROTOCOL', 'address'],
	['ERR_UNESCAPED_CHARACTERS', 'address'],
	['ERR_INVALID_CHAR', 'header'],
	['ERR_HTTP_INVALID_HEADER_VALUE', 'header'],
]);

const tlsCode = /^(?:CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|UND_ERR_PRX_TLS)/;
const timeoutCode =
	/^(?:ETIMEDOUT|ESOCKETTIMEDOUT|ECONNABORTED|UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT|TIMEOUT|TimeoutError|ABORT_ERR)$/;

/**
 * Whether a fault came before or after the request left. A code that is not known counts as after: a lead reported as
 * "perhaps created" costs a look, one sent twice costs a customer.
 */
export const readFault = ({ code = '', syscall, left }: Fault): FaultReading => {
	const lost: FaultReading = { kind: timeoutCode.test(code) ? 'timeout' : 'cut' };
	if (left === true) return lost;
	const why = notReached.get(code) ?? (tlsCode.test(code) ? 'tls' : undefined);
	if (why !== undefined) return { kind: 'notReached', why };
	if (syscall === 'connect')
		return { kind: 'notReached', why: code === 'ETIMEDOUT' ? 'connectTimeout' : 'unreachable' };
	if (syscall === 'getaddrinfo') return { kind: 'notReached', why: 'dns' };
	if (left === false) return { kind: 'notReached', why: lost.kind === 'timeout' ? 'connectTimeout' : 'unreachable' };
	return lost;
};
