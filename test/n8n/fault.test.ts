import { faultOf } from '../../nodes/IcloudReady/send/clientFault';
import { interpretResponse } from '../../packages/core/src';

/** n8n's error around that of its client, as both come: the request with the key is in there. */
const wrapped = (cause: object): object => Object.assign(new Error('with secret-key'), { name: 'NodeApiError', cause });
const named = (name: string, message: string, more: object = {}): object =>
	Object.assign(new Error(message), { name, ...more });
const sent = (socket: unknown, error: object = { code: 'ECONNRESET' }, protocol = 'https:'): object =>
	wrapped({
		name: 'AxiosError',
		message: 'x',
		...error,
		config: { headers: { 'x-api-key': 'secret-key' } },
		request: { protocol, socket },
	});

const ending = (error: unknown): string => {
	const { outcome, cause } = interpretResponse({ fault: faultOf(error) });
	return `${outcome} ${'why' in cause ? cause.why : cause.kind}`;
};

test.each<[name: string, error: unknown, expected: string]>([
	[
		'its protection against its own network, an address',
		wrapped(named('SsrfBlockedIpError', 'The request was blocked because it resolves to a restricted IP address')),
		'failed addressDenied',
	],
	[
		'its protection, a name',
		wrapped(
			named('SsrfBlockedHostnameError', 'The request was blocked because the destination hostname is restricted'),
		),
		'failed addressDenied',
	],
	[
		'its protection, when it connects',
		wrapped({
			name: 'SsrfBlockedIpError',
			message: 'x',
			request: { protocol: 'https:', socket: null },
			cause: named('SsrfBlockedIpError', 'y'),
		}),
		'failed addressDenied',
	],
	[
		'its protection, a connection without a host',
		wrapped(named('UnknownConnectionHostError', 'Cannot determine the host for this connection')),
		'failed addressDenied',
	],
	[
		'a domain that the credential does not allow',
		wrapped(named('UserError', 'Domain not allowed: This credential is restricted from accessing crm.test.')),
		'failed addressDenied',
	],
	[
		'a credential without a domain',
		wrapped(
			named(
				'NodeOperationError',
				'No allowed domains specified. Configure allowed domains or change restriction setting.',
			),
		),
		'failed addressDenied',
	],
	[
		'an address that is none',
		wrapped(named('TypeError', 'Invalid URL', { code: 'ERR_INVALID_URL' })),
		'failed address',
	],
	[
		'another error of its own',
		wrapped(named('UnexpectedError', '`agentOptions.lookup` is not supported')),
		'failed unreachable',
	],
	[
		'a name that is not found',
		wrapped(named('Error', 'getaddrinfo ENOTFOUND', { code: 'ENOTFOUND', syscall: 'getaddrinfo' })),
		'failed dns',
	],
	[
		'a proxy that was closed',
		wrapped(named('Error', 'Proxy connection ended before receiving CONNECT response')),
		'failed proxyAway',
	],
	[
		'a proxy that says no header',
		wrapped(named('Error', 'Invalid header from proxy CONNECT response: "secret-key"')),
		'failed proxyAway',
	],
	['a reset before the tunnel', sent(null), 'failed proxyAway'],
	['canceled before the tunnel', sent(null, { code: 'ERR_CANCELED' }), 'failed proxyAway'],
	[
		'a tunnel that repeats what is no HTTP',
		sent({ encrypted: undefined }, { code: 'HPE_INVALID_CONSTANT' }),
		'failed proxyAway',
	],
	[
		'a cut before TLS',
		wrapped(
			named('Error', 'Client network socket disconnected before secure TLS connection was established', {
				code: 'ECONNRESET',
			}),
		),
		'failed unreachable',
	],
	['a reset in the handshake', sent({ encrypted: true, secureConnecting: true }), 'failed unreachable'],
	[
		'a reset in the handshake through a tunnel',
		sent({ encrypted: true, secureConnecting: true, _parent: {} }),
		'failed proxyAway',
	],
	['a reset while it connects', sent({ connecting: true }, {}, 'http:'), 'failed unreachable'],
	[
		'a reset when it had left',
		sent({ encrypted: true, secureConnecting: false, connecting: false }),
		'unconfirmed cut',
	],
	['a reset when it had left, in plain http', sent({ connecting: false }, {}, 'http:'), 'unconfirmed cut'],
	[
		'canceled when it had left',
		sent({ encrypted: true, secureConnecting: false, connecting: false }, { code: 'ERR_CANCELED' }),
		'unconfirmed cut',
	],
	[
		'a reset of which nobody tells more',
		wrapped(named('AxiosError', 'socket hang up', { code: 'ECONNRESET' })),
		'unconfirmed cut',
	],
	[
		'an error of its own beside a request that left',
		sent({ encrypted: true, connecting: false }, { name: 'UserError', code: undefined }),
		'unconfirmed cut',
	],
	['nothing', undefined, 'unconfirmed cut'],
])('%s', (_name, error, expected) => {
	expect(ending(error)).toBe(expected);
	expect(JSON.stringify(faultOf(error))).not.toContain('secret-key');
});
