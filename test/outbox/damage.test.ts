import { dedupeKeyOf } from '../../packages/core/src';
import { arrivalOf, openDiskDedupeStore, openDiskStore, openOutbox } from '../../packages/outbox/src';
import { createInventory } from '../../packages/outbox/src/store/inventory';
import { openLevel } from '../../packages/outbox/src/store/level';
import { damages, fillWithLeads, keepOlder, leads, useDamaged, useTurns } from './damagedFiles';
import { entry, format, newEntry, type Payload } from './entries';
import { replied } from './world';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const turnUntil = useTurns();

describe('an outbox', () => {
	const damaged = useDamaged(fillWithLeads(format, entry));

	test.each(damages(0))(
		'%s %s at its %s: no lead is lost in silence, none goes twice, and each is told with the right count',
		async (...given) => {
			const { store, damage: found } = await openDiskStore(damaged(given), Date.UTC(2026, 1, 1), format);
			const sent: number[] = [];
			const bad: string[] = [];
			let unreadable = 0;
			const outbox = await openOutbox<Payload>({
				store,
				concurrency: 10,
				maxWaiting: 10_000,
				keepDays: 100_000,
				now: Date.now,
				monotonicMs: () => performance.now(),
				sleep: async () => await new Promise(() => undefined),
				notify: () => true,
				unreadable: () => {
					unreadable++;
				},
				send: async (each) => {
					const number = arrivalOf(each.id);
					if (number % 3 === 1) bad.push(`${number} was sent again`);
					if (JSON.stringify(each.payload) !== JSON.stringify(newEntry(number).payload))
						bad.push(`${number} is changed`);
					sent.push(number);
					return await Promise.resolve({ ...replied(201), lead: each.payload.lead });
				},
			});
			const unconfirmed = outbox.counts().unconfirmed;
			outbox.start();
			await turnUntil(() => outbox.counts().waiting + outbox.counts().sending === 0);
			expect(bad).toEqual([]);
			expect(new Set(sent).size).toBe(sent.length);
			const { ended, unconfirmed: after } = outbox.counts();
			expect({ total: ended + after, told: found?.leads ?? 0 }).toEqual({ total: leads, told: unconfirmed });
			// Those that show only when they are read are told one by one.
			expect(after).toBe(unconfirmed + unreadable);
			for (let number = 1; number <= leads; number++)
				expect(await store.bySubmissionKey(`key ${number}`)).toBe(entry(number).id);
			await outbox.close(Promise.resolve());
		},
	);
});

test('files that nothing brings back: what the journal in their folder knows is unconfirmed, and known when it is given again', async () => {
	const place = mkdtempSync(join(tmpdir(), 'icloud-ready-beyond-'));
	const folder = join(place, 'store');
	const corruption = (): Error => Object.assign(new Error('Corruption: bad block'), { code: 'LEVEL_CORRUPTION' });
	const { store } = await openDiskStore(folder, 0, format);
	await store.write([{ kind: 'put', entry: { ...entry(1), submissionKey: 'key 1' }, shelf: 'waiting' }]);
	await store.close();
	let isDamaged = true;
	const opened = await openDiskStore(folder, 0, format, {
		repair: async () => await Promise.reject(corruption()),
		open: async (path, options) => {
			if (path === folder && isDamaged) {
				isDamaged = false;
				throw corruption();
			}
			return await openLevel(path, options);
		},
	});
	expect(opened).toMatchObject({ damage: { leads: 1 }, movedTo: expect.any(String) as string });
	expect(await opened.store.bySubmissionKey('key 1')).toBe(entry(1).id);
	expect((await opened.store.get('unconfirmed', entry(1).id))?.unreadable).toBeDefined();
	await opened.store.close();
	rmSync(place, { recursive: true, force: true });
});

describe('a record', () => {
	const key = (number: number): string =>
		dedupeKeyOf(entry(number).payload.lead, 'phone', { host: 'crm.test', organizationId: '' }).text;
	const damaged = useDamaged(async (filled) => {
		for (const part of [0, 1, 2]) {
			const marks = await openDiskDedupeStore(filled.folder);
			const numbers = Array.from({ length: leads / 3 }, (_, index) => part * (leads / 3) + index);
			for (let at = 0; at < numbers.length; at += 20)
				await Promise.all(
					numbers.slice(at, at + 20).map(async (number) => {
						await marks.put(key(number), 'sending');
						await (number % 10 === 0 ? marks.remove(key(number)) : marks.put(key(number), 'created'));
					}),
				);
			await marks.close();
			keepOlder(filled, part === 0);
		}
	});

	test.each(damages(1))('%s %s at its %s: no key that was created is forgotten in silence', async (...given) => {
		const marks = await openDiskDedupeStore(damaged(given));
		for (let number = 0; number < leads; number++)
			expect([number, await marks.get(key(number))]).toEqual([number, number % 10 === 0 ? undefined : 'created']);
		await marks.close();
	});
});

test('an inventory is the same whatever the order, and forgets what was taken from it', () => {
	const [one, other] = [createInventory(), createInventory()];
	const keys = Array.from({ length: 5000 }, (_, index) => `waiting!${index}`);
	for (const [index, key] of keys.entries()) one.set(key, index);
	for (const [index, key] of [...keys.entries()].reverse()) other.set(key, index + 1);
	expect(one.total()).not.toEqual(other.total());
	for (const [index, key] of keys.entries()) other.set(key, index);
	expect(one.total()).toEqual(other.total());
	one.set('more', 1);
	one.remove('more');
	expect([one.total(), one.checkOf('more'), one.checkOf('waiting!7')]).toEqual([other.total(), undefined, 7]);
	for (const key of keys) one.remove(key);
	expect(one.total()).toEqual({ count: 0, sum: '0'.repeat(16) });
});
