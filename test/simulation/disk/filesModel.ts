import type { Program } from '../host/process';
import type { Disk, Folder } from './disk';

const missing = (path: string): Error =>
	Object.assign(new Error(`ENOENT: no such file or directory, ${path}`), { code: 'ENOENT' });

const split = (path: string): readonly [folder: string, name: string] => {
	const at = path.lastIndexOf('/');
	return [path.slice(0, at), path.slice(at + 1)];
};

/** What an open file offers, as that of Node.js does. Its signs are bytes. */
interface FileModel {
	readonly read: (
		buffer: Buffer,
		offset: number,
		length: number,
		position: number,
	) => Promise<{ readonly bytesRead: number; readonly buffer: Buffer }>;
	readonly write: (text: string, position: number) => Promise<{ readonly bytesWritten: number }>;
	readonly truncate: (bytes: number) => Promise<void>;
	readonly datasync: () => Promise<void>;
	readonly sync: () => Promise<void>;
	readonly close: () => Promise<void>;
}

/** The files of one program over the model of its machine's disk: what stores do beside their database. */
export const filesFor = (disk: Disk, program: Program): { readonly promises: unknown; readonly sync: unknown } => {
	const fileAt = (path: string): { readonly folder: Folder; readonly name: string } | undefined => {
		const [parent, name] = split(path);
		const folder = disk.folder(parent);
		return folder === undefined ? undefined : { folder, name };
	};
	const forget = ({ files, inodes }: Folder, name: string): void => {
		files.delete(name);
		inodes.delete(name);
	};
	const exists = (path: string): boolean =>
		disk.folder(path) !== undefined || fileAt(path)?.folder.files.has(split(path)[1]) === true;
	const read = async <Result>(name: string, work: () => Result): Promise<Result> =>
		await disk.operate(program, 'read', name, work);
	const write = async <Result>(name: string, work: () => Result): Promise<Result> =>
		await disk.operate(program, 'write', name, work);
	const open = (path: string, flags: string): FileModel => {
		const at = fileAt(path);
		if (at === undefined || (flags === 'r+' && !at.folder.files.has(at.name))) throw missing(path);
		const { name } = at;
		const { files } = at.folder;
		if (!files.has(name) || flags === 'w') files.set(name, '');
		const content = (): string => files.get(name) ?? '';
		const nothing = async (): Promise<void> => await Promise.resolve();
		return {
			read: async (buffer, offset, length, position) =>
				await read(`read ${name}`, () => {
					const bytesRead = buffer.write(content().slice(position, position + length), offset, 'latin1');
					return { bytesRead, buffer };
				}),
			write: async (text, position) => {
				// A disk that is full takes a part of it, as Node.js tells.
				const part = disk.isPartial() ? text.slice(0, text.length / 2) : text;
				return await write(`write ${name}`, () => {
					files.set(
						name,
						content().slice(0, position).padEnd(position, '\0') + part + content().slice(position + part.length),
					);
					return { bytesWritten: part.length };
				});
			},
			truncate: async (bytes) => {
				await write(`truncate ${name}`, () => files.set(name, content().slice(0, bytes)));
			},
			datasync: nothing,
			sync: nothing,
			close: nothing,
		};
	};
	return {
		sync: { existsSync: exists },
		promises: {
			stat: async (path: string) =>
				await read(`stat ${path}`, () => {
					if (!exists(path)) throw missing(path);
					const file = fileAt(path);
					return {
						ino: disk.folder(path)?.place ?? (file === undefined ? 0 : disk.inodeOf(file.folder, file.name)),
						size: file?.folder.files.get(file.name)?.length ?? 0,
					};
				}),
			mkdir: async (path: string) => {
				await read(`mkdir ${path}`, () => disk.make(path));
			},
			chmod: async () => await Promise.resolve(),
			readdir: async (path: string) =>
				await read(`readdir ${path}`, () => {
					const found = disk.folder(path);
					const below = disk
						.paths()
						.filter((each) => split(each)[0] === path)
						.map((each) => split(each)[1]);
					if (found === undefined && below.length === 0) throw missing(path);
					return [...below, ...(found?.files.keys() ?? [])];
				}),
			readFile: async (path: string) =>
				await read(`read ${path}`, () => {
					const text = fileAt(path)?.folder.files.get(split(path)[1]);
					if (text === undefined) throw missing(path);
					return text;
				}),
			unlink: async (path: string) => {
				await read(`unlink ${path}`, () => {
					const file = fileAt(path);
					if (file !== undefined) forget(file.folder, file.name);
				});
			},
			rm: async (path: string) => {
				await read(`rm ${path}`, () => disk.remove(path));
			},
			cp: async (from: string, to: string) => {
				await read(`cp ${from}`, () => {
					if (disk.folder(from) !== undefined) return disk.copy(from, to);
					const text = fileAt(from)?.folder.files.get(split(from)[1]);
					if (text === undefined) throw missing(from);
					disk.make(split(to)[0]).files.set(split(to)[1], text);
				});
			},
			rename: async (from: string, to: string) => {
				await read(`rename ${from}`, () => {
					if (disk.folder(from) !== undefined) return disk.rename(from, to);
					// The folder of all stores is there, although nobody made a file in it yet.
					disk.make(split(to)[0]);
					const [source, target] = [fileAt(from), fileAt(to)];
					const text = source?.folder.files.get(source.name);
					if (source === undefined || target === undefined || text === undefined) throw missing(from);
					const inode = disk.inodeOf(source.folder, source.name);
					forget(source.folder, source.name);
					target.folder.files.set(target.name, text);
					target.folder.inodes.set(target.name, inode);
				});
			},
			open: async (path: string, flags: string) => await read(`open ${path}`, () => open(path, flags)),
		},
	};
};
