import { type EntryStore, openDiskStore } from '../../packages/outbox/src';
import { format, type Payload } from './entries';
import { memoryStore } from './memoryStore';
import { storeSuite } from './storeSuite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
const newFolder = (): string => {
	const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-store-'));
	folders.push(folder);
	return join(folder, 'outbox');
};

storeSuite('in memory', async () => await Promise.resolve(memoryStore()));

let folder: string;
const open = async (): Promise<EntryStore<Payload>> => (await openDiskStore(folder, Date.now(), format)).store;
storeSuite(
	'on disk',
	async () => {
		folder = newFolder();
		return await open();
	},
	async (store) => {
		await store.close();
		return await open();
	},
);
