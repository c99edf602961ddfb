import { bodyText, charsetOf } from '../../packages/gateway/src/api/bodyText';
import fc from 'fast-check';

const json = (name: string): string => `{"leadInformation":{"firstName":"${name}","phone":"+201001234567"}}`;
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
/** In a charset of single bytes, by what its decoder makes of each byte. */
const encoded = (text: string, charset: string): Buffer => {
	const table = new Map(
		Array.from({ length: 256 }, (_, byte) => [new TextDecoder(charset).decode(Uint8Array.of(byte)), byte] as const),
	);
	return Buffer.from([...text].map((character) => table.get(character) ?? 0x3f));
};
const bom = (bytes: readonly number[], rest: Buffer): Buffer => Buffer.concat([Buffer.from(bytes), rest]);

test.each<[name: string, bytes: Buffer, contentType: string | undefined, firstName: string]>([
	['UTF-8', Buffer.from(json('منى')), 'application/json', 'منى'],
	['UTF-8 without a Content-Type', Buffer.from(json('منى')), undefined, 'منى'],
	['UTF-8 with a mark', bom([0xef, 0xbb, 0xbf], Buffer.from(json('منى'))), 'application/json; charset=utf-8', 'منى'],
	['windows-1256', encoded(json('منى پژ'), 'windows-1256'), 'application/json; charset=windows-1256', 'منى پژ'],
	[
		'windows-1256 in quotes and upper case',
		encoded(json('منى'), 'windows-1256'),
		'application/json; boundary=x; Charset="WINDOWS-1256"',
		'منى',
	],
	['ISO-8859-6', encoded(json('منى'), 'iso-8859-6'), 'application/json;charset=ISO-8859-6', 'منى'],
	['ISO-8859-1', encoded(json('René'), 'iso-8859-1'), 'application/json; charset=iso-8859-1', 'René'],
	['windows-1252', Buffer.from(json('\x8cuvr\xe9'), 'latin1'), 'text/plain; charset=windows-1252', 'Œuvré'],
	[
		'UTF-16 little-endian with a mark',
		bom([0xff, 0xfe], Buffer.from(json('منى'), 'utf16le')),
		'application/json',
		'منى',
	],
	['UTF-16 big-endian with a mark', bom([0xfe, 0xff], utf16be(json('منى'))), 'application/json; charset=utf-16', 'منى'],
	[
		'UTF-16 little-endian by its name',
		Buffer.from(json('منى'), 'utf16le'),
		'application/json; charset=utf-16le',
		'منى',
	],
	['UTF-16 big-endian by its name', utf16be(json('منى')), 'application/json; charset=utf-16be', 'منى'],
	['UTF-16 without a name', Buffer.from(json('منى'), 'utf16le'), 'application/json', 'منى'],
	['UTF-8 that is said to be another', Buffer.from(json('منى')), 'application/json; charset=iso-8859-1', 'منى'],
	['UTF-8 that is said to be ASCII', Buffer.from(json('منى')), 'application/json; charset=us-ascii', 'منى'],
])('%s', (_name, bytes, contentType, firstName) => {
	const body = bodyText(bytes, contentType);
	expect(
		body.kind === 'text'
			? (JSON.parse(body.text) as { leadInformation: { firstName: string } }).leadInformation.firstName
			: body.kind,
	).toBe(firstName);
});

test.each<[name: string, bytes: Buffer, contentType: string | undefined, kind: string]>([
	['ISO-8859-1 without its name', encoded(json('René'), 'iso-8859-1'), 'application/json', 'bytes'],
	['windows-1256 without its name', encoded(json('منى'), 'windows-1256'), undefined, 'bytes'],
	[
		'windows-1256 that is said to be UTF-8',
		encoded(json('منى'), 'windows-1256'),
		'application/json; charset=utf-8',
		'bytes',
	],
	[
		'windows-1256 that is said to be ASCII',
		encoded(json('منى'), 'windows-1256'),
		'application/json; charset=us-ascii',
		'bytes',
	],
	['half a character', Buffer.from(json('منى')).subarray(0, 36), 'application/json', 'bytes'],
	['half a pair in UTF-16', bom([0xff, 0xfe], Buffer.from(json('\ud83d'), 'utf16le')), undefined, 'bytes'],
	[
		'an odd number of bytes in UTF-16',
		Buffer.from(json('x'), 'utf16le').subarray(1),
		'application/json; charset=utf-16le',
		'bytes',
	],
	['a charset that nobody knows', Buffer.from(json('x')), 'application/json; charset=utf-32', 'charset'],
	['a charset that is none', Buffer.from(json('x')), 'application/json; charset=constructor', 'charset'],
])('%s is refused', (_name, bytes, contentType, kind) => {
	expect(bodyText(bytes, contentType)).toEqual({ kind });
});

test('a compressed body is refused, one that is not is taken', () => {
	expect([
		bodyText(Buffer.from('{}'), undefined, 'gzip').kind,
		bodyText(Buffer.from('{}'), undefined, ' Identity ').kind,
	]).toEqual(['encoded', 'text']);
});

test('whatever is sent, no character is replaced: what is taken is the very bytes', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
			const body = bodyText(bytes, 'application/json');
			if (body.kind !== 'text' || [0xef, 0xfe, 0xff].includes(bytes[0] ?? 0) || bytes[0] === 0 || bytes[1] === 0)
				return;
			expect(Buffer.from(body.text)).toEqual(Buffer.from(bytes));
		}),
		{ seed: 7, numRuns: 500 },
	);
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), (name) => {
			const text = JSON.stringify({ name });
			for (const charset of ['utf-8', 'iso-8859-1', 'windows-1256'])
				expect(bodyText(Buffer.from(text), `application/json; charset=${charset}`)).toEqual({ kind: 'text', text });
			expect(bodyText(Buffer.from(text, 'utf16le'), 'application/json')).toEqual({ kind: 'text', text });
		}),
		{ seed: 7 },
	);
});

test.each([
	['application/json; charset = UTF-8 ', 'utf-8'],
	['application/json;charset="x y"', 'x y'],
	['application/json; charset=', undefined],
	['application/json', undefined],
	[undefined, undefined],
	['charset=utf-8', undefined],
])('the charset of %s is %s', (contentType, charset) => {
	expect(charsetOf(contentType)).toBe(charset);
});
