import {
	type Call,
	type Platform,
	type PlatformName,
	platformNames,
	platforms,
	receive,
	type Reception,
	recognizeForm,
	refusalStatus,
	refusalText,
} from '../../packages/core/src';
import { challengeOf, genuineCall } from '../../packages/sandbox/src/senders/genuineCall';
import { type Person, submissions } from '../../packages/sandbox/src/senders/submissions';
import { byCases } from '../fixtures/cases';
import { receivingHost } from '../fixtures/receivingHost';
import fc from '../fixtures/fastCheck';

const numRuns = byCases({ few: 25, more: 150, all: 3000 });
const nowMs = 1_795_162_530_000;
const host = receivingHost(() => nowMs);
const mona: Person = { firstName: 'منى', lastName: 'Ali', phone: '+201001234567' };
const secret = 'c2VjcmV0LW9mLXRoZS1wbGF0Zm9ybQ==';
const next = 'dGhlLW5leHQtc2VjcmV0LW9mLWl0';
const none = { secret: '', nextSecret: '', verifyToken: '', pageToken: '' };
const secrets = { ...none, secret, verifyToken: 'known-to-both' };

const callOf = (
	name: PlatformName,
	given: { secret?: string; atMs?: number; payload?: unknown; spaces?: number } = {},
): Call => {
	const { body, headers } = genuineCall(
		name,
		{
			payload: given.payload ?? submissions[name](mona, 'id-1'),
			secret: given.secret ?? secret,
			nowMs: given.atMs ?? nowMs,
			id: 'id-1',
		},
		(payload) => JSON.stringify(payload, null, given.spaces),
	);
	return { method: 'POST', headers, query: {}, body: Buffer.from(body) };
};
const got = (call: Call, platform: Platform, known = secrets): Reception => receive(call, platform, known, host);
const refusalOf = (reception: Reception): string => (reception.kind === 'refused' ? reception.refusal : reception.kind);

const signed = platformNames.filter((name) => platforms[name].provesBy === 'signature');
const proving = platformNames.filter((name) => platforms[name].provesBy !== 'token');
const timed = platformNames.filter((name) => platforms[name].maxAgeMs !== undefined);

test('each platform is in the table under its own name, with the documents of its rules or a word on why there are none', () => {
	for (const name of platformNames) {
		const { documents, unconfirmed } = platforms[name];
		expect(platforms[name].name).toBe(name);
		expect(documents.length > 0 || unconfirmed !== undefined).toBe(true);
		for (const each of documents) expect(each).toMatch(/^https:\/\//);
	}
});

describe.each([...platformNames])('%s', (name) => {
	const platform = platforms[name];

	test('a genuine call is a submission whose lead is recognized, with odd spaces and Arabic too', () => {
		for (const spaces of [undefined, 3]) {
			const reception = got(callOf(name, spaces === undefined ? {} : { spaces }), platform);
			if (reception.kind !== 'submission') throw new Error(refusalOf(reception));
			expect(reception.submission.platform).toBe(name);
			const [lead] = recognizeForm(reception.payload).leads;
			if (name !== 'meta')
				expect(lead?.draft.leadInformation).toMatchObject({ phone: mona.phone, firstName: mona.firstName });
		}
	});

	test('a repeat has the same id, and another submission another', () => {
		const idOf = (call: Call): string => {
			const reception = got(call, platform);
			return reception.kind === 'submission' ? reception.submission.id : refusalOf(reception);
		};
		expect(idOf(callOf(name))).toBe(idOf(callOf(name)));
		const other = genuineCall(name, {
			payload: submissions[name]({ ...mona, phone: '+201001234568' }, 'id-2'),
			secret,
			nowMs,
			id: 'id-2',
		});
		const own = idOf({ method: 'POST', headers: other.headers, query: {}, body: Buffer.from(other.body) });
		expect(own).not.toBe(idOf(callOf(name)));
	});

	test('a second secret is valid beside the first, and no third is', () => {
		const both = { ...secrets, nextSecret: next };
		expect(refusalOf(got(callOf(name, { secret: next }), platform, both))).toBe('submission');
		expect(refusalOf(got(callOf(name), platform, both))).toBe('submission');
		expect(refusalOf(got(callOf(name, { secret: 'dGhpcmQ=' }), platform, both))).toBe('forged');
		expect(refusalOf(got(callOf(name, { secret: '' }), platform, both))).toBe('forged');
	});

	test('its challenge is answered, and a guessed token is not', () => {
		const challenge = challengeOf(name, { verifyToken: 'known-to-both', secret, asked: '4711' });
		if (challenge === undefined) {
			expect(refusalOf(got({ method: 'GET', headers: {}, query: {}, body: Buffer.of() }, platform))).toBe('method');
			return;
		}
		const query = (text: string): Call => ({
			method: 'GET',
			headers: {},
			query: Object.fromEntries(new URLSearchParams(text)),
			body: Buffer.of(),
		});
		expect(got(query(challenge.call.query), platform)).toMatchObject({ kind: 'answer', body: challenge.answer });
		const guessed = challengeOf(name, { verifyToken: 'guessed', secret, asked: '4711' })?.call.query ?? '';
		if (name !== 'linkedin') expect(refusalOf(got(query(guessed), platform))).toBe('wrongToken');
		expect(refusalOf(got(query(challenge.call.query), platform, none))).toBe('noSecret');
	});

	test('methods other than GET and POST are refused', () => {
		expect(refusalOf(got({ ...callOf(name), method: 'PUT' }, platform))).toBe('method');
	});
});

test.each(proving)('%s takes nothing while no secret is set', (name) => {
	expect(refusalOf(got(callOf(name), platforms[name], none))).toBe('noSecret');
});

test.each(signed)('%s refuses a call with one byte changed, anywhere', (name) => {
	const call = callOf(name);
	fc.assert(
		fc.property(fc.nat(call.body.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
			const body = Uint8Array.from(call.body);
			body[at] = (body[at] ?? 0) ^ by;
			expect(refusalOf(got({ ...call, body }, platforms[name]))).toBe('forged');
		}),
		{ numRuns: numRuns * 4 },
	);
});

test.each(signed)('%s refuses a changed, a longer, a shorter and a missing signature', (name) => {
	const call = callOf(name);
	fc.assert(
		fc.property(
			fc.constantFrom(...Object.keys(call.headers).filter((key) => key !== 'content-type')),
			fc.nat(200),
			fc.integer({ min: 1, max: 60 }),
			(key, at, by) => {
				const value = String(call.headers[key]);
				const index = at % value.length;
				const sign = String.fromCharCode(33 + ((value.charCodeAt(index) - 33 + by) % 90));
				const changed = value.slice(0, index) + sign + value.slice(index + 1);
				fc.pre(changed !== value);
				expect(refusalOf(got({ ...call, headers: { ...call.headers, [key]: changed } }, platforms[name]))).toBe(
					'forged',
				);
			},
		),
		{ numRuns },
	);
	for (const key of Object.keys(call.headers).filter((each) => each !== 'content-type')) {
		const value = String(call.headers[key]);
		for (const other of [`${value}0`, value.slice(0, -1), '', undefined])
			expect(refusalOf(got({ ...call, headers: { ...call.headers, [key]: other } }, platforms[name]))).toBe('forged');
	}
});

test.each(timed)('%s refuses a call that is too old, or from the future, and takes one just within', (name) => {
	const { maxAgeMs = 0 } = platforms[name];
	for (const sign of [-1, 1]) {
		expect(refusalOf(got(callOf(name, { atMs: nowMs + sign * (maxAgeMs + 2000) }), platforms[name]))).toBe('tooOld');
		expect(refusalOf(got(callOf(name, { atMs: nowMs + sign * (maxAgeMs - 2000) }), platforms[name]))).toBe(
			'submission',
		);
	}
	// Whoever has no secret learns nothing of the time.
	expect(refusalOf(got(callOf(name, { atMs: 0, secret: 'guessed' }), platforms[name]))).toBe('forged');
});

test('a token is taken from the address, a bearer header or a header of its own', () => {
	const call = callOf('any');
	const ways: readonly Partial<Call>[] = [
		{ query: { token: secret } },
		{ headers: { 'content-type': 'application/json', 'x-token': secret } },
		{ headers: { 'content-type': 'application/json', authorization: `bearer ${secret}` } },
	];
	for (const way of ways)
		expect(refusalOf(got({ ...call, headers: { 'content-type': 'application/json' }, ...way }, platforms.any))).toBe(
			'submission',
		);
	expect(refusalOf(got({ ...call, headers: {} }, platforms.any))).toBe('forged');
	expect(refusalOf(got({ ...call, headers: {} }, platforms.any, none))).toBe('submission');
});

const anyBody = (contentType: string | undefined, body: string | Uint8Array): Reception =>
	got(
		{
			method: 'POST',
			headers: contentType === undefined ? {} : { 'content-type': contentType },
			query: {},
			body: typeof body === 'string' ? Buffer.from(body) : body,
		},
		platforms.any,
		none,
	);
const dataOf = (reception: Reception): unknown =>
	reception.kind === 'submission' ? reception.payload : refusalOf(reception);
const multipart = (...parts: readonly string[]): string =>
	`${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\n`;

test.each<[what: string, type: string | undefined, body: string | Uint8Array, data: unknown]>([
	['JSON', 'application/json; charset=UTF-8', ' {"a": "ل"} ', { a: 'ل' }],
	['JSON of another name', 'application/vnd.api+json', '[1]', [1]],
	['JSON without a type', undefined, '{"a":1}', { a: 1 }],
	['JSON as text', 'text/plain;charset=UTF-8', '{"a":1}', { a: 1 }],
	['JSON with a byte order mark', 'application/json', '\uFEFF{"a":1}', { a: 1 }],
	['a form', 'application/x-www-form-urlencoded', 'a=1+2&b=%D9%84&c&a=3', { a: ['1 2', '3'], b: 'ل', c: '' }],
	['a form with a broken escape', 'application/x-www-form-urlencoded', 'a=100%', { a: '100%' }],
	['an empty form', 'application/x-www-form-urlencoded', '', {}],
	['a form whose name is a trap', 'application/x-www-form-urlencoded', '__proto__=1', JSON.parse('{"__proto__":"1"}')],
	[
		'multipart',
		'multipart/form-data; boundary=b',
		multipart(
			'Content-Disposition: form-data; name="name"\r\n\r\nمنى',
			'Content-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n\u0000',
			'content-disposition: form-data; name=phone\r\n\r\na --b is no end',
		),
		{ name: 'منى', phone: 'a --b is no end' },
	],
	[
		'multipart without an end',
		'multipart/form-data; boundary=b',
		'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1',
		'unreadable',
	],
	['multipart without a boundary', 'multipart/form-data', '--b--', 'unreadable'],
	['broken JSON', 'application/json', '{"a":', 'unreadable'],
	['an empty body', 'application/json', '', 'unreadable'],
	['no UTF-8', 'application/json', Uint8Array.of(0x22, 0xc3, 0x28, 0x22), 'unreadable'],
	['another alphabet', 'application/json; charset=windows-1256', '{}', 'mediaType'],
	['XML', 'application/xml', '<a/>', 'mediaType'],
])('%s is read', (_what, type, body, data) => {
	expect(dataOf(anyBody(type, body))).toEqual(data);
});

test('no bytes and no header make it throw', () => {
	fc.assert(
		fc.property(
			fc.uint8Array({ maxLength: 200 }),
			fc.oneof(
				fc.string(),
				fc.constantFrom(
					'application/json',
					'application/x-www-form-urlencoded',
					'multipart/form-data; boundary=--',
					'multipart/form-data; boundary=a',
				),
			),
			fc.constantFrom(...platformNames),
			fc.dictionary(
				fc.constantFrom('x-hub-signature-256', 'tiktok-signature', 'webhook-signature', 'webhook-timestamp'),
				fc.string(),
			),
			(body, type, name, headers) => {
				const reception = got(
					{ method: 'POST', headers: { ...headers, 'content-type': type }, query: {}, body },
					platforms[name],
				);
				if (reception.kind === 'refused') expect(refusalStatus[reception.refusal]).toBeGreaterThanOrEqual(400);
			},
		),
		{ numRuns: numRuns * 20 },
	);
});

test('a lead without a name of its own is known by its bytes', () => {
	const idOf = (body: string): unknown => {
		const reception = anyBody('application/json', body);
		return reception.kind === 'submission' && [reception.submission.id, reception.submission.isOwnId];
	};
	expect(idOf('{"a":1}')).toEqual(idOf('{"a":1}'));
	expect(idOf('{"a":1}')).not.toEqual(idOf('{"a": 1}'));
	expect(idOf('{"a":1}')).toEqual([expect.stringMatching(/^body:[\w-]{43}$/), false]);
});

test('each refusal has words in both languages', () => {
	for (const refusal of Object.keys(refusalStatus) as (keyof typeof refusalStatus)[]) {
		expect(refusalText(refusal).message).toMatch(/\.$/);
		expect(refusalText(refusal, 'ar').hint).toMatch(/[\u0600-\u06FF]/);
	}
});
