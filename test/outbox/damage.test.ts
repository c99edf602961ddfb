import { dedupeKeyOf } from '../../packages/core/src';
import { arrivalOf, openDiskDedupeStore, openDiskStore, openOutbox } from '../../packages/outbox/src';
import { createInventory } from '../../packages/outbox/src/store/inventory';
import { byCases, chosen, seeded, seed } from '../fixtures/cases';
import { entry, format, newEntry, type Payload } from './entries';
import { replied } from './world';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What can be damaged of a store, and how. */
const files = ['.log', '.ldb', 'MANIFEST', 'CURRENT', 'journal'] as const;
const kinds = ['cut', 'zeroed', 'bit', 'gone', 'older'] as const;
const places = ['start', 'middle', 'end'] as const;
type Damage = readonly [
	of: 'outbox' | 'record',
	file: (typeof files)[number],
	kind: (typeof kinds)[number],
	at: (typeof places)[number],
];

const all: readonly Damage[] = (['outbox', 'record'] as const).flatMap((of) =>
	files.flatMap((file) =>
		kinds.flatMap((kind) =>
			(kind === 'gone' || kind === 'older' ? (['start'] as const) : places).map((at) => [of, file, kind, at] as const),
		),
	),
);
const leads = 600;
const count = byCases({ few: 4, more: 12, all: all.length });

let place: string;
let folder: string;
beforeEach(() => {
	place = mkdtempSync(join(tmpdir(), 'icloud-ready-damage-'));
	folder = join(place, 'store');
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

/** Damages the largest file of a kind, as a power cut, a worn disk or a person does. */
const damage = ([, file, kind, at]: Damage, older: string, random: () => number): void => {
	const names = readdirSync(folder).filter((name) => name.endsWith(file) || name.startsWith(file));
	const size = (name: string): number => statSync(join(folder, name)).size;
	const name = [...names].sort((one, other) => size(other) - size(one))[0];
	if (name === undefined) throw new Error(`No file ${file} to damage.`);
	const path = join(folder, name);
	if (kind === 'gone') return rmSync(path);
	if (kind === 'older') return cpSync(join(older, name), path);
	const bytes = readFileSync(path);
	const from = Math.floor(bytes.length * { start: 0.1, middle: 0.5, end: 0.95 }[at] + random() * 20);
	const first = Math.min(from, bytes.length - 1);
	if (kind === 'cut') return writeFileSync(path, bytes.subarray(0, first));
	if (kind === 'zeroed') bytes.fill(0, first, Math.min(bytes.length, first + 512));
	else bytes[first] = (bytes[first] ?? 0) ^ 4;
	writeFileSync(path, bytes);
};

/** A third waits, a third has ended, the others went back to waiting, in files of both kinds. */
const fill = async (older: string): Promise<void> => {
	const part = leads / 6;
	for (let first = 1; first <= leads; first += part) {
		const { store } = await openDiskStore(folder, 0, format);
		for (let number = first; number < first + part; number++) {
			const given = { ...entry(number), submissionKey: `key ${number}` };
			await store.write([{ kind: 'put', entry: given, shelf: 'waiting' }]);
			if (number % 3 === 0) continue;
			await store.write([{ kind: 'put', entry: given, shelf: 'sending', from: 'waiting' }]);
			const ended = { ...given, outcome: { ...replied(201), lead: given.payload.lead }, endedAtMs: 1 };
			await store.write([
				number % 3 === 1
					? { kind: 'put', entry: ended, shelf: 'ended', from: 'sending' }
					: { kind: 'put', entry: { ...given, againAtMs: 7 }, shelf: 'waiting', from: 'sending' },
			]);
		}
		await store.close();
		if (first === 1) cpSync(folder, older, { recursive: true });
		else for (const name of readdirSync(folder)) cpSync(join(folder, name), join(older, name), { force: false });
	}
};

test.each(
	chosen(
		all.filter(([of]) => of === 'outbox'),
		Math.ceil(count / 2),
	),
)(
	'%s: %s %s at its %s: no lead is lost in silence, none goes twice, and each is told with the right count',
	async (...given) => {
		const older = join(place, 'older');
		await fill(older);
		damage(given, older, seeded(seed));
		const { store, damage: found } = await openDiskStore(folder, Date.UTC(2026, 1, 1), format);
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
				if (JSON.stringify(each.payload) !== JSON.stringify(newEntry(number).payload)) bad.push(`${number} is changed`);
				sent.push(number);
				return await Promise.resolve({ ...replied(201), lead: each.payload.lead });
			},
		});
		const unconfirmed = outbox.counts().unconfirmed;
		outbox.start();
		while (outbox.counts().waiting + outbox.counts().sending > 0)
			await new Promise<void>((resolve) => setImmediate(resolve));
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
	120_000,
);

test.each(
	chosen(
		all.filter(([of]) => of === 'record'),
		Math.floor(count / 2),
	),
)(
	'%s: %s %s at its %s: no key that was created is forgotten in silence',
	async (...given) => {
		const older = join(place, 'older');
		const key = (number: number): string =>
			dedupeKeyOf(entry(number).payload.lead, 'phone', { host: 'crm.test', organizationId: '' }).text;
		for (const part of [0, 1, 2]) {
			const marks = await openDiskDedupeStore(folder);
			const numbers = Array.from({ length: leads / 3 }, (_, index) => part * (leads / 3) + index);
			for (let at = 0; at < numbers.length; at += 20)
				await Promise.all(
					numbers.slice(at, at + 20).map(async (number) => {
						await marks.put(key(number), 'sending');
						await (number % 10 === 0 ? marks.remove(key(number)) : marks.put(key(number), 'created'));
					}),
				);
			await marks.close();
			if (part === 0) cpSync(folder, older, { recursive: true });
			else for (const name of readdirSync(folder)) cpSync(join(folder, name), join(older, name), { force: false });
		}
		damage(given, older, seeded(seed));
		const marks = await openDiskDedupeStore(folder);
		for (let number = 0; number < leads; number++)
			expect([number, await marks.get(key(number))]).toEqual([number, number % 10 === 0 ? undefined : 'created']);
		await marks.close();
	},
	120_000,
);

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
