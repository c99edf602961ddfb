import { plainData } from '../../packages/core/src/text/plainData';
import fc from 'fast-check';
import { createContext, runInContext } from 'node:vm';

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('it gives what JSON gives', () => {
	fc.assert(
		fc.property(
			fc.object({
				withDate: true,
				withSparseArray: true,
				withNullPrototype: true,
				withBoxedValues: true,
				withMap: true,
			}),
			(value) => {
				expect(plainData(value)).toEqual(throughJson(value));
			},
		),
		{ numRuns: 500, seed: 7 },
	);
});

const itself: Record<string, unknown> = {};
Object.assign(itself, { one: itself, other: [itself, itself] });
const deep = (levels: number): unknown => (levels === 0 ? 1 : { in: deep(levels - 1) });

test.each<[name: string, value: unknown, expected: unknown]>([
	['an object of another realm', runInContext('({ a: [1, { b: "x" }] })', createContext()), { a: [1, { b: 'x' }] }],
	['minus zero, and no number', { a: -0, b: Number.NaN, c: [Infinity] }, { a: 0, b: null, c: [null] }],
	['a date within', { at: new Date(0) }, { at: '1970-01-01T00:00:00.000Z' }],
	['what writes itself', { a: Object.create({ toJSON: () => 'x' }) as unknown }, { a: 'x' }],
	['a large whole number', { a: 12n }, { a: '12' }],
	['nothing in a list', [undefined, 1], [null, 1]],
	['a function', { a: () => 1, b: 1 }, { b: 1 }],
	['more levels than are copied', deep(200), deep(200)],
	['what holds itself', itself, undefined],
	[
		'a getter that throws',
		{
			get a(): string {
				throw new Error('no');
			},
		},
		undefined,
	],
])('%s', (_name, value, expected) => {
	expect(plainData(value)).toEqual(expected);
});

test('a name that would set what is inherited stays a name', () => {
	const data = plainData(JSON.parse('{"__proto__":{"firstName":"Mona"}}')) as Readonly<Record<string, unknown>>;
	expect([Object.keys(data), data.firstName]).toEqual([['__proto__'], undefined]);
});
