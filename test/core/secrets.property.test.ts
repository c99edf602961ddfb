import { recognizeForm } from '../../packages/core/src';
import { byCases, seed } from '../fixtures/cases';
import fc from 'fast-check';

const canary = 'canary-5f2c-77aa-secret';
const names = [
	'token',
	'access_token',
	'apiKey',
	'api-key',
	'X-Api-Key',
	'authtoken',
	'HandshakeKey',
	'_wpnonce',
	'fluentform_nonce',
	'g-recaptcha-response',
	'password',
	'user_password',
	'client_secret',
	'Authorization',
	'cookie',
	'Set-Cookie',
	'session_id',
	'PHPSESSID',
	'csrf_token',
	'jwt',
	'x-hub-signature-256',
	'sign',
	'remote_ip',
	'ipAddress',
	'user_agent',
	'otp',
	'google_key',
];
/** Values that are secrets or tell a device whatever they are called. */
const values = [
	'203.0.113.77',
	'203.0.113.77:4433',
	'203.0.113.77, 198.51.100.7',
	'2001:db8::7',
	'Mozilla/5.0 (X11; Linux) secret',
	'Bearer abcdefghijklmnop',
	'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2VjcmV0',
	'sk_live_abcdefghijklmnop',
	'ghp_abcdefghijklmnopqrst',
];
const person = { name: 'Mona Ali', phone: '01000000201' };

/** A value somewhere deep: in groups, in lists beside others, in JSON text. */
const wraps: readonly ((inner: unknown) => unknown)[] = [
	(inner) => ({ group: inner, note: 'x' }),
	(inner) => [inner, { note: 'x' }],
	(inner) => ({ data: JSON.stringify(inner) }),
	(inner) => ({ visits: [inner] }),
	(inner) => ({ note: JSON.stringify(inner) }),
];
const somewhere = (leaf: fc.Arbitrary<Readonly<Record<string, unknown>>>): fc.Arbitrary<unknown> =>
	fc
		.tuple(leaf, fc.array(fc.constantFrom(...wraps), { maxLength: 9 }))
		.map(([inner, around]) => around.reduce<unknown>((value, wrap) => wrap(value), inner));
const settings = { numRuns: byCases({ few: 400, more: 1500, all: 50_000 }), seed };
const passedOn = (extra: unknown): string =>
	JSON.stringify([
		recognizeForm({ ...person, extra }),
		recognizeForm([{ ...person, extra }]),
		recognizeForm({ headers: {}, query: { extra }, body: person }),
	]);

test('what is called a secret is passed on nowhere, however deep it stands', () => {
	fc.assert(
		fc.property(somewhere(fc.constantFrom(...names).map((name) => ({ [name]: canary, color: 'blue' }))), (extra) => {
			expect(passedOn(extra)).not.toContain(canary);
		}),
		settings,
	);
});

test('what looks like a secret is passed on nowhere, whatever it is called', () => {
	fc.assert(
		fc.property(
			somewhere(
				fc
					.tuple(fc.constantFrom('a', 'origin', 'Field 7', 'ملاحظة'), fc.constantFrom(...values))
					.map(([name, value]) => ({ [name]: value })),
			),
			(extra) => {
				const passed = passedOn(extra);
				for (const value of values) expect(passed).not.toContain(value);
			},
		),
		settings,
	);
});
