import { createInventory } from '../../packages/outbox/src/store/inventory';
import { applyTo, type JournalEntry, undoOf } from '../../packages/outbox/src/store/journalLine';
import * as fc from 'fast-check';

const keys = ['mark!a', 'mark!b', 'mark!c', 'mark!d'];
const entry: fc.Arbitrary<JournalEntry> = fc
	.tuple(fc.constantFrom(...keys), fc.option(fc.integer({ min: 0, max: 0xffffffff }), { nil: undefined }))
	.map(([key, check]): JournalEntry => (check === undefined ? [key] : [key, check]));

test('a write that is taken back leaves what was there, also where it names a key more than once', () => {
	fc.assert(
		fc.property(fc.array(entry), fc.array(entry), (before, write) => {
			const inventory = createInventory();
			applyTo(inventory, before);
			const known = (): unknown => [inventory.total(), keys.map((key) => inventory.checkOf(key))];
			const wasKnown = known();
			const undo = undoOf(inventory, write);
			applyTo(inventory, write);
			applyTo(inventory, undo);
			expect(known()).toEqual(wasKnown);
		}),
	);
});
