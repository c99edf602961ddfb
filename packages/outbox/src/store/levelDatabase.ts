import { createPlaceCheck, type DatabaseMeans, meansOf, type PlaceCheck } from './databaseFiles';
import { isCorruption, isWhole, openWritten, writesIn, writtenKey } from './databaseFormat';
import type { Level, Operation } from './level';
import { createReopening, type Reopening, type Watcher } from './reopening';
import type { WriteCounter } from './writeCounter';

/** A database that holds entries of this format and nothing was lost from. It comes back by itself where its disk failed for a while. */
export interface Database {
	/** Reads; `work` may be begun a second time where the first failed. */
	readonly read: <Result>(work: (level: Level) => Promise<Result>) => Promise<Result>;
	/** All or nothing, on disk when it resolves. */
	readonly write: (operations: readonly Operation[]) => Promise<void>;
	readonly isAway: () => boolean;
	readonly close: () => Promise<void>;
}

interface Opened {
	readonly level: Level;
	readonly counter: WriteCounter;
	/** Which folder it is, whatever its name. */
	readonly place: number;
}

interface State {
	readonly folder: string;
	readonly means: ReturnType<typeof meansOf>;
	readonly placeCheck: PlaceCheck;
	/** The one that was opened last. */
	opened: Opened;
	/** How many writes it holds. */
	written: number;
	counting?: NodeJS.Timeout | undefined;
}

/** A write of some bytes more for each lead would be felt; ten a second are not, and until then the count is too low, which it may be. */
const countAfterMs = 100;

const countSoon = (state: State): void => {
	state.counting ??= setTimeout(() => {
		state.counting = undefined;
		state.opened.counter.write(state.written).catch(() => undefined);
	}, countAfterMs);
};

/** Rejects where another database stands in its place: a new one would be begun for one that was moved away. */
const reopen = async (state: State): Promise<Opened> => {
	const { folder, means } = state;
	await means.files.stands(folder);
	const level = await openWritten(folder, means.open, state.written);
	try {
		state.opened = {
			level,
			counter: await means.files.openWriteCounter(folder),
			place: await means.files.placeOf(folder),
		};
		return state.opened;
	} catch (error) {
		await level.close().catch(() => undefined);
		throw error;
	}
};

const shut = async (state: State, { level, counter }: Opened): Promise<void> => {
	await level.close().catch(() => undefined);
	await counter.write(state.written).catch(() => undefined);
	await counter.close().catch(() => undefined);
};

const write = async (state: State, { level, place }: Opened, operations: readonly Operation[]): Promise<void> => {
	const { folder, means, placeCheck } = state;
	const looks = placeCheck.isDue();
	if (looks) await placeCheck.look(place);
	await level.batch([...operations, { type: 'put', key: writtenKey, value: String(state.written + 1) }], {
		sync: true,
	});
	state.written++;
	countSoon(state);
	if (!looks) return;
	placeCheck.looked();
	// What was written is safe, and is no less so where this fails.
	await means.files.closeToOthers(folder).catch(() => undefined);
};

const databaseOf = (state: State, database: Reopening<Opened>): Database => ({
	read: async (work) => await database.use(async ({ level }) => await work(level), isCorruption),
	write: async (operations) => {
		await database.use(async (opened) => {
			await write(state, opened, operations);
		});
	},
	isAway: database.isAway,
	close: async () => {
		await database.close();
		clearTimeout(state.counting);
	},
});

const nobody: Watcher = { away: () => undefined, back: () => undefined };

/**
 * Opens a folder's database. Undefined: it holds something else, entries of another format, or less than was written to
 * it. Rejects where the folder cannot be used, or its files are broken.
 */
export const openDatabase = async (
	folder: string,
	watcher = nobody,
	given: DatabaseMeans = {},
): Promise<Database | undefined> => {
	const means = meansOf(given);
	const { files, open, now, sleep } = means;
	const level = await open(folder, { createIfMissing: true });
	let counter: WriteCounter | undefined;
	try {
		counter = await files.openWriteCounter(folder);
		const written = await writesIn(level);
		if (written !== undefined && written >= (await counter.read()) && (await isWhole(level))) {
			await files.closeToOthers(folder);
			const opened = { level, counter, place: await files.placeOf(folder) };
			const state: State = { folder, means, placeCheck: createPlaceCheck(folder, files, now), opened, written };
			const reopening = createReopening<Opened>(
				{
					open: async () => await reopen(state),
					shut: async (each) => await shut(state, each),
					watcher,
					now,
					sleep,
				},
				opened,
			);
			return databaseOf(state, reopening);
		}
	} catch (error) {
		await counter?.close();
		await level.close();
		throw error;
	}
	await counter.close();
	await level.close();
	return undefined;
};
