import { createDedupe, type DedupeKey, memoryDedupeStore } from '../../packages/core/src';
import { createClock } from './clock';
import { newEntry } from './entries';
import { type MemoryStore, memoryStore } from './memoryStore';
import { openWorld, replied } from './world';

/** What the simulation found, each as the fewest steps that show it; see docs/trust.md. */

test('waits that come sooner than those before leave no sleeper behind (seed 178)', async () => {
	const clock = createClock();
	let sleeping = 0;
	const { outbox } = await openWorld(
		({ payload: { lead } }) =>
			replied(429, { 'retry-after': String(60 - 3 * Number(/\d+$/.exec(lead.leadInformation.firstName)?.[0] ?? 0)) }),
		{
			groupOf: (partition) => partition,
			sleep: async (ms) => {
				sleeping++;
				await clock.sleep(ms);
				sleeping--;
			},
		},
		memoryStore(),
		clock,
	);
	outbox.start();
	for (let number = 1; number <= 15; number++) {
		await outbox.put(newEntry(number, `account-${number}`));
		await clock.settle();
	}
	await clock.advance(600_000);
	// One to look again, and those of the purge, of what expires and of the watchdog.
	expect(sleeping).toBeLessThan(6);
});

test('an outcome whose write was done before it said so is told once, whoever looks meanwhile (seed 1149)', async () => {
	const store = memoryStore();
	let letGo = (): void => undefined;
	const slow: typeof store = {
		...store,
		write: async (changes) => {
			await store.write(changes);
			if (changes.some((change) => change.kind === 'put' && change.shelf === 'ended'))
				await new Promise<void>((resolve) => {
					letGo = resolve;
				});
		},
	};
	const world = await openWorld(() => replied(201), {}, slow);
	world.outbox.start();
	await world.outbox.put(newEntry(1));
	await world.clock.settle();
	world.outbox.redeliver();
	await world.clock.settle();
	letGo();
	await world.clock.settle();
	expect(world.told).toEqual(['1 created']);
});

/** A store of which one write fails although it was done, and nothing can be read for a moment after it. */
const doubtfulStore = (): { readonly store: MemoryStore; readonly failOnce: () => void } => {
	const inner = memoryStore();
	let fails = false;
	let unreadable = 0;
	const store: MemoryStore = {
		...inner,
		write: async (changes) => {
			await inner.write(changes);
			if (!fails) return;
			fails = false;
			unreadable = 3;
			throw new Error('no space');
		},
		get: async (shelf, id) => {
			if (unreadable > 0 && unreadable-- > 0) throw new Error('cannot be read');
			return await inner.get(shelf, id);
		},
	};
	return {
		store,
		failOnce: () => {
			fails = true;
		},
	};
};

describe('a move that failed although it was done, and could not be looked after (seed 100838)', () => {
	test('a lead that was discarded is not counted among those that wait', async () => {
		const { store, failOnce } = doubtfulStore();
		const { outbox, clock } = await openWorld(() => replied(401), {}, store);
		outbox.start();
		await outbox.put(newEntry(1));
		await clock.settle();
		const [lead] = (await outbox.list({ shelf: 'waiting', limit: 1 })).entries;
		failOnce();
		await expect(outbox.discard(lead?.id ?? '')).rejects.toThrow('no space');
		await clock.advance(60_000);
		expect(outbox.counts()).toEqual({ waiting: 0, sending: 0, unconfirmed: 0, ended: 1 });
		expect(outbox.notLeaving()).toBeUndefined();
	});

	test('a lead that was to be sent again leaves', async () => {
		const { store, failOnce } = doubtfulStore();
		const { outbox, clock, sent } = await openWorld(() => replied(sent.length < 2 ? 400 : 201), {}, store);
		outbox.start();
		await outbox.put(newEntry(1));
		await clock.settle();
		const [lead] = (await outbox.list({ shelf: 'ended', limit: 1 })).entries;
		failOnce();
		await expect(outbox.retry(lead?.id ?? '')).rejects.toThrow('no space');
		await clock.advance(60_000);
		expect(sent).toEqual(['1', '1']);
		expect(outbox.counts()).toEqual({ waiting: 0, sending: 0, unconfirmed: 0, ended: 1 });
	});

	test('one of which somebody then says what became of it is counted once', async () => {
		const { store, failOnce } = doubtfulStore();
		const { outbox, clock } = await openWorld(() => replied(500), {}, store);
		outbox.start();
		await outbox.put(newEntry(1));
		await clock.settle();
		const [lead] = (await outbox.list({ shelf: 'unconfirmed', limit: 1 })).entries;
		failOnce();
		await expect(outbox.arrived(lead?.id ?? '')).rejects.toThrow('no space');
		while (!(await outbox.retry(lead?.id ?? '').catch(() => false)));
		await clock.advance(60_000);
		expect(outbox.counts()).toEqual({ waiting: 0, sending: 0, unconfirmed: 1, ended: 0 });
	});
});

test('a lead that was marked although its write failed, and cannot be read then, is not sent (seed 200621)', async () => {
	const inner = memoryStore();
	let fails = 0;
	const store: MemoryStore = {
		...inner,
		write: async (changes) => {
			await inner.write(changes);
			if (!changes.some((change) => change.kind === 'put' && change.shelf === 'sending') || ++fails > 1) return;
			throw new Error('no space');
		},
		get: async (shelf, id) => {
			const found = await inner.get(shelf, id);
			if (shelf !== 'sending' || found === undefined) return found;
			// The first look after the failed write fails too.
			if (fails++ === 1) throw new Error('cannot be read');
			return { ...found, outcome: replied(500), unreadable: { why: 'damaged' } };
		},
	};
	const { outbox, clock, sent, told } = await openWorld(() => replied(201), {}, store);
	await outbox.put(newEntry(1));
	outbox.start();
	await clock.settle();
	await clock.advance(60_000);
	expect(sent).toEqual([]);
	expect(told).toEqual(['1 unconfirmed']);
	expect(outbox.counts()).toEqual({ waiting: 0, sending: 0, unconfirmed: 1, ended: 0 });
});

test('nobody may be told that a lead is kept that was told as not kept, until that is removed (seed 200546)', async () => {
	const inner = memoryStore();
	let fails = true;
	const store: MemoryStore = {
		...inner,
		write: async (changes) => {
			// Done, although it fails; what is to be removed is not, for a while.
			if (!fails || changes.some(({ kind }) => kind === 'put')) await inner.write(changes);
			if (fails) throw new Error('no space');
		},
	};
	const { outbox, clock } = await openWorld(() => replied(201), {}, store);
	outbox.start();
	await expect(outbox.enqueue({ ...newEntry(1), submissionKey: 'one' })).rejects.toThrow('no space');
	const id = (await store.bySubmissionKey('one')) ?? '';
	expect(outbox.isUnkept(id)).toBe(true);
	fails = false;
	await clock.advance(10_000);
	expect(await store.bySubmissionKey('one')).toBeUndefined();
	expect(outbox.isUnkept(id)).toBe(false);
});

test('a duplicate that a person sends again, and that is refused, leaves the mark of the lead that exists (seed 50)', async () => {
	const sent: string[] = [];
	const once = createDedupe(memoryDedupeStore(), () => undefined);
	const key: DedupeKey = { by: 'phone', value: '+201001200001', text: 'one' };
	const send = async (name: string, status: number, again = false): Promise<string> =>
		(
			await once(
				key,
				async () => {
					sent.push(name);
					return await Promise.resolve(replied(status));
				},
				again,
			)
		).outcome;
	expect(await send('first', 201)).toBe('created');
	// Its mark is written, and nobody waits for it any more.
	await new Promise(setImmediate);
	const refused = send('again', 400, true);
	// Whoever waits for that one is no second lead either.
	const waiting = send('third', 201);
	expect(await refused).toBe('invalid');
	expect(await waiting).toBe('duplicate');
	expect(await send('fourth', 201)).toBe('duplicate');
	expect(sent).toEqual(['first', 'again']);
});

test('a lead that is discarded while it is being marked leaves, and nobody is told that it does not (seed 700448)', async () => {
	const store = memoryStore();
	let letGo = (): void => undefined;
	const slow: MemoryStore = {
		...store,
		write: async (changes) => {
			if (changes.some((change) => change.kind === 'put' && change.shelf === 'sending'))
				await new Promise<void>((resolve) => {
					letGo = resolve;
				});
			await store.write(changes);
		},
	};
	const { outbox, clock, sent } = await openWorld(() => replied(201), {}, slow);
	await outbox.put(newEntry(1));
	outbox.start();
	await clock.settle();
	const [lead] = (await outbox.list({ shelf: 'waiting', limit: 1 })).entries;
	const discarded = outbox.discard(lead?.id ?? '');
	await clock.settle();
	letGo();
	await clock.settle();
	expect(await discarded).toBe(false);
	expect(sent).toEqual(['1']);
	expect(outbox.counts()).toEqual({ waiting: 0, sending: 0, unconfirmed: 0, ended: 1 });
});
