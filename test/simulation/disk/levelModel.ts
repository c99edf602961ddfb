import type { Program } from '../host/process';
import type { Disk, Folder, Operation } from './disk';

interface Range {
	readonly gt?: string;
	readonly lt?: string;
	readonly limit?: number;
	readonly reverse?: boolean;
}
type Row = [key: string, value: string];

const failed = (code: string, message: string, cause?: Error): Error =>
	Object.assign(new Error(message, cause === undefined ? {} : { cause }), { code });

const notOpened = (cause: Error): Error => failed('LEVEL_DATABASE_NOT_OPEN', 'Database failed to open', cause);

/** A `classic-level` of one program over the model of its machine's disk. */
export const levelFor = (disk: Disk, program: Program): unknown => {
	class ClassicLevel {
		private folder: Folder | undefined;
		/** After one failed write a database takes none until it is opened anew. */
		private isBroken = false;

		constructor(
			private readonly path: string,
			private readonly options: { readonly createIfMissing?: boolean } = {},
		) {}

		/** What cannot be read is left out. */
		static async repair(path: string): Promise<void> {
			await disk.operate(program, 'open', 'repair', () => {
				const folder = disk.folder(path);
				if (folder === undefined) return;
				if (folder.ruin === 'beyond') throw failed('LEVEL_CORRUPTION', 'Corruption: nothing can be made of it');
				folder.ruin = undefined;
				for (const key of folder.broken) folder.data?.delete(key);
				folder.broken.clear();
			});
		}

		async open(): Promise<void> {
			await disk
				.operate(program, 'open', 'open', () => {
					const found = disk.folder(this.path);
					if (found?.data === undefined && this.options.createIfMissing === false)
						throw failed('LEVEL_OPEN', 'does not exist (create_if_missing is false)');
					if (found?.ruin !== undefined) throw failed('LEVEL_CORRUPTION', 'Corruption: 1 missing files');
					const folder = disk.make(this.path);
					if (folder.lockedBy?.isAlive() === true) throw failed('LEVEL_LOCKED', 'already held by process');
					folder.lockedBy = program;
					folder.data ??= new Map();
					for (const name of ['CURRENT', 'LOCK', '000003.log']) folder.files.set(name, '');
					this.folder = folder;
				})
				.catch((error: unknown) => {
					const opened = this.folder;
					if (opened?.lockedBy === program) opened.lockedBy = undefined;
					this.folder = undefined;
					throw notOpened(error as Error);
				});
		}

		private async read<Result>(name: string, work: (data: Folder) => Result): Promise<Result> {
			const { folder } = this;
			if (folder === undefined) throw failed('LEVEL_DATABASE_NOT_OPEN', 'Database is not open');
			return await disk.operate(program, 'read', name, () => work(folder));
		}

		async get(key: string): Promise<string | undefined> {
			return await this.read(`get ${key}`, ({ data, broken }) => {
				if (broken.has(key)) throw failed('LEVEL_CORRUPTION', 'Corruption: block checksum mismatch');
				return data?.get(key);
			});
		}

		private async write(name: string, operations: readonly Operation[]): Promise<void> {
			const { folder } = this;
			if (folder === undefined) throw failed('LEVEL_DATABASE_NOT_OPEN', 'Database is not open');
			if (this.isBroken) throw failed('LEVEL_IO_ERROR', 'IO error: No space left on device');
			await disk
				.operate(program, 'write', name, () => disk.apply(folder, operations), operations)
				.catch((error: unknown) => {
					this.isBroken = true;
					throw error;
				});
		}

		async put(key: string, value: string): Promise<void> {
			await this.write(`put ${key}`, [{ type: 'put', key, value }]);
		}
		async del(key: string): Promise<void> {
			await this.write(`del ${key}`, [{ type: 'del', key }]);
		}
		async batch(operations: readonly Operation[]): Promise<void> {
			await this.write(`batch of ${operations.length}`, operations);
		}

		private rows(folder: Folder, range: Range): Row[] {
			const { gt = '', lt = '\uffff', limit = -1, reverse = false } = range;
			const rows = [...(folder.data ?? [])].filter(([key]) => key > gt && key < lt);
			rows.sort(([one], [other]) => (one < other ? -1 : 1));
			if (reverse) rows.reverse();
			const found = limit < 0 ? rows : rows.slice(0, limit);
			// A block of the file holds both.
			if (found.some(([key]) => folder.broken.has(key)))
				throw failed('LEVEL_CORRUPTION', 'Corruption: block checksum mismatch');
			return found;
		}
		private iterate<Each>(range: Range, eachOf: (row: Row) => Each): unknown {
			const all = async (): Promise<Each[]> =>
				await this.read('iterate', (folder) => this.rows(folder, range).map(eachOf));
			let isRead = false;
			return {
				all,
				nextv: async () => {
					const page = isRead ? [] : await all();
					isRead = true;
					return page;
				},
				close: async () => await Promise.resolve(),
				async *[Symbol.asyncIterator]() {
					yield* await all();
				},
			};
		}
		keys(range: Range = {}): unknown {
			return this.iterate(range, ([key]) => key);
		}
		values(range: Range = {}): unknown {
			return this.iterate(range, ([, value]) => value);
		}
		iterator(range: Range = {}): unknown {
			return this.iterate(range, (row) => row);
		}
		async close(): Promise<void> {
			await Promise.resolve();
			if (this.folder?.lockedBy === program) this.folder.lockedBy = undefined;
			this.folder = undefined;
		}
	}
	return { ClassicLevel };
};
