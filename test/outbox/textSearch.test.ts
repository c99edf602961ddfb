import { holdsText, searchedText } from '../../packages/outbox/src/queue/searchedText';
import { bitsOf, signatureOf } from '../../packages/outbox/src/queue/textSignature';
import { createLeadIndex } from '../../packages/outbox/src/queue/leadIndex';
import { findEntries } from '../../packages/outbox/src/queue/search';
import { entryId } from '../../packages/outbox/src/store/entry';
import { messagesOf, outcomeOf } from '../../packages/core/src';
import { byCases, seeded } from '../fixtures/cases';
import { entry, type Payload } from './entries';
import { memoryStore } from './memoryStore';

const mayHold = (signature: string, text: string): boolean =>
	bitsOf(text).every(([unit, mask]) => (signature.charCodeAt(unit) & mask) !== 0);

test('a part of a text is never told not to be in it, in any script', () => {
	const random = seeded(7);
	const letters = 'abcdefghij 0123456789+@.أبتثجحخدذرزسشص\uD83D\uDE00';
	for (let round = 0; round < byCases({ few: 300, more: 3000, all: 30_000 }); round++) {
		const text = Array.from(
			{ length: 3 + Math.floor(random() * 200) },
			() => letters[Math.floor(random() * letters.length)],
		).join('');
		const from = Math.floor(random() * text.length);
		const part = text.slice(from, from + Math.floor(random() * 20));
		expect([part, mayHold(signatureOf(text), part)]).toEqual([part, true]);
	}
});

test('a lead is found by its whole name, by any value and by what was said of it', () => {
	const lead = {
		leadInformation: { firstName: 'Mona', lastName: 'Ahmed', phone: '+201001234567', email: 'Mona@example.com' },
		leadSource: 'إعلان',
	};
	const outcome = outcomeOf({ outcome: 'invalid', cause: { kind: 'apiCheck' } }, { lead, status: 400, attempts: 1 });
	const said = messagesOf(outcome).map((message) => message.toLowerCase());
	const found = ['mona ahmed', '1234567', 'mona@', 'إعلان', ...said].map((text) => holdsText(lead, outcome, text));
	expect(found).toEqual([true, true, true, true, true, true]);
	// Nobody looks for the names of fields, which are in every lead.
	expect(holdsText(lead, null, 'firstname')).toBe(false);
});

test('a rare word is found in many leads by reading few of them', async () => {
	const store = memoryStore();
	const count = 3000;
	for (let number = 1; number <= count; number++) {
		const plain = entry(number, 'one');
		const leadInformation = {
			...plain.payload.lead.leadInformation,
			firstName: number === 12 ? 'Zuzanna' : `Mona ${number}`,
		};
		const made = { ...plain, id: entryId(number, 'one'), payload: { ...plain.payload, lead: { leadInformation } } };
		await store.write([{ kind: 'put', entry: made, shelf: 'ended' }]);
	}
	const index = createLeadIndex<Payload>(store);
	await index.ready();
	let reads = 0;
	const counted = {
		list: store.list,
		get: async (...args: Parameters<typeof store.get>) => {
			reads++;
			return await store.get(...args);
		},
	};
	const searched = { store: counted, index };
	const found = await findEntries(searched, { shelf: 'ended', text: 'Zuzan', limit: 50 });
	expect(found.entries.map(({ payload }) => searchedText(payload.lead, null).slice(0, 7))).toEqual(['zuzanna']);
	const none = await findEntries(searched, { shelf: 'ended', text: 'nobody of this name', limit: 50 });
	expect([none.entries.length, none.next, reads < count / 20]).toEqual([0, undefined, true]);
});
