import { openDiskStore } from '../../packages/outbox/src';
import { entry, format } from './entries';
import { replied } from './world';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

test('an older copy of a whole store is noticed by its journal elsewhere, and what was sent since is not sent again', async () => {
	const place = mkdtempSync(join(tmpdir(), 'icloud-ready-older-'));
	try {
		const [folder, copy] = [join(place, 'store'), join(place, 'copy')];
		const open = async () => await openDiskStore(folder, 5, format, { journalFolder: join(place, 'journals') });
		const first = await open();
		await first.store.write([1, 2, 3].map((number) => ({ kind: 'put', entry: entry(number), shelf: 'waiting' })));
		await first.store.close();
		cpSync(folder, copy, { recursive: true });
		const later = await open();
		const ended = { ...entry(1), outcome: { ...replied(201), lead: entry(1).payload.lead }, endedAtMs: 1 };
		await later.store.write([
			{ kind: 'put', entry: ended, shelf: 'ended', from: 'waiting' },
			{ kind: 'put', entry: entry(4), shelf: 'waiting' },
		]);
		await later.store.close();
		rmSync(folder, { recursive: true });
		cpSync(copy, folder, { recursive: true });
		const { store, damage } = await open();
		const idsOn = async (shelf: 'waiting' | 'unconfirmed'): Promise<readonly string[]> =>
			(await store.list(shelf, { limit: 9 })).map(({ id }) => id);
		expect([damage?.isOlder, damage?.leads]).toEqual([true, 2]);
		expect([await idsOn('waiting'), await idsOn('unconfirmed')]).toEqual([
			[entry(2).id, entry(3).id],
			[entry(1).id, entry(4).id],
		]);
		await store.close();
	} finally {
		rmSync(place, { recursive: true, force: true });
	}
});
