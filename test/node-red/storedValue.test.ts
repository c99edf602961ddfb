import { restoredValue } from '../../packages/node-red/src/runtime/message/restoredValue';
import { storedValue } from '../../packages/node-red/src/runtime/message/storedValue';
import fc from '../fixtures/fastCheck';
import { isDeepStrictEqual } from 'node:util';
import { runInNewContext } from 'node:vm';

const through = (value: unknown): { readonly back: unknown; readonly leftOut: readonly string[] } => {
	const writing = { roomChars: 256 * 1024, leftOut: [] as string[] };
	const stored = storedValue(value, 'payload', writing);
	return {
		back: restoredValue(stored === undefined ? undefined : (JSON.parse(JSON.stringify(stored)) as unknown)),
		leftOut: writing.leftOut,
	};
};

const bytes = fc.uint8Array({ maxLength: 40 });
/** Whatever a message may hold that is data. */
const { data } = fc.letrec<{ data: unknown }>((tie) => ({
	data: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		fc.anything({
			withBigInt: true,
			withMap: true,
			withSet: true,
			withTypedArray: true,
			withSparseArray: true,
			withNullPrototype: true,
			maxDepth: 3,
		}),
		fc.constantFrom<unknown>(
			Number.NaN,
			Number.POSITIVE_INFINITY,
			Number.NEGATIVE_INFINITY,
			-0,
			undefined,
			null,
			/a\/b/gi,
			'\u0000\uD800',
		),
		// Two dates that are none are never equal.
		fc.date({ noInvalidDate: true }),
		bytes.map((each) => Buffer.from(each)),
		bytes.map((each) => each.buffer.slice(each.byteOffset, each.byteOffset + each.byteLength)),
		bytes.map((each) => new DataView(Uint8Array.from(each).buffer)),
		fc.dictionary(
			fc.oneof(fc.string(), fc.constantFrom('$type', '__proto__', 'toJSON', 'constructor', 'value')),
			tie('data'),
			{ maxKeys: 4 },
		),
		fc.array(tie('data'), { maxLength: 4 }),
		fc.array(fc.tuple(tie('data'), tie('data')), { maxLength: 3 }).map((pairs) => new Map(pairs)),
		fc.array(tie('data'), { maxLength: 3 }).map((all) => new Set(all)),
	),
}));

test('what is stored comes back equal, or its place is named', () => {
	fc.assert(
		fc.property(data, (value) => {
			const { back, leftOut } = through(value);
			return leftOut.length > 0 || isDeepStrictEqual(back, value);
		}),
		{ numRuns: 3000 },
	);
});

test('nothing but functions, symbols, instances and what holds itself is left out', () => {
	fc.assert(
		fc.property(
			data,
			(value) => through(value).leftOut.length === 0 || /\(as |\[Symbol/.test(through(value).leftOut.join()),
		),
		{ numRuns: 1000 },
	);
});

test.each<[name: string, value: unknown]>([
	['NaN', Number.NaN],
	['Infinity', Number.POSITIVE_INFINITY],
	['-Infinity', Number.NEGATIVE_INFINITY],
	['-0', -0],
	['undefined in an object', { a: undefined }],
	['a date', new Date(7)],
	['a big integer', 12345678901234567890n],
	['a buffer', Buffer.from('منى')],
	['an empty buffer', Buffer.alloc(0)],
	['floats', new Float64Array([Number.NaN, -0, 1.5])],
	['a view into a larger buffer', new Uint16Array(new ArrayBuffer(16), 2, 3)],
	['a map with objects as keys', new Map([[{ a: 1 }, new Set([1n])]])],
	['a list with holes', [1, , 3]],
	['an object with our own mark', { $type: 'Date', value: 1 }],
	['such an object within a list', [{ $type: 'undefined' }, {}]],
	['a key that is a trap', JSON.parse('{"__proto__":{"a":1}}')],
	['an object without a prototype', Object.assign(Object.create(null) as object, { a: 1 })],
])('%s comes back as it was', (_name, value) => {
	const { back, leftOut } = through(value);
	expect(leftOut).toEqual([]);
	expect(back).toStrictEqual(value);
});

test('a date that is none is none again', () => {
	expect(Number((through({ when: new Date(Number.NaN) }).back as { readonly when: Date }).when)).toBeNaN();
});

test('values of a function node, which has a realm of its own', () => {
	const value: unknown = runInNewContext(
		'({ when: new Date(5), ids: new Map([[1, new Set([2])]]), bytes: new Uint8Array([1, 2]), list: [/x/g] })',
	);
	expect(through(value)).toEqual({
		back: { when: new Date(5), ids: new Map([[1, new Set([2])]]), bytes: new Uint8Array([1, 2]), list: [/x/g] },
		leftOut: [],
	});
});

test.each<[name: string, value: unknown]>([
	[
		'a getter that throws',
		{
			get a() {
				throw new Error('no');
			},
		},
	],
	[
		'a proxy',
		new Proxy(
			{},
			{
				ownKeys: () => {
					throw new Error('no');
				},
			},
		),
	],
	['thousands of levels', Array.from({ length: 5000 }).reduce<unknown>((inner) => [inner], 1)],
	['a billion values in a few objects', Array.from({ length: 30 }).reduce<unknown>((inner) => [inner, inner], 1)],
])('%s is named and harms nothing', (_name, value) => {
	expect(through(value).leftOut.length).toBeGreaterThan(0);
});

test.each([
	[{ $type: 'Unheard' }],
	[{ $type: 'Map', value: 7 }],
	[{ $type: 'BigInt64Array', value: 'AA==' }],
	[{ $type: 'RegExp', value: ['(', ''] }],
	[{ $type: 'bigint', value: {} }],
	[{ $type: 'Array', value: [-1, []] }],
])('%j, which no version wrote, stays as it stands', (stored) => {
	expect(restoredValue(stored)).toEqual(stored);
});
