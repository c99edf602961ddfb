import { byCases, cases } from '../fixtures/cases';
import { type ApiAnswer, flawsOf, seeded, sequencesOf, type Setup } from './answers';

/**
 * What an API may answer before it is well again, in every order: nothing of it may keep a lead for ever. A trial runs all of
 * up to five; `.ci/run` all of two, and of the longer ones all or some; `npm test` some of each, the same each time.
 */
const some = (length: number, count: number, random: () => number): readonly (readonly ApiAnswer[])[] => {
	const all = sequencesOf(length);
	return cases === 'all' ? all : Array.from({ length: count }, () => all[Math.floor(random() * all.length)] ?? []);
};
const ofEachLength = byCases({ few: 5, more: 50, all: 0 });
const twos = cases === 'few' ? some(2, 3 * ofEachLength, seeded(2)) : sequencesOf(2);

/** `all`: every sequence of up to so many is run each time, but in `npm test`. */
const setups: readonly (readonly [name: string, setup: Setup & { readonly all: 2 | 3 }])[] = [
	[
		'one organization, one at a time',
		{ organizations: [''], concurrency: 1, leads: 4, arriveEveryMs: 'before', all: 3 },
	],
	[
		'one organization, five at once',
		{ organizations: [''], concurrency: 5, leads: 6, arriveEveryMs: 'before', all: 2 },
	],
	[
		'two organizations, one at a time',
		{ organizations: ['a', 'b'], concurrency: 1, leads: 4, arriveEveryMs: 'before', all: 3 },
	],
	[
		'two organizations, five at once',
		{ organizations: ['a', 'b'], concurrency: 5, leads: 6, arriveEveryMs: 'before', all: 2 },
	],
	[
		'two organizations, as they come',
		{ organizations: ['a', 'b'], concurrency: 2, leads: 4, arriveEveryMs: 700, all: 2 },
	],
];

test.each(setups)(
	'%s: once the API is well, everything ends within ten minutes',
	async (_name, setup) => {
		const random = seeded(20);
		const threes = setup.all === 3 && cases !== 'few' ? sequencesOf(3) : some(3, 2 * ofEachLength, random);
		const sequences = [...twos, ...threes, ...some(4, ofEachLength, random), ...some(5, ofEachLength, random)];
		const failed: string[] = [];
		for (const sequence of sequences) {
			for (const flaw of await flawsOf(sequence, setup)) failed.push(`${sequence.join(', ')}: ${flaw}`);
		}
		expect(failed.slice(0, 10)).toEqual([]);
	},
	1_200_000,
);

test.each<[name: string, sequence: readonly ApiAnswer[]]>([
	['refused, and the one that sees with a key that is refused', ['403', '401']],
	['refused, and the one that sees meets the limit', ['403', '429']],
	['refused, and the one that sees is asked to wait', ['403', '429 20']],
	['refused, and the one that sees gets no answer', ['403', 'no answer']],
	['refused, and the API is away', ['403', 'away']],
	['refused, and a fault there', ['403', '500']],
	['the same after the key was refused', ['401', '403', '401', '403']],
])('%s', async (_name, sequence) => {
	for (const [, setup] of setups) expect(await flawsOf(sequence, setup)).toEqual([]);
});
