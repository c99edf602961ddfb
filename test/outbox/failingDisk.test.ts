import { openDiskStore, openOutbox } from '../../packages/outbox/src';
import { byCases, seed } from '../fixtures/cases';
import { createClock } from './clock';
import { format, newEntry } from './entries';
import { failingDisk, type Fate } from './failingLevel';
import { replied } from './world';

const leads = 4;
/** Which operations fail in turn: a few of them, or all. */
const everyNth = byCases({ few: 3, more: 1, all: 1 });
/** Fewer is the start, where it is refused and tried again by whoever opens it. */
const start = async (fateOf: Parameters<typeof failingDisk>[0]) => {
	const disk = failingDisk(fateOf);
	const clock = createClock();
	const said: string[] = [];
	const told: string[] = [];
	const sent: string[] = [];
	let wasRefused = false;
	const { store } = await openDiskStore('nowhere', 0, format, { ...disk.means, sleep: clock.sleep, now: clock.now });
	store.watch?.({ away: () => said.push('away'), back: () => said.push('back') });
	const outbox = await openOutbox({
		store,
		concurrency: 2,
		maxWaiting: 100,
		keepDays: 30,
		now: clock.now,
		monotonicMs: clock.monotonicMs,
		sleep: clock.sleep,
		// The first is refused once, so that those behind it wait.
		send: async (entry) => {
			if (!wasRefused) {
				wasRefused = true;
				return await Promise.resolve({ ...replied(429), lead: entry.payload.lead });
			}
			sent.push(entry.payload.lead.leadInformation.firstName);
			return await Promise.resolve({ ...replied(201), lead: entry.payload.lead });
		},
		notify: (entry, outcome) => {
			told.push(`${entry.payload.lead.leadInformation.firstName} ${outcome.outcome}`);
			return true;
		},
	});
	outbox.start();
	const idsOn = (shelf: string): readonly string[] =>
		[...disk.content.keys()].filter((key) => key.startsWith(`${shelf}!`));
	/** As a giver does: what was not kept is given again. */
	const give = async (number: number): Promise<void> => {
		for (;;) {
			const kept = await outbox.put(newEntry(number)).catch(() => undefined);
			if (kept === 'kept') return;
			await clock.sleep(5000);
		}
	};
	return { disk, clock, said, told, sent, outbox, store, idsOn, give };
};

const runWith = async (fateOf: Parameters<typeof failingDisk>[0]): Promise<Awaited<ReturnType<typeof start>>> => {
	const world = await start(fateOf);
	const giving = Array.from({ length: leads }, async (_, index) => {
		await world.clock.sleep(1 + index * 20);
		await world.give(index + 1);
	});
	await world.clock.settle();
	// Behind the first look for what is old enough to be forgotten, which may fail too.
	await world.clock.advance(900_000);
	await Promise.all(giving);
	return world;
};

const names = Array.from({ length: leads }, (_, index) => `Mona ${index + 1}`);
const expectBooksBalanced = ({ outbox, idsOn, told, sent, said, disk }: Awaited<ReturnType<typeof start>>): void => {
	expect([...sent].sort()).toEqual(names);
	expect([...told].sort()).toEqual(names.map((name) => `${name} created`));
	expect(outbox.counts()).toEqual({ waiting: 0, sending: 0, unconfirmed: 0, ended: leads });
	expect(['waiting', 'sending', 'unconfirmed', 'ended', 'unacked'].map((shelf) => idsOn(shelf).length)).toEqual([
		0,
		0,
		0,
		leads,
		0,
	]);
	// Told at begin and end, and never twice in a row.
	expect(said).toEqual(said.map((_, index) => (index % 2 === 0 ? 'away' : 'back')));
	expect([said.length % 2, disk.mostOpen()]).toEqual([0, 1]);
};

/** Where the start is over, of a run in which nothing fails. */
let startOver = 0;
let runOver = 0;
beforeAll(async () => {
	startOver = (await start(() => 'works')).disk.operations.length;
	runOver = (await runWith(() => 'works')).disk.operations.length;
});

test('nothing fails, and nothing is said', async () => {
	const world = await runWith(() => 'works');
	expectBooksBalanced(world);
	expect(world.said).toEqual([]);
});

test.each<[name: string, lasts: number, fate: Fate]>([
	['once', 1, 'fails'],
	['twice in a row', 2, 'fails'],
	['for a while', 25, 'fails'],
	['once, although it was done', 1, 'applied'],
	['for a while, although each was done', 7, 'applied'],
])(
	'each operation of a run fails in turn, %s: every lead ends once, and the books balance',
	async (_name, lasts, fate) => {
		expect(runOver - startOver).toBeGreaterThan(20);
		for (let first = startOver + (seed % everyNth); first < runOver; first += everyNth) {
			const world = await runWith((operation) => (operation >= first && operation < first + lasts ? fate : 'works'));
			expectBooksBalanced(world);
		}
	},
);

test.each<[name: string, failing: readonly string[]]>([
	['all', ['get', 'put', 'del', 'batch', 'keys', 'iterator', 'open', 'stands', 'openJournal', 'placeOf']],
	['only writing', ['batch', 'put']],
	['writing and opening', ['batch', 'open']],
	['the folder', ['stands', 'placeOf']],
])(
	'a disk fails for ten minutes at %s: said once, tried by itself, and what waits leaves without a new lead',
	async (_name, failing) => {
		let isFailing = false;
		const world = await start((_operation, name) => (isFailing && failing.includes(name) ? 'fails' : 'works'));
		isFailing = true;
		const giving = Array.from({ length: leads }, async (_, index) => {
			await world.give(index + 1);
		});
		// Behind the first look for what is old enough to be forgotten, which may fail too.
		await world.clock.advance(900_000);
		expect([world.sent, world.said, world.store.isAway?.()]).toEqual([[], ['away'], true]);
		// Half a second first, then five at most: no more than that is tried.
		expect(world.disk.operations.filter((name) => name === 'open' || name === 'stands').length).toBeLessThan(500);
		isFailing = false;
		await world.clock.advance(60_000);
		await Promise.all(giving);
		expectBooksBalanced(world);
		expect(world.said).toEqual(['away', 'back']);
	},
);

test('what waits in it when it fails leaves by itself soon after it is back, though nobody asks', async () => {
	let isFailing = false;
	const world = await start((_operation, name) => (isFailing && name !== 'get' ? 'fails' : 'works'));
	isFailing = true;
	// Held until it is written down that they leave.
	const giving = Array.from({ length: leads }, async (_, index) => {
		await world.give(index + 1);
	});
	await world.clock.advance(120_000);
	isFailing = false;
	await world.clock.advance(6000);
	await Promise.all(giving);
	await world.clock.advance(1000);
	expectBooksBalanced(world);
});

test('closed while it is opened anew: nothing stays open, nothing is tried any more, and the next start ends all', async () => {
	for (const failing of [['open'], ['stands'], ['batch']]) {
		let isFailing = false;
		const world = await start((_operation, name) =>
			isFailing && (failing.includes(name) || name === 'batch') ? 'fails' : 'works',
		);
		await world.give(1);
		isFailing = true;
		void world.give(2);
		await world.clock.advance(1000);
		await world.outbox.close(Promise.resolve());
		const before = world.disk.operations.length;
		isFailing = false;
		await world.clock.advance(60_000);
		expect(world.disk.operations.slice(before)).toEqual([]);
		const { store } = await openDiskStore('nowhere', 0, format, world.disk.means);
		await store.close();
	}
});

test('an iteration that fails in the middle goes on behind what was read', async () => {
	let failNext = false;
	const disk = failingDisk((_operation, name) => {
		if (name !== 'keys' || !failNext) return 'works';
		failNext = false;
		return 'fails';
	});
	const clock = createClock();
	const { store } = await openDiskStore('nowhere', 0, format, { ...disk.means, sleep: clock.sleep, now: clock.now });
	const count = 2500;
	for (let number = 1; number <= count; number++)
		disk.content.set(`waiting!${String(number).padStart(15, '0')}~`, '{}');
	const seen: string[] = [];
	for await (const ids of store.ids('waiting')) {
		seen.push(...ids);
		failNext = true;
	}
	expect([seen.length, new Set(seen).size]).toEqual([count, count]);
	await store.close();
});
