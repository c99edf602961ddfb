import {
	createDedupe,
	interpretResponse,
	dedupeKeyOf,
	type DedupeKey,
	type DedupeStore,
	memoryDedupeStore,
	type Outcome,
} from '../../packages/core/src';
import { openDiskDedupeStore } from '../../packages/outbox/src';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const key = (phone = '+201001234567'): DedupeKey =>
	dedupeKeyOf({ leadInformation: { firstName: 'Mona', phone } }, 'phone', { host: 'crm.test', organizationId: 'o' });
const reply = (status: number): Outcome =>
	interpretResponse({ status, headers: {}, body: { _id: 'a', leadNumber: 7 } });
const lost = (): Outcome => interpretResponse({ fault: { code: 'ECONNRESET', left: true } });
const ignore = (): void => undefined;

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
const newFolder = (): string => {
	const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-marks-'));
	folders.push(folder);
	return folder;
};

describe.each<[name: string, open: () => Promise<DedupeStore>]>([
	['marks in memory', async () => await Promise.resolve(memoryDedupeStore())],
	['marks on disk', async () => await openDiskDedupeStore(newFolder())],
])('%s', (_name, open) => {
	let marks: DedupeStore;
	beforeEach(async () => {
		marks = await open();
	});
	afterEach(async () => {
		await marks.close();
	});

	test('a mark is there until it is removed', async () => {
		expect(await marks.get('k')).toBeUndefined();
		await marks.put('k', 'sending');
		await marks.put('k', 'created');
		expect([await marks.get('k'), await marks.get('other')]).toEqual(['created', undefined]);
		await marks.remove('k');
		expect(await marks.get('k')).toBeUndefined();
	});

	test.each<[name: string, first: () => Outcome, second: string, sendings: number]>([
		['created', () => reply(201), 'duplicate', 1],
		['refused', () => reply(400), 'created', 2],
		['without an answer', lost, 'unconfirmed', 1],
		['not let in', () => reply(429), 'created', 2],
	])('a lead that was %s before', async (_case, first, second, sendings) => {
		const once = createDedupe(marks, ignore);
		const outcomes = [first, () => reply(201)];
		let sent = 0;
		const send = async (): Promise<Outcome> => await Promise.resolve((outcomes[sent++] ?? lost)());
		await once(key(), send);
		expect((await once(key(), send)).outcome).toBe(second);
		expect(sent).toBe(sendings);
		expect((await once(key('+201009999999'), async () => await Promise.resolve(reply(201)))).outcome).toBe('created');
	});

	test.each<[name: string, first: () => Outcome, outcomes: readonly string[], sendings: number]>([
		['created', () => reply(201), ['created', 'duplicate', 'duplicate', 'duplicate'], 1],
		['lost', lost, ['unconfirmed', 'unconfirmed', 'unconfirmed', 'unconfirmed'], 1],
		['refused', () => reply(401), ['unauthorized', 'created', 'duplicate', 'duplicate'], 2],
	])('of four at the same time, the first being %s, no two are created', async (_case, first, outcomes, sendings) => {
		const once = createDedupe(marks, ignore);
		let sent = 0;
		const send = async (): Promise<Outcome> => {
			const outcome = sent++ === 0 ? first() : reply(201);
			await new Promise<void>((resolve) => setImmediate(resolve));
			return outcome;
		};
		const ended = await Promise.all(Array.from({ length: 4 }, async () => (await once(key(), send)).outcome));
		expect(ended).toEqual(outcomes);
		expect(sent).toBe(sendings);
	});

	test('a hundred at the same time make one lead', async () => {
		const once = createDedupe(marks, ignore);
		let created = 0;
		const ended = await Promise.all(
			Array.from(
				{ length: 100 },
				async () =>
					await once(key(), async () => {
						created++;
						await Promise.resolve();
						return reply(201);
					}),
			),
		);
		expect([created, ended.filter(({ outcome }) => outcome === 'duplicate').length]).toEqual([1, 99]);
	});

	test('a key is free again when its sending throws', async () => {
		const once = createDedupe(marks, ignore);
		await expect(once(key(), async () => await Promise.reject(new Error('broken host')))).rejects.toThrow(
			'broken host',
		);
		expect((await once(key(), async () => await Promise.resolve(reply(201)))).outcome).toBe('unconfirmed');
	});
});

describe('on disk', () => {
	test('a restart remembers what was created, and what was cut off as unconfirmed', async () => {
		const folder = newFolder();
		const before = await openDiskDedupeStore(folder);
		const once = createDedupe(before, ignore);
		await once(key('+201'), async () => await Promise.resolve(reply(201)));
		await before.put(key('+202').text, 'sending');
		await before.close();

		const after = await openDiskDedupeStore(folder);
		const again = createDedupe(after, ignore);
		const send = async (): Promise<Outcome> => await Promise.resolve(reply(201));
		expect([
			(await again(key('+201'), send)).outcome,
			(await again(key('+202'), send)).outcome,
			(await again(key('+203'), send)).outcome,
		]).toEqual(['duplicate', 'unconfirmed', 'created']);
		await after.close();
	});

	test('no phone and no email is in the files, and others may not read them', async () => {
		const folder = join(newFolder(), 'deep', 'record');
		const marks = await openDiskDedupeStore(folder);
		await marks.put(key().text, 'created');
		await marks.close();
		const content = readdirSync(folder)
			.map((name) => readFileSync(join(folder, name), 'latin1'))
			.join('');
		expect(content).not.toContain('201001234567');
		expect(statSync(folder).mode & 0o077).toBe(0);
	});

	test('a folder that cannot be opened is an error of opening, not of loading', async () => {
		const file = join(newFolder(), 'file');
		writeFileSync(file, 'x');
		await expect(openDiskDedupeStore(file)).rejects.toThrow();
	});
});

test('late marks: the outcome does not wait for them, the key does', async () => {
	const kept = memoryDedupeStore();
	const flush: (() => void)[] = [];
	const later = async (work: () => Promise<void>): Promise<void> => {
		await new Promise<void>((resolve) => flush.push(resolve));
		await work();
	};
	const once = createDedupe(
		{
			...kept,
			writeBehind: true,
			put: async (name, mark) => {
				if (mark === 'created')
					await later(async () => {
						await kept.put(name, mark);
					});
				else await kept.put(name, mark);
			},
		},
		ignore,
	);
	const send = async (): Promise<Outcome> => await Promise.resolve(reply(201));
	expect((await once(key(), send)).outcome).toBe('created');
	// The mark still says "sending"; only the key in flight knows better.
	expect([await kept.get(key().text), (await once(key(), send)).outcome]).toEqual(['sending', 'duplicate']);
	flush.forEach((resume) => resume());
	await new Promise<void>((resolve) => setImmediate(resolve));
	expect([await kept.get(key().text), (await once(key(), send)).outcome]).toEqual(['created', 'duplicate']);
});

test('a store that fails stops no lead, and is told of', async () => {
	const broken = async (): Promise<never> => await Promise.reject(new Error('disk'));
	let faults = 0;
	const once = createDedupe({ get: broken, put: broken, remove: broken, close: broken }, () => {
		faults++;
	});
	expect((await once(key(), async () => await Promise.resolve(reply(201)))).outcome).toBe('created');
	expect(faults).toBeGreaterThan(0);
});
