import type { Program } from '../host/process';
import type { Disk } from './disk';

const missing = (path: string): Error =>
	Object.assign(new Error(`ENOENT: no such file or directory, ${path}`), { code: 'ENOENT' });

const split = (path: string): readonly [folder: string, name: string] => {
	const at = path.lastIndexOf('/');
	return [path.slice(0, at), path.slice(at + 1)];
};

/** The files of one program over the model of its machine's disk: what stores do beside their database. */
export const filesFor = (disk: Disk, program: Program): { readonly promises: unknown; readonly sync: unknown } => {
	const fileAt = (path: string): { readonly files: Map<string, string>; readonly name: string } | undefined => {
		const [folder, name] = split(path);
		const found = disk.folder(folder);
		return found === undefined ? undefined : { files: found.files, name };
	};
	const exists = (path: string): boolean =>
		disk.folder(path) !== undefined || fileAt(path)?.files.has(split(path)[1]) === true;
	const read = async <Result>(name: string, work: () => Result): Promise<Result> =>
		await disk.operate(program, 'read', name, work);
	return {
		sync: { existsSync: exists },
		promises: {
			stat: async (path: string) =>
				await read(`stat ${path}`, () => {
					if (!exists(path)) throw missing(path);
					return { ino: disk.folder(path)?.place ?? 0 };
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
			rename: async (from: string, to: string) => {
				await read(`rename ${from}`, () => disk.rename(from, to));
			},
			open: async (path: string) =>
				await read(`open ${path}`, () => {
					const at = fileAt(path);
					if (at === undefined) throw missing(path);
					const { files, name } = at;
					if (!files.has(name)) files.set(name, '');
					return {
						read: async (buffer: Buffer, offset: number, length: number) =>
							await read(`read ${name}`, () => {
								const bytesRead = buffer.write((files.get(name) ?? '').slice(0, length), offset, 'latin1');
								return { bytesRead, buffer };
							}),
						write: async (text: string) => {
							// Nobody waits for it to be safe.
							await disk.operate(program, 'write', `write ${name}`, () => files.set(name, text));
						},
						close: async () => await Promise.resolve(),
					};
				}),
		},
	};
};
