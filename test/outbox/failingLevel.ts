import { openDatabase } from '../../packages/outbox/src/store/openDatabase';
import type { Level, Operation, Range } from '../../packages/outbox/src/store/level';
import type { DatabaseMeans } from '../../packages/outbox/src/store/databaseFiles';

/** What the operations of a database do: `applied` fails although it was done. */
export type Fate = 'works' | 'fails' | 'applied';

/** A disk with one database on it, in memory, whose n-th operation meets what a test says. */
export interface FailingDisk {
	readonly means: Pick<DatabaseMeans, 'open' | 'files'>;
	readonly content: Map<string, string>;
	/** What was done so far, by name. */
	readonly operations: string[];
	/** How many databases are open on it; never more than one. */
	readonly mostOpen: () => number;
}

const failure = (): Error => Object.assign(new Error('IO error: No space left on device'), { code: 'LEVEL_IO_ERROR' });

export const failingDisk = (fateOf: (operation: number, name: string) => Fate): FailingDisk => {
	const content = new Map<string, string>();
	const operations: string[] = [];
	let [open, mostOpen, journal] = [0, 0, ''];
	const meet = async <Result>(name: string, work: () => Result): Promise<Result> => {
		await Promise.resolve();
		const fate = fateOf(operations.push(name) - 1, name);
		if (fate === 'fails') throw failure();
		const result = work();
		if (fate === 'applied') throw failure();
		return result;
	};
	const keysIn = ({
		gt = '',
		lt = '\uffff',
		limit = Number.POSITIVE_INFINITY,
		reverse = false,
	}: Range): readonly string[] => {
		const keys = [...content.keys()].filter((key) => key > gt && key < lt).sort();
		return (reverse ? keys.reverse() : keys).slice(0, limit);
	};
	const apply = (operation: Operation): void => {
		if (operation.type === 'put') content.set(operation.key, operation.value);
		else content.delete(operation.key);
	};

	const level = (): Level => {
		let isOpen = true;
		// After one failed write a database takes none until it is opened anew.
		let isBroken = false;
		const look = async <Result>(name: string, work: () => Result): Promise<Result> => {
			if (!isOpen) throw Object.assign(new Error('Database is not open'), { code: 'LEVEL_DATABASE_NOT_OPEN' });
			return await meet(name, work);
		};
		const write = async (name: string, all: readonly Operation[]): Promise<void> => {
			if (isBroken) throw failure();
			try {
				await look(name, () => all.forEach(apply));
			} catch (error) {
				isBroken = true;
				throw error;
			}
		};
		return {
			open: async () => await Promise.resolve(),
			get: async (key) => await look('get', () => content.get(key)),
			put: async (key, value) => {
				await write('put', [{ type: 'put', key, value }]);
			},
			del: async (key) => {
				await write('del', [{ type: 'del', key }]);
			},
			batch: async (all) => {
				await write('batch', all);
			},
			keys: (range) => {
				const all = async (): Promise<string[]> => await look('keys', () => [...keysIn(range)]);
				let isRead = false;
				return {
					all,
					nextv: async () => {
						const page = isRead ? [] : await all();
						isRead = true;
						return page;
					},
					close: async () => await Promise.resolve(),
				};
			},
			values: () => {
				throw new Error('Nobody reads values alone.');
			},
			iterator: (range) => {
				const all = async (): Promise<[string, string][]> =>
					await look('iterator', () => keysIn(range).map((key): [string, string] => [key, content.get(key) ?? '']));
				return {
					all,
					async *[Symbol.asyncIterator]() {
						yield* await all();
					},
				};
			},
			close: async () => {
				await Promise.resolve();
				if (isOpen) open--;
				isOpen = false;
			},
		};
	};
	return {
		content,
		operations,
		mostOpen: () => mostOpen,
		means: {
			open: async () =>
				await meet('open', () => {
					if (open > 0) throw Object.assign(new Error('locked'), { code: 'LEVEL_LOCKED' });
					mostOpen = Math.max(mostOpen, ++open);
					return level();
				}).catch((error: unknown) => {
					// What failed to open holds nothing.
					open = 0;
					throw error;
				}),
			files: {
				placeOf: async () => await meet('placeOf', () => 1),
				stands: async () => {
					await meet('stands', () => undefined);
				},
				closeToOthers: async () => {
					await meet('closeToOthers', () => undefined);
				},
				openJournal: async () =>
					await meet('openJournal', () => {
						let end = journal.length;
						return {
							place: 1,
							pieces: async function* () {
								yield await Promise.resolve(journal);
							},
							cutTo: async (bytes: number) => {
								await meet('cutTo', () => {
									journal = journal.slice(0, bytes);
									end = bytes;
								});
							},
							bytes: () => end,
							append: async (text: string) => {
								await meet('append', () => {
									journal = journal.slice(0, end) + text;
									end += text.length;
								});
							},
							sync: async () => await meet('sync', () => undefined),
							close: async () => await Promise.resolve(),
						};
					}),
				replaceJournal: async (_path, text) => {
					let fresh = '';
					for await (const line of text) fresh += line;
					await meet('replaceJournal', () => {
						journal = fresh;
					});
				},
			},
		},
	};
};

/** Puts texts into the database of a store that is closed, as if it had written them. */
export const plant = async (
	{ means }: Pick<FailingDisk, 'means'>,
	rows: readonly (readonly [key: string, text: string])[],
): Promise<void> => {
	const opened = await openDatabase({
		folder: 'nowhere',
		format: '3',
		journalPath: 'nowhere/journal',
		keepsText: (key) => !/^(?:waiting|sending|unconfirmed|ended)!/.test(key),
		watcher: { away: () => undefined, back: () => undefined },
		means,
	});
	await opened?.database.write(rows.map(([key, value]) => ({ type: 'put', key, value })));
	await opened?.database.close();
};
