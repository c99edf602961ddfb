import { conditionsOf, type DeliveryFacts } from '../../../packages/core/src';

const nowMs = 1_800_000_000_000;
const well: DeliveryFacts = { held: [], waiting: 0, unconfirmed: 0, isStoreAway: false, isRecordAway: false };
const minutesAgo = (minutes: number): number => nowMs - minutes * 60_000;
const kinds = (facts: Partial<DeliveryFacts>, isOpen = false): readonly string[] =>
	conditionsOf({ ...well, ...facts }, nowMs, 30, () => isOpen).map(({ kind }) => kind);

test.each<readonly [string, Partial<DeliveryFacts>, readonly string[]]>([
	['all is well', {}, []],
	['a refused key, even where no lead waits for it', { held: [{ why: 'key', count: 0 }] }, ['key']],
	[
		'keys of two organizations',
		{
			held: [
				{ why: 'key', organizationId: 'a', count: 2 },
				{ why: 'key', organizationId: 'b', count: 1 },
			],
			waiting: 3,
		},
		['key', 'key'],
	],
	[
		'an organization that the key may not create leads in',
		{ held: [{ why: 'organization', count: 1 }] },
		['organization'],
	],
	['leads that wait for as long as they may', { waiting: 2, waitsSinceMs: minutesAgo(30) }, []],
	['leads that wait longer', { waiting: 2, waitsSinceMs: minutesAgo(31) }, ['waiting']],
	[
		'leads that wait longer because of the limit',
		{ held: [{ why: 'limit', count: 2 }], waiting: 2, waitsSinceMs: minutesAgo(31) },
		['waiting'],
	],
	[
		'leads that wait longer because of a refused key, which is told once',
		{ held: [{ why: 'key', count: 2 }], waiting: 2, waitsSinceMs: minutesAgo(31) },
		['key'],
	],
	['unconfirmed leads', { unconfirmed: 1 }, ['unconfirmed']],
	['a queue of which four fifths are taken', { waiting: 80, maxWaiting: 100 }, ['queueFull']],
	['a queue with more room', { waiting: 79, maxWaiting: 100 }, []],
	['no queue at all', { waiting: 80 }, []],
	['a store that is away', { isStoreAway: true }, ['store']],
	['a store that cannot be written', { held: [{ why: 'disk', count: 4 }], waiting: 4 }, ['store']],
	['a record that is away', { isRecordAway: true }, ['record']],
	['damage', { damaged: 3 }, ['damaged']],
	['leads that do not leave', { notLeaving: 3 }, ['notLeaving']],
	['a clock that has gone back', { hasGoneBack: true }, ['goneBack']],
])('%s', (_name, facts, expected) => {
	expect(kinds(facts)).toEqual(expected);
});

test('a queue that was nearly full has room again only below three fifths', () => {
	expect([79, 60, 59].map((waiting) => kinds({ waiting, maxWaiting: 100 }, true))).toEqual([
		['queueFull'],
		['queueFull'],
		[],
	]);
});

test('each says how many leads it is about, and whose', () => {
	const facts: DeliveryFacts = {
		...well,
		held: [{ why: 'key', organizationId: 'a', count: 2, sinceMs: 5 }],
		waiting: 90,
		maxWaiting: 100,
		unconfirmed: 7,
	};
	expect(conditionsOf(facts, nowMs, 30, () => false)).toEqual([
		{ kind: 'key', organizationId: 'a', count: 2, sinceMs: 5 },
		{ kind: 'unconfirmed', count: 7 },
		{ kind: 'queueFull', count: 90 },
	]);
});
