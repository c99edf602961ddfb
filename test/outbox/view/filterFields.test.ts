import { lists } from '../../../packages/outbox/src/view/actions';
import { filterFields } from '../../../packages/outbox/src/view/filterFields';
import { filterNames, type LeadFilter } from '../../../packages/outbox/src/view/filter';
import { listWords } from '../../../packages/outbox/src/view/listWords';
import * as fc from 'fast-check';

const names = fc.array(fc.string({ maxLength: 8 }), { maxLength: 5 });
const facetsOf = names.map((all) => ({
	outcomes: all.map((value) => ({ value, label: value })),
	sources: all,
	organizations: all.map((value) => ({ value, label: value })),
}));
const filters = fc.record(
	{
		outcome: fc.string({ minLength: 1 }),
		why: fc.constantFrom('key', 'limit', 'later'),
		organization: fc.string({ minLength: 1 }),
		source: fc.string({ minLength: 1 }),
		from: fc.integer({ min: 0, max: 4e12 }),
		to: fc.integer({ min: 86_400_000, max: 4e12 }),
	},
	{ requiredKeys: [] },
) as unknown as fc.Arbitrary<LeadFilter>;

test('what is set can be seen and taken back, whatever leads there are', () => {
	fc.assert(
		fc.property(fc.constantFrom(...lists), filters, facetsOf, (list, filter, facets) => {
			const fields = filterFields({ list, filter }, facets, listWords.en);
			expect(fields.map(({ name }) => name)).toEqual(filterNames);
			for (const { name, value, options, isNeedless } of fields) {
				expect([name, value !== '']).toEqual([name, filter[name] !== undefined]);
				if (value !== '') expect(isNeedless).toBe(false);
				if (options !== undefined) expect(options.map(([each]) => each)).toEqual(expect.arrayContaining(['', value]));
			}
		}),
	);
});

test.each([
	['waiting', ['outcome']],
	['unconfirmed', ['outcome', 'why']],
	['ended', ['why']],
] as const)('of what is %s, %j narrow nothing', (list, needless) => {
	const fields = filterFields({ list, filter: {} }, { outcomes: [], sources: [], organizations: [] }, listWords.en);
	expect(fields.filter(({ isNeedless }) => isNeedless).map(({ name }) => name)).toEqual(needless);
});
