import { recognizeEach, type Recognized, recognizeForm, recognizeSteps } from '../../packages/core/src';
import { finish } from '../../packages/core/src/text/steps';
import { plainData, plainDataSteps } from '../../packages/core/src/text/plainData';
import { byCases } from '../fixtures/cases';
import { payloadFixtures } from '../fixtures/payloads';

const person = { name: 'Mona Ali', phone: '01000000201', email: 'mona@example.com' };
const questions = (count: number): object =>
	Object.fromEntries(Array.from({ length: count }, (_, at) => [`Question ${at} of the unit?`, `answer ${at}`]));
const rows = (count: number): readonly object[] =>
	Array.from({ length: count }, (_, at) => ({ name: `Mona ${at}`, phone: `010${10_000_000 + at}`, note: 'call' }));
const pairs = (count: number): readonly object[] =>
	Array.from({ length: count }, (_, at) => ({ label: `Question ${at}`, value: `answer ${at}` }));

const large: readonly (readonly [name: string, payload: (count: number) => unknown])[] = [
	['keys', (count) => ({ ...person, ...questions(count) })],
	['keys in groups', (count) => ({ data: { form: { ...person, answers: questions(count) } } })],
	[
		'keys in brackets',
		(count) => ({
			...person,
			...Object.fromEntries(Object.entries(questions(count)).map(([key, value]) => [`lead[${key}]`, value as unknown])),
		}),
	],
	['questions', (count) => ({ ...person, answers: pairs(count) })],
	['rows', (count) => ({ rows: rows(count) })],
	['a list', rows],
	['JSON text', (count) => ({ ...person, data: JSON.stringify(questions(count)) })],
	['a text', (count) => ({ ...person, message: 'مرحبا '.repeat(count * 5) })],
];

/** All that a payload gives, and how often it gave way meanwhile. */
const paced = (payload: unknown): { readonly pauses: number; readonly all: readonly Recognized[] } => {
	const steps = [...recognizeSteps(payload)];
	const all = steps.filter((each) => each !== undefined);
	return { pauses: steps.length - all.length, all };
};

test.each(large)('%s: read step by step it is what it is all at once', (_, payload) => {
	const given = payload(byCases({ few: 300, more: 700, all: 2000 }));
	expect(paced(given).all).toEqual([...recognizeEach(given)]);
});

test.each(large.filter(([name]) => name !== 'a text'))(
	'%s: it gives way the more often the longer it is',
	(_, payload) => {
		const count = byCases({ few: 250, more: 500, all: 1000 });
		const [few, many] = [paced(payload(count)), paced(payload(3 * count))];
		const given = ({ pauses, all }: typeof few): number => pauses + all.length;
		expect(given(many)).toBeGreaterThan(given(few));
		expect(given(few)).toBeGreaterThan(5);
	},
);

test('a form of a usual size gives way nowhere', () => {
	for (const { payload } of payloadFixtures) expect(paced(payload).pauses).toBe(0);
});

test('data is copied step by step as it is all at once', () => {
	const cyclic: Record<string, unknown> = {};
	cyclic.self = [cyclic];
	const throwing = {
		get name(): string {
			throw new Error('no');
		},
	};
	for (const value of [
		...large.map(([, payload]) => payload(50)),
		{ a: [undefined, new Date(0), { b: Number.NaN }] },
		JSON.parse('{"__proto__":{"a":1}}'),
		cyclic,
		throwing,
		5,
		null,
	])
		expect(finish(plainDataSteps(value))).toEqual(plainData(value));
});

test('what comes after the most that is read is kept by its own words', () => {
	const { leads } = recognizeForm({ ...person, ...questions(20_000), __proto__x: 'kept', session_token: 'no' });
	const custom = leads[0]?.draft.customField as Readonly<Record<string, unknown>>;
	expect([Object.keys(custom).length, custom.session_token, custom.__proto__x]).toEqual([20_001, undefined, 'kept']);
});

/** The work between two pauses at most, counted and not timed: how often it looks at a text, or for one that it knows. */
const longestStep = (payload: unknown): number => {
	let [work, most] = [0, 0];
	const watched: readonly (readonly [of: object, name: string])[] = [
		[RegExp.prototype, 'test'],
		[RegExp.prototype, 'exec'],
		[String.prototype, 'replace'],
		[String.prototype, 'split'],
		[Map.prototype, 'get'],
		[WeakMap.prototype, 'get'],
	];
	const undo = watched.map(([of, name]) => {
		const own = Reflect.get(of, name) as (...given: unknown[]) => unknown;
		Reflect.set(of, name, function (this: unknown, ...given: unknown[]) {
			work++;
			return own.apply(this, given);
		});
		return () => Reflect.set(of, name, own);
	});
	try {
		const steps = recognizeSteps(payload);
		for (let step = steps.next(); step.done !== true; step = steps.next()) {
			most = Math.max(most, work);
			work = 0;
		}
		return Math.max(most, work);
	} finally {
		for (const each of undo) each();
	}
};

/** Today's longest are two thirds of it: what more would do in one step, another message would wait for. */
test.each<[name: string, count: number, most: number]>([
	['keys', 2500, 200_000],
	['keys in groups', 2500, 90_000],
	['keys in brackets', 2500, 130_000],
	['questions', 2500, 140_000],
	['JSON text', 2500, 200_000],
	['rows', 800, 17_000],
	['a list', 800, 1000],
])('%s: no step of %i is longer than so much work', (name, count, most) => {
	const payload = large.find(([each]) => each === name)?.[1];
	const longest = longestStep(payload?.(count));
	expect(longest).toBeGreaterThan(0);
	expect([longest, longest < most]).toEqual([longest, true]);
});
