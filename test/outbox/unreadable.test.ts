import { outcomeOf } from '../../packages/core/src';
import { type Entry, type EntryStore, openDiskStore, openOutbox, type Shelf } from '../../packages/outbox/src';
import { entryText } from '../../packages/outbox/src/store/entryText';
import { entryReader } from '../../packages/outbox/src/store/readEntry';
import { byCases } from '../fixtures/cases';
import { createClock } from './clock';
import { entry, format, type Payload } from './entries';
import { failingDisk, plant } from './failingLevel';
import { replied } from './world';
import fc from '../fixtures/fastCheck';

const readEntry = entryReader(format);
const mona = entry(1);
const { lead } = mona.payload;
const ended: Entry<Payload> = {
	...mona,
	endedAtMs: 5,
	outcome: outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'cut' } }, { lead }),
};
const stored = JSON.parse(entryText(mona)) as Readonly<Record<string, unknown>>;
const changed = (change: object): string => JSON.stringify({ ...stored, ...change });
const without = (name: keyof Entry): string => changed({ [name]: undefined });
const carrying = (change: object): string => changed({ payload: { ...mona.payload, ...change } });

describe('an entry that was written is read as it was', () => {
	test.each<[name: string, entry: Entry<Payload>]>([
		['that waits', mona],
		['that has ended, with its lead written once', ended],
		['of an organization', entry(7, 'أ/~%')],
		[
			'with all that it may have',
			{
				...ended,
				submissionKey: 'm',
				resend: true,
				idempotencyKey: 't',
				generation: 2,
				sentTo: 'g',
				resolved: 'arrived',
				forbidden: { times: 1, lastAtMs: 3 },
			},
		],
		['with what is added beside it', { ...mona, later: [1] } as Entry<Payload>],
		['that stands for one that could not be read', readEntry(mona.id, '{')],
	])('%s', (_name, given) => {
		expect(readEntry(given.id, entryText(given))).toEqual(given);
	});
});

/** What may stand in an entry's place, and what people still see of its lead. */
const broken: readonly (readonly [name: string, text: string, firstName: string, phone: string])[] = [
	['no JSON', 'nonsense', '', ''],
	['nothing', '', '', ''],
	['other JSON', '[1,{"lead":2}]', '', ''],
	['null', 'null', '', ''],
	['cut short', entryText(mona).slice(0, 150), 'Mona 1', lead.leadInformation.phone],
	['cut short within a name', '{"lead":{"leadInformation":{"firstName":"Mo', '', ''],
	['bytes that are no text', `\u0000\ufffd${entryText(mona)}`, 'Mona 1', lead.leadInformation.phone],
	['no outcome', without('outcome'), 'Mona 1', lead.leadInformation.phone],
	['no lead', carrying({ lead: undefined }), '', ''],
	['no payload', without('payload'), '', ''],
	['no key', carrying({ key: undefined }), 'Mona 1', lead.leadInformation.phone],
	['a lead that is a list', carrying({ lead: [] }), '', ''],
	['a payload that is a text', changed({ payload: 'Mona' }), '', ''],
	[
		'a phone that is a number',
		carrying({ lead: { leadInformation: { firstName: 'Mona 1', phone: 20100 } } }),
		'Mona 1',
		'20100',
	],
	['tags that are a number', carrying({ lead: { ...lead, tags: 5 } }), 'Mona 1', lead.leadInformation.phone],
	['a time that is none', changed({ arrivedAtMs: 'yesterday' }), 'Mona 1', lead.leadInformation.phone],
	[
		'an outcome of another version',
		changed({ outcome: { outcome: 'teleported' } }),
		'Mona 1',
		lead.leadInformation.phone,
	],
	[
		'an outcome whose cause nobody knows',
		changed({ outcome: { ...ended.outcome, cause: { kind: 'moon' } } }),
		'Mona 1',
		lead.leadInformation.phone,
	],
	['an origin that is text', carrying({ origin: 'node' }), 'Mona 1', lead.leadInformation.phone],
	['a policy of wrong types', carrying({ policy: { maxTries: 'many' } }), 'Mona 1', lead.leadInformation.phone],
	['the id of another', changed({ id: entry(2).id }), 'Mona 1', lead.leadInformation.phone],
	['another partition', changed({ partition: 'elsewhere' }), 'Mona 1', lead.leadInformation.phone],
	['no version', changed({ schemaVersion: undefined }), 'Mona 1', lead.leadInformation.phone],
	['a version of before the first', changed({ schemaVersion: 0 }), 'Mona 1', lead.leadInformation.phone],
	['a version that is a text', changed({ schemaVersion: '1' }), 'Mona 1', lead.leadInformation.phone],
];

test.each(broken)(
	'what is not an entry stands as unconfirmed with what can be read: %s',
	(_name, text, firstName, phone) => {
		const read = readEntry(mona.id, text);
		expect([
			read.id,
			read.unreadable,
			read.payload.lead.leadInformation.firstName,
			read.payload.lead.leadInformation.phone,
		]).toEqual([mona.id, { why: 'damaged', text }, firstName, phone]);
		expect(read.outcome).toMatchObject({ outcome: 'unconfirmed', cause: { kind: 'unreadableEntry' } });
	},
);

/** What a newer version of this program may have written: the same with more, or something else altogether. */
const newer: readonly (readonly [name: string, text: string, firstName: string])[] = [
	['the same', changed({ schemaVersion: 2 }), 'Mona 1'],
	['with another payload', changed({ schemaVersion: 2, payload: { person: 'Mona 1' } }), ''],
	[
		'with an outcome that nobody knows yet',
		changed({ schemaVersion: 9, outcome: { outcome: 'teleported' } }),
		'Mona 1',
	],
	['by halves', changed({ schemaVersion: 1.5 }), 'Mona 1'],
];

test.each(newer)('what a newer version wrote is kept to the letter, and told as that: %s', (_name, text, firstName) => {
	const read = readEntry(mona.id, text);
	expect([read.unreadable, read.payload.lead.leadInformation.firstName]).toEqual([{ why: 'newer', text }, firstName]);
	// Set aside, it is that still, and so is what a person said of it.
	const aside: Entry<Payload> = { ...read, resolved: 'discarded', endedAtMs: 7 };
	expect(readEntry(mona.id, entryText(aside))).toEqual(aside);
});

test('what was set aside is whole again for the version that can read it, and is not sent by itself', () => {
	const aside: Entry<Payload> = {
		...readEntry(mona.id, changed({ schemaVersion: 2 })),
		unreadable: { why: 'newer', text: entryText({ ...mona, idempotencyKey: 'k' }) },
		endedAtMs: 7,
	};
	const read = readEntry(mona.id, entryText(aside));
	expect([read.unreadable, read.payload, read.idempotencyKey, read.endedAtMs]).toEqual([
		undefined,
		mona.payload,
		'k',
		7,
	]);
	expect(read.outcome).toMatchObject({ outcome: 'unconfirmed', cause: { kind: 'unreadableEntry' } });
});

/** An outbox over a store in which `texts` stand on a shelf among two good leads. */
const openWith = async (texts: readonly string[], shelf: Shelf, isUnacked = true) => {
	const disk = failingDisk(() => 'works');
	const clock = createClock();
	const open = async (): Promise<EntryStore<Payload>> =>
		(await openDiskStore('nowhere', 0, format, { ...disk.means, sleep: clock.sleep, now: clock.now })).store;
	const before = await open();
	await before.write([1, 100].map((number) => ({ kind: 'put', entry: entry(number), shelf: 'waiting' })));
	await before.close();
	await plant(
		disk,
		texts.flatMap((text, index) => {
			const { id } = entry(index + 2);
			return [
				[`${shelf}!${id}`, text] as const,
				...(shelf === 'ended' && isUnacked ? [[`unacked!${id}`, ''] as const] : []),
			];
		}),
	);
	const store = await open();
	const [sent, told, unreadable, reasons]: [string[], string[], string[], string[]] = [[], [], [], []];
	const outbox = await openOutbox({
		store,
		concurrency: 2,
		maxWaiting: 1000,
		keepDays: 30,
		now: clock.now,
		monotonicMs: clock.monotonicMs,
		sleep: clock.sleep,
		send: async ({ payload }) => {
			sent.push(payload.lead.leadInformation.firstName);
			return await Promise.resolve({ ...replied(201), lead: payload.lead });
		},
		notify: ({ id }, { outcome }) => {
			told.push(`${id} ${outcome}`);
			return true;
		},
		unreadable: ({ id, unreadable: found }) => {
			unreadable.push(id);
			reasons.push(found?.why ?? '');
		},
	});
	outbox.start();
	await clock.settle();
	await clock.advance(60_000);
	const onDisk = (name: string): number => [...disk.content.keys()].filter((key) => key.startsWith(`${name}!`)).length;
	const shelves = {
		waiting: onDisk('waiting'),
		sending: onDisk('sending'),
		unconfirmed: onDisk('unconfirmed'),
		ended: onDisk('ended'),
	};
	return { outbox, disk, clock, sent, told, unreadable, reasons, shelves };
};

describe.each<[shelf: Shelf]>([['waiting'], ['sending'], ['unconfirmed'], ['ended']])(
	'entries that cannot be read, on the shelf %s',
	(shelf) => {
		test('the others go on, each stands aside once, and the books balance', async () => {
			const texts = broken.map(([, text]) => text);
			const { outbox, sent, unreadable, told, shelves } = await openWith(texts, shelf);
			expect([...sent].sort()).toEqual(['Mona 1', 'Mona 100']);
			expect(shelves).toEqual({ waiting: 0, sending: 0, unconfirmed: broken.length, ended: 2 });
			expect(outbox.counts()).toEqual(shelves);
			const ids = texts.map((_, index) => entry(index + 2).id);
			// One that stood there as unconfirmed is where it belongs.
			expect([...unreadable].sort()).toEqual(shelf === 'unconfirmed' ? [] : ids);
			expect(told.filter((each) => each.endsWith('unconfirmed')).length).toBe(
				new Set(told.filter((each) => each.endsWith('unconfirmed'))).size,
			);
			const { entries } = await outbox.list({ shelf: 'unconfirmed', limit: 100 });
			expect(entries.map(({ id }) => id).reverse()).toEqual(ids);
			expect((await outbox.list({ shelf: 'unconfirmed', limit: 100, text: 'Mona 1' })).entries.length).toBeGreaterThan(
				10,
			);
			// Not sent by a person either, who can say what became of it.
			expect([
				await outbox.retry(ids[0] ?? ''),
				await outbox.arrived(ids[0] ?? ''),
				await outbox.discard(ids[1] ?? ''),
			]).toEqual([false, true, true]);
			expect(outbox.counts()).toEqual({ waiting: 0, sending: 0, unconfirmed: broken.length - 2, ended: 4 });
		});
	},
);

test('one that ended, was told and cannot be read any more stays where it is as long as those that ended now', async () => {
	const { outbox, shelves, clock } = await openWith(['nonsense'], 'ended', false);
	expect(shelves).toEqual({ waiting: 0, sending: 0, unconfirmed: 0, ended: 3 });
	await clock.advance(29 * 86_400_000);
	expect(outbox.counts().ended).toBe(3);
	await clock.advance(3 * 86_400_000);
	expect(outbox.counts().ended).toBe(0);
});

test('ids that are none stop nothing', async () => {
	const { disk, outbox: before, clock } = await openWith([], 'waiting');
	await before.close(Promise.resolve());
	await plant(
		disk,
		['garbage', '%', '', '000000000000003', '999999999999999999~'].map((id) => [`waiting!${id}`, '{}'] as const),
	);
	const aside: string[] = [];
	const again = await openDiskStore('nowhere', 0, format, disk.means);
	const outbox = await openOutbox({
		store: again.store,
		send: async () => await Promise.resolve(replied(201)),
		notify: () => true,
		concurrency: 1,
		maxWaiting: 10,
		keepDays: 1,
		now: clock.now,
		monotonicMs: clock.monotonicMs,
		sleep: clock.sleep,
		unreadable: ({ id }) => {
			aside.push(id);
		},
	});
	expect([aside.length, outbox.counts().unconfirmed, outbox.counts().waiting]).toEqual([4, 4, 0]);
	await outbox.close(Promise.resolve());
});

test('any text as an entry, on any shelf: nothing throws, the rest goes on, and the counts balance', async () => {
	const nearly = fc
		.record({ name: fc.constantFrom(...(Object.keys(ended) as (keyof Entry)[])), value: fc.jsonValue() })
		.map(({ name, value }) => JSON.stringify({ ...ended, [name]: value }));
	const cut = fc.nat({ max: 400 }).map((length) => JSON.stringify(ended).slice(0, length));
	const bytes = fc.uint8Array({ maxLength: 200 }).map((all) => Buffer.from(all).toString('utf8'));
	const texts = fc.array(fc.oneof(nearly, cut, bytes, fc.json(), fc.string()), { minLength: 1, maxLength: 6 });
	await fc.assert(
		fc.asyncProperty(
			texts,
			fc.constantFrom<Shelf>('waiting', 'sending', 'unconfirmed', 'ended'),
			async (all, shelf) => {
				const { outbox, sent, shelves } = await openWith(all, shelf);
				expect(sent).toEqual(expect.arrayContaining(['Mona 1', 'Mona 100']));
				expect(outbox.counts()).toEqual(shelves);
				expect(shelves.waiting + shelves.sending + shelves.unconfirmed + shelves.ended).toBe(all.length + 2);
				expect(shelves.waiting + shelves.sending).toBe(0);
				for (const each of ['unconfirmed', 'ended'] as const)
					expect((await outbox.list({ shelf: each, limit: 100 })).entries.length).toBe(shelves[each]);
			},
		),
		{ numRuns: byCases({ few: 40, more: 150, all: 5000 }) },
	);
});
