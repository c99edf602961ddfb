import { addressDenied, codeOfProxy, type Fault, proxyAway, proxyRefused } from '../../packages/core/src';
import { type FaultReading, readFault } from '../../packages/core/src/outcome/networkFault';

const notReached = (why: string): FaultReading => ({ kind: 'notReached', why }) as FaultReading;

test.each<[name: string, fault: Fault, reading: FaultReading]>([
	['name not found', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }, notReached('dns')],
	['name server busy', { code: 'EAI_AGAIN' }, notReached('dns')],
	['any failure of looking up the name', { code: 'EAI_MEMORY', syscall: 'getaddrinfo' }, notReached('dns')],
	['refused', { code: 'ECONNREFUSED', syscall: 'connect' }, notReached('refused')],
	['refused, without a call', { code: 'ECONNREFUSED' }, notReached('refused')],
	['connect timed out (undici)', { code: 'UND_ERR_CONNECT_TIMEOUT' }, notReached('connectTimeout')],
	['connect timed out (system)', { code: 'ETIMEDOUT', syscall: 'connect' }, notReached('connectTimeout')],
	['no route', { code: 'EHOSTUNREACH' }, notReached('unreachable')],
	['a firewall on this machine', { code: 'EACCES', syscall: 'connect' }, notReached('unreachable')],
	['an expired certificate', { code: 'CERT_HAS_EXPIRED' }, notReached('tlsDate')],
	['a certificate of its own', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, notReached('tlsUntrusted')],
	['a chain that cannot be checked', { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, notReached('tlsUntrusted')],
	['a name that the certificate has not', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, notReached('tlsName')],
	['a certificate of a day to come', { code: 'CERT_NOT_YET_VALID' }, notReached('tlsDate')],
	['any other fault of a certificate', { code: 'CERT_REVOKED' }, notReached('tls')],
	['TLS with a plain server', { code: 'EPROTO' }, notReached('tls')],
	['the proxy refused', { code: proxyRefused }, notReached('proxy')],
	['the proxy was away', { code: proxyAway }, notReached('proxyAway')],
	['the host does not allow the address', { code: addressDenied }, notReached('addressDenied')],
	['no URL', { code: 'ERR_INVALID_URL' }, notReached('address')],
	['a key that no header may hold', { code: 'ERR_INVALID_CHAR' }, notReached('header')],
	['reset', { code: 'ECONNRESET', syscall: 'read' }, { kind: 'cut' }],
	['closed by the other side', { code: 'UND_ERR_SOCKET' }, { kind: 'cut' }],
	['broken pipe', { code: 'EPIPE', syscall: 'write' }, { kind: 'cut' }],
	['timed out while reading', { code: 'ETIMEDOUT', syscall: 'read' }, { kind: 'timeout' }],
	['timed out, and nobody says when', { code: 'ETIMEDOUT' }, { kind: 'timeout' }],
	['no headers in time', { code: 'UND_ERR_HEADERS_TIMEOUT' }, { kind: 'timeout' }],
	['no body in time', { code: 'UND_ERR_BODY_TIMEOUT' }, { kind: 'timeout' }],
	['axios', { code: 'ECONNABORTED' }, { kind: 'timeout' }],
	['a code nobody knows', { code: 'EWEIRD' }, { kind: 'cut' }],
	['no code', {}, { kind: 'cut' }],
	['left, whatever the code says', { code: 'ECONNREFUSED', left: true }, { kind: 'cut' }],
	['left, and timed out', { code: 'ETIMEDOUT', syscall: 'connect', left: true }, { kind: 'timeout' }],
	['not left, of unknown code', { code: 'EWEIRD', left: false }, notReached('unreachable')],
	['not left, timed out', { code: 'ETIMEDOUT', left: false }, notReached('connectTimeout')],
])('%s', (_, fault, reading) => {
	expect(readFault(fault)).toEqual(reading);
});

test.each<[status: number | null, code: string]>([
	[null, proxyAway],
	[201, proxyRefused],
	[301, proxyRefused],
	[400, proxyRefused],
	[403, proxyRefused],
	[407, proxyRefused],
	[408, proxyAway],
	[429, proxyAway],
	[500, proxyAway],
	[503, proxyAway],
])('a proxy that answers CONNECT with %p', (status, code) => {
	expect(codeOfProxy(status)).toBe(code);
});
