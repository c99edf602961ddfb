import { explain, type Lead, outcomeOf } from '../../packages/core/src';
import { arrivalOf, type Entry, openDiskDedupeStore, openDiskStore, type OpenedStore } from '../../packages/outbox/src';
import { openLevel } from '../../packages/outbox/src/store/level';
import { entry, format as queued, type Payload } from './entries';
import {
	appendFileSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	truncateSync,
	unlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let place: string;
let folder: string;
beforeEach(() => {
	place = mkdtempSync(join(tmpdir(), 'icloud-ready-disk-'));
	folder = join(place, 'outbox');
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const open = async (): Promise<OpenedStore<Payload>> => await openDiskStore(folder, Date.UTC(2026, 10, 20), queued);
const mona = entry(1);
const most = 200;
/** A store with leads in files of both kinds, tables and the log of the last writes, closed. */
const filled = async (): Promise<void> => {
	// What is in the log when a store is opened becomes a table.
	for (let first = 1; first <= most; first += most / 4) {
		const { store } = await open();
		await store.write(
			Array.from({ length: most / 4 }, (_, index) => ({ kind: 'put', entry: entry(first + index), shelf: 'waiting' })),
		);
		await store.close();
	}
	expect(readdirSync(folder).some((name) => name.endsWith('.ldb'))).toBe(true);
};
const fileOf = (ending: string): string =>
	join(
		folder,
		readdirSync(folder)
			.filter((name) => name.endsWith(ending))
			.sort()
			.at(-1) ?? '',
	);
const halve = (file: string): void => truncateSync(file, Math.floor(statSync(file).size / 2));

test('only the user who runs it can read its files, those that came later too', async () => {
	await filled();
	const { store } = await open();
	await store.write([{ kind: 'put', entry: entry(9000), shelf: 'waiting' }]);
	await store.close();
	expect([
		statSync(folder).mode & 0o777,
		...readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777),
	]).toEqual([0o700, ...readdirSync(folder).map(() => 0o600)]);
});

test('one process at a time holds it, and the second is told so', async () => {
	const { store } = await open();
	await expect(open()).rejects.toMatchObject({ cause: { code: 'LEVEL_LOCKED' } });
	await store.close();
	expect(readdirSync(place)).toEqual(['outbox']);
});

test('a whole store is not touched', async () => {
	await filled();
	const opened = await open();
	expect([opened.movedTo, (await opened.store.list('waiting', { limit: 1 }))[0]?.id]).toEqual([undefined, entry(1).id]);
	await opened.store.close();
});

test.each<[name: string, lead: Lead | null]>([
	['its own', mona.payload.lead],
	['another one', entry(2).payload.lead],
	['none', null],
])("an entry's lead is written once, and its outcome is read with the lead it had: %s", async (_name, lead) => {
	const ended: Entry<Payload> = {
		...mona,
		outcome: outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'unreadable' } }, { lead }),
	};
	const { store } = await open();
	await store.write([{ kind: 'put', entry: ended, shelf: 'unconfirmed' }]);
	expect([await store.get('unconfirmed', ended.id), await store.list('unconfirmed', { limit: 1 })]).toEqual([
		ended,
		[ended],
	]);
	await store.close();
	const level = await openLevel(folder);
	const [text] = await level.values({ gt: 'unconfirmed!', lt: 'unconfirmed"' }).all();
	await level.close();
	expect(text?.split('Mona 1')).toHaveLength(2);
});

describe('a store that is damaged is mended: what is lost of it is unconfirmed and counted, the rest waits as it was', () => {
	test.each<[name: string, damage: () => void, isMoved: boolean]>([
		['a table cut short', () => halve(fileOf('.ldb')), true],
		['the log of the last writes cut short', () => halve(fileOf('.log')), false],
		['the log emptied', () => truncateSync(fileOf('.log'), 0), false],
		['a table gone', () => unlinkSync(fileOf('.ldb')), true],
		[
			'the list of its files cut short',
			() => halve(join(folder, readFileSync(join(folder, 'CURRENT'), 'utf8').trim())),
			true,
		],
		['no entry to it', () => truncateSync(join(folder, 'CURRENT'), 0), true],
		['the entry to it gone', () => unlinkSync(join(folder, 'CURRENT')), true],
		['garbage', () => writeFileSync(join(folder, 'CURRENT'), 'MANIFEST-999999\n'), true],
		['its journal gone', () => unlinkSync(join(folder, 'journal')), false],
		['its journal cut short', () => halve(join(folder, 'journal')), false],
	])('%s', async (_name, damage, isMoved) => {
		await filled();
		damage();
		const { store, movedTo, damage: found } = await open();
		expect([movedTo, existsSync(movedTo ?? '')]).toEqual(
			isMoved ? [`${folder}-damaged-20261120000000`, true] : [undefined, false],
		);
		const waiting = await store.list('waiting', { limit: 5000 });
		const unconfirmed = await store.list('unconfirmed', { limit: 5000 });
		expect([waiting.length + unconfirmed.length, found?.leads ?? 0]).toEqual([most, unconfirmed.length]);
		expect(waiting).toEqual(waiting.map((_, index) => entry(arrivalOf(waiting[index]?.id ?? ''))));
		for (const { outcome, payload } of unconfirmed.filter(({ unreadable }) => unreadable === undefined).slice(0, 1))
			expect([outcome && explain(outcome).hint, payload.lead.leadInformation.firstName]).toEqual([
				expect.stringMatching(/Look for \+20/),
				expect.stringMatching(/^Mona/),
			]);
		await store.write([{ kind: 'put', entry: entry(9000), shelf: 'waiting' }]);
		await store.close();
		// It is told until a person has seen it.
		const again = await open();
		expect([again.movedTo, again.damage, (await again.store.list('waiting', { limit: 5000 })).length]).toEqual([
			undefined,
			found,
			waiting.length + 1,
		]);
		await again.store.damageSeen?.();
		await again.store.close();
		const seen = await open();
		expect([seen.damage, seen.renewedJournal]).toEqual([undefined, false]);
		await seen.store.close();
	});
});

describe('a store that is not ours is moved aside', () => {
	test('the record of created leads', async () => {
		const marks = await openDiskDedupeStore(folder);
		await marks.put('k', 'created');
		await marks.close();
		const { store, movedTo } = await open();
		expect(existsSync(movedTo ?? '')).toBe(true);
		await store.close();
	});

	test.each(['0', '1', '2', '4'])('entries of format %s', async (format) => {
		await filled();
		const level = await openLevel(folder);
		await level.put('format', format, { sync: true });
		await level.close();
		const { store, movedTo, salvaged } = await open();
		expect([existsSync(movedTo ?? ''), await store.list('waiting', { limit: 1 }), salvaged]).toEqual([true, [], most]);
		await store.close();
	});
});

test('a power cut may leave a journal that is too short, and that is no damage', async () => {
	await filled();
	const journal = join(folder, 'journal');
	truncateSync(journal, readFileSync(journal, 'utf8').lastIndexOf('\n', statSync(journal).size - 50) + 20);
	const { store, movedTo, damage, renewedJournal } = await open();
	expect([movedTo, damage, renewedJournal]).toEqual([undefined, undefined, false]);
	await store.close();
});

test('a folder that cannot be made is told of, and nothing is moved', async () => {
	mkdirSync(place, { recursive: true });
	appendFileSync(folder, 'a file stands there');
	await expect(open()).rejects.toThrow();
	expect(readdirSync(place)).toEqual(['outbox']);
});
