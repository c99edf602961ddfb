import type { Disk, Folder } from '../disk/disk';
import type { JournalDamage } from './plan';

/** What a backup holds of a folder. */
export type FolderCopy = Pick<Folder, 'data' | 'files' | 'broken'>;

const isJournal = (name: string): boolean => /journal$/.test(name);

/** All stores of a disk as they are now; journals stand elsewhere, and are not among them. */
export const copyFolders = (disk: Disk): ReadonlyMap<string, FolderCopy> =>
	new Map(
		disk.paths().flatMap((path): [string, FolderCopy][] => {
			const folder = disk.folder(path);
			if (folder?.data === undefined) return [];
			const { data, files, broken } = folder;
			return [[path, { data: new Map(data), files: new Map(files), broken: new Set(broken) }]];
		}),
	);

/** Puts a copy in the place of what is there. */
export const restoreFolders = (disk: Disk, copies: ReadonlyMap<string, FolderCopy>): void => {
	for (const [path, { data, files, broken }] of copies) {
		if (disk.folder(path) === undefined) continue;
		disk.remove(path);
		const folder = disk.make(path);
		folder.data = new Map(data);
		for (const [name, text] of files) folder.files.set(name, text);
		for (const key of broken) folder.broken.add(key);
	}
};

const damaged = (text: string, how: Exclude<JournalDamage, 'gone'>): string => {
	const middle = Math.floor(text.length / 2);
	switch (how) {
		case 'cut':
			return text.slice(0, middle);
		case 'zeroed':
			return text.slice(0, middle) + '\0'.repeat(Math.min(64, text.length - middle)) + text.slice(middle + 64);
		case 'turned':
			return text.slice(0, middle) + String.fromCharCode(text.charCodeAt(middle) ^ 4) + text.slice(middle + 1);
	}
};

/** Damages each journal of a disk; gives their names. */
export const damageJournals = (disk: Disk, how: JournalDamage): readonly string[] =>
	disk.paths().flatMap((path) => {
		const files = disk.folder(path)?.files;
		return [...(files ?? [])].flatMap(([name, text]) => {
			if (!isJournal(name) || text === '') return [];
			if (how === 'gone') files?.delete(name);
			else files?.set(name, damaged(text, how));
			return [name];
		});
	});
