/** Hears when something cannot be used any more, and when it can again: once each, however often it is tried meanwhile. */
export interface Watcher {
	readonly away: (error: unknown) => void;
	readonly back: () => void;
}

export interface ReopeningOptions<Opened> {
	/** Opens it; rejects where it cannot be used for what it is for. */
	readonly open: () => Promise<Opened>;
	readonly shut: (opened: Opened) => Promise<void>;
	readonly watcher: Watcher;
	/** A clock that only goes forward, in ms. */
	readonly now?: () => number;
	/** Resolves after `ms`, or as soon as the program ends; without it only those who use it try. */
	readonly sleep?: ((ms: number) => Promise<void>) | undefined;
}

/** Something that can fail and come back, such as a database on a disk that is full for a while. */
export interface Reopening<Opened> {
	/**
	 * Works with what is open. What failed is opened anew and the work done once more, so it must be work that may be done
	 * twice. Rejects where it cannot be used now. `isOfTheData`: an error says something of what was asked for, and nothing of
	 * what is open.
	 */
	readonly use: <Result>(
		work: (opened: Opened) => Promise<Result>,
		isOfTheData?: (error: unknown) => boolean,
	) => Promise<Result>;
	readonly isAway: () => boolean;
	/** Waits for an opening under way; nothing is opened after it. */
	readonly close: () => Promise<void>;
}

const firstPauseMs = 250;
const longestPauseMs = 5000;
/** A timer may be over that much early. */
const earlyMs = 50;

const closedError = (): Error => new Error('It is closed.');

/** One opening at a time for all who use it; after one that failed the next is tried when a pause is over, which doubles each time. */
export const createReopening = <Opened>(options: ReopeningOptions<Opened>, first?: Opened): Reopening<Opened> => {
	const { open, shut, watcher, now = () => performance.now(), sleep } = options;
	let opened = first;
	let opening: Promise<Opened> | undefined;
	let shutting: Promise<void> = Promise.resolve();
	let isAway = false;
	let isClosed = false;
	let isTrying = false;
	let failures = 0;
	let tryAtMs = Number.NEGATIVE_INFINITY;
	let lastError: unknown;

	const failed = (error: unknown): void => {
		if (isClosed) return;
		lastError = error;
		tryAtMs = now() + Math.min(longestPauseMs, firstPauseMs * 2 ** failures++);
		if (!isAway) {
			isAway = true;
			watcher.away(error);
		}
		if (sleep !== undefined && !isTrying) void tryOnAndOn(sleep);
	};

	const openAnew = async (): Promise<Opened> => {
		await shutting;
		if (isClosed) throw closedError();
		const fresh = await open();
		if (isClosed) {
			await shut(fresh);
			throw closedError();
		}
		opened = fresh;
		if (isAway) {
			isAway = false;
			watcher.back();
		}
		return fresh;
	};
	const reopen = async (): Promise<Opened> => {
		opening ??= openAnew()
			.finally(() => {
				opening = undefined;
			})
			.catch((error: unknown) => {
				failed(error);
				throw error;
			});
		return await opening;
	};

	/** So that whoever waits for it need not ask. */
	const tryOnAndOn = async (nap: (ms: number) => Promise<void>): Promise<void> => {
		isTrying = true;
		while (isAway && !isClosed) {
			const untilMs = tryAtMs;
			await nap(Math.max(1, Math.ceil(untilMs - now())));
			// The program ends: then no nap lasts, and who still uses it tries.
			if (now() < untilMs - earlyMs) break;
			if (isAway && !isClosed && now() >= tryAtMs) await reopen().catch(() => undefined);
		}
		isTrying = false;
	};

	const current = async (): Promise<Opened> => {
		if (isClosed) throw closedError();
		if (opening !== undefined) return await opening;
		if (opened !== undefined) return opened;
		if (now() < tryAtMs) throw lastError;
		return await reopen();
	};
	/** Whoever sees first that it failed shuts it; false for all others. */
	const lose = (lost: Opened): boolean => {
		if (opened !== lost || isClosed) return false;
		opened = undefined;
		shutting = shut(lost).catch(() => undefined);
		return true;
	};

	return {
		use: async (work, isOfTheData = () => false) => {
			const before = await current();
			try {
				const result = await work(before);
				failures = 0;
				return result;
			} catch (error) {
				if (isClosed || isOfTheData(error)) throw error;
				lose(before);
			}
			const again = await current();
			try {
				return await work(again);
			} catch (error) {
				if (!isOfTheData(error) && lose(again)) failed(error);
				throw error;
			}
		},
		isAway: () => isAway,
		close: async () => {
			isClosed = true;
			await opening?.catch(() => undefined);
			await shutting;
			const last = opened;
			opened = undefined;
			if (last !== undefined) await shut(last);
		},
	};
};
