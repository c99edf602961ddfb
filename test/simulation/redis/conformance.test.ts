import { byCases } from '../../fixtures/cases';
import { calls, storyOf } from './conformance';
import { modelStand } from './modelStand';
import fc from 'fast-check';

/** In one place each: an id that stands in two of BullMQ's lists, or in two of ours, would be sent or told twice. */
const flawsOf = (story: readonly string[]): readonly string[] =>
	story.flatMap((line) => {
		const kept = JSON.parse(line.slice(line.lastIndexOf(' {'))) as Readonly<Record<string, readonly string[]>>;
		const { wait = [], active = [], delayed = [], failed = [], completed = [] } = kept;
		const inBull = [...wait, ...active, ...delayed, ...failed, ...completed];
		const share = Number((kept as Readonly<Record<string, unknown>>).share ?? 0);
		return [
			...(new Set(inBull).size === inBull.length ? [] : [`a job stands twice: ${line}`]),
			...(share === kept.open?.length ? [] : [`the share is counted wrongly: ${line}`]),
		];
	});

// The same sequences run against BullMQ on a real Redis too: test/hosts/gateway/redisModel.test.ts.
test('whatever is asked of the model of BullMQ and of the ledger, a job stands in one place', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(calls, { minLength: 1, maxLength: 60 }), async (all) => {
			expect(flawsOf(await storyOf(modelStand(), all))).toEqual([]);
		}),
		{ numRuns: byCases({ few: 30, more: 200, all: 5000 }), seed: 1 },
	);
}, 600_000);
