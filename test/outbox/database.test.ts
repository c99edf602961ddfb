import type { Database } from '../../packages/outbox/src/store/database';
import { openDatabase, type OpenedDatabase } from '../../packages/outbox/src/store/openDatabase';
import { failingDisk, type Fate } from './failingLevel';

const key = 'mark!somebody';

let nowMs = 0;
type OpenOptions = Parameters<typeof openDatabase>[0];

const openOver = async (
	disk: ReturnType<typeof failingDisk>,
	means: Partial<OpenOptions['means']> = {},
): Promise<OpenedDatabase> => {
	const opened = await openDatabase({
		folder: 'nowhere',
		format: '3',
		journalPath: 'nowhere/journal',
		keepsText: () => true,
		watcher: { away: () => undefined, back: () => undefined },
		means: { ...disk.means, ...means },
	});
	if (opened === undefined) throw new Error('It holds something else.');
	return opened;
};
const open = async (fateOf: (name: string) => Fate) => {
	const disk = failingDisk((_operation, name) => fateOf(name));
	const { database } = await openOver(disk, {
		sleep: async () => await Promise.resolve(),
		now: () => (nowMs += 60_000),
	});
	return { disk, database };
};

/** What stands there once the disk is back. */
const settled = async ({ get }: Database): Promise<string | undefined> => {
	for (let tries = 0; tries < 100; tries++) {
		const looked = await get(key).catch(() => 'away' as const);
		if (looked !== 'away') return looked?.text;
	}
	return 'away';
};

test('a key that is not there costs no look into the database', async () => {
	const { disk, database } = await open(() => 'works');
	const before = disk.operations.length;
	expect(await database.get(key)).toBeUndefined();
	expect(disk.operations.slice(before)).toEqual([]);
});

test.each<[name: string, fate: Fate, text: string | undefined]>([
	['is done', 'works', undefined],
	['fails', 'fails', 'created'],
	['fails although it was done', 'applied', undefined],
])('who looks while a key is taken away is told what is so after it: it %s', async (_name, fate, text) => {
	let isRemoving = false;
	const { database } = await open((name) => (name === 'batch' && isRemoving ? fate : 'works'));
	await database.write([{ type: 'put', key, value: 'created' }]);
	isRemoving = true;
	const removed = database.write([{ type: 'del', key }]).catch(() => undefined);
	// Each lies at another moment of the write.
	const looks: Promise<string | undefined>[] = [];
	for (let turn = 0; turn < 20; turn++) {
		looks.push(
			database.get(key).then(
				(stored) => stored?.text,
				() => 'away',
			),
		);
		await Promise.resolve();
	}
	await removed;
	isRemoving = false;
	expect(await settled(database)).toBe(text);
	// Those that were over before it had begun to be taken away saw it; who cannot look is told nothing.
	const seen = new Set(await Promise.all(looks));
	for (const allowed of ['created', 'away']) seen.delete(allowed);
	expect([...seen]).toStrictEqual(text === undefined ? [undefined] : []);
});

test('a last write that neither the journal nor its note can tell of is in doubt, and keeps nobody from starting', async () => {
	let fails = false;
	const disk = failingDisk((_operation, name) => (fails && name === 'append' ? 'fails' : 'works'));
	const { database } = await openOver(disk);
	await database.write([{ type: 'put', key, value: 'created' }]);
	fails = true;
	await database.write([{ type: 'put', key: 'mark!other', value: 'created' }]);
	await database.close();
	fails = false;
	const note =
		[...disk.content.keys()]
			.filter((each) => each.startsWith('recent!'))
			.sort()
			.at(-1) ?? '';
	disk.content.set(note, (disk.content.get(note) ?? '').slice(0, 12));
	const { findings } = await openOver(disk);
	expect(findings).toMatchObject({ isSure: false, missing: [] });
});
