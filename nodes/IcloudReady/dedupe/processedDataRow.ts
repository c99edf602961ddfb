import type { DedupeState } from '../../../packages/core/src';
import type { DeduplicationHelperFunctions } from 'n8n-workflow';

/** n8n's own record of one node, as it lends it to an execution. */
export type Store = Pick<DeduplicationHelperFunctions, 'checkProcessedAndRecord' | 'removeProcessed'>;

/** What one run asks of the row or tells it. */
export interface RowWork {
	/** Keys to be sent: what is known of each, and each is recorded as being sent. */
	readonly ask?: readonly string[];
	/** Further names under which a key that is asked for may stand; none of them gets a mark. */
	readonly otherNames?: ReadonlyMap<string, readonly string[]>;
	/** Keys whose lead was created. */
	readonly created?: readonly string[];
	/** Keys that were recorded as being sent and leave no mark. */
	readonly unsent?: readonly string[];
}

/** Marks by key or other name; a key that was asked for and has none, under whatever name, was new. It may hold keys that others asked for at the same time. */
export type RowAnswer = ReadonlyMap<string, DedupeState>;

/** The row of one node: `work` is done in the order it came, together with what waits at the same time. */
export interface Row {
	readonly work: (store: Store, work: RowWork) => Promise<RowAnswer>;
}

/** n8n keeps a node's record as one row, read and written whole: what is oldest is forgotten so that it stays small. */
const settings = { mode: 'entries', maxEntries: 10_000 } as const;

const sending = (key: string): string => `s:${key}`;
const created = (key: string): string => `c:${key}`;
const keyOf = (entry: unknown): string => String(entry).slice(2);

/**
 * A key that stood there as being sent was created before, or its sending never ended. No call looks without recording:
 * to find out which, "created" is recorded too and taken back where it was new.
 */
const carryOut = async (
	store: Store,
	{ ask = [], otherNames = new Map(), created: done = [], unsent = [] }: RowWork,
): Promise<RowAnswer> => {
	const others = ask.flatMap((key) => otherNames.get(key) ?? []);
	const names = [...ask, ...others];
	// Both marks of a created key: one who took over from a lead that failed lost the first one to it.
	const entries = [...names.map(sending), ...done.flatMap((key) => [sending(key), created(key)])];
	const first = entries.length === 0 ? undefined : await store.checkProcessedAndRecord(entries, 'node', settings);
	const asked = new Set(names.map(sending));
	const seen = (first?.processed ?? []).filter((entry) => asked.has(String(entry))).map(keyOf);
	const second =
		seen.length === 0 ? undefined : await store.checkProcessedAndRecord(seen.map(created), 'node', settings);
	const unended = new Set((second?.new ?? []).map(keyOf));
	const known = new Set(seen);
	const nameless = ask.filter(
		(key) => !known.has(key) && otherNames.get(key)?.some((name) => known.has(name)) === true,
	);
	const unmarked = [...unsent, ...others.filter((name) => !known.has(name)), ...nameless];
	const gone = [...[...unended].map(created), ...unmarked.map(sending)];
	if (gone.length > 0) await store.removeProcessed(gone, 'node', settings);
	return new Map(seen.map((key) => [key, unended.has(key) ? 'sending' : 'created']));
};

interface Waiting {
	readonly store: Store;
	readonly work: RowWork;
	readonly keys: readonly string[];
	readonly settle: (answer: Promise<RowAnswer>) => void;
}

const keysOf = ({ ask = [], otherNames, created: done = [], unsent = [] }: RowWork): readonly string[] => [
	...ask,
	...[...(otherNames?.values() ?? [])].flat(),
	...done,
	...unsent,
];

const together = (all: readonly Waiting[]): RowWork => ({
	ask: all.flatMap(({ work }) => work.ask ?? []),
	otherNames: new Map(all.flatMap(({ work }) => [...(work.otherNames ?? [])])),
	created: all.flatMap(({ work }) => work.created ?? []),
	unsent: all.flatMap(({ work }) => work.unsent ?? []),
});

/** As many from the front as touch no key twice, so that what is done together is as good as done in order. */
const nextBatch = (waiting: readonly Waiting[]): number => {
	const touched = new Set<string>();
	const end = waiting.findIndex(({ keys }, index) => {
		if (index > 0 && keys.some((key) => touched.has(key))) return true;
		for (const key of keys) touched.add(key);
		return false;
	});
	return end === -1 ? waiting.length : end;
};

/**
 * One call after the other, since of two at the same time the later would undo the earlier; what comes in while one is
 * under way is done together in the next, since a call costs the same for one key and for a hundred.
 */
export const createRow = (): Row => {
	const waiting: Waiting[] = [];
	let isBusy = false;

	const run = async (): Promise<void> => {
		isBusy = true;
		while (waiting.length > 0) {
			const batch = waiting.splice(0, nextBatch(waiting));
			const answer = carryOut((batch[0] as Waiting).store, together(batch));
			for (const { settle } of batch) settle(answer);
			await answer.catch(() => undefined);
		}
		isBusy = false;
	};

	return {
		work: async (store, work) =>
			await new Promise<RowAnswer>((settle) => {
				waiting.push({ store, work, keys: keysOf(work), settle });
				if (!isBusy) void run();
			}),
	};
};
