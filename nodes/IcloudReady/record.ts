import type { DeduplicationHelperFunctions, IExecuteFunctions } from 'n8n-workflow';
import { createOnce, type InFlight, type LeadKey, type Mark, type Marks, type Once } from '../../packages/core/src';

/** The record of one run of the node; `flush` writes what the run learned, once, at its end. */
export interface RunRecord {
	readonly once: Once;
	readonly flush: () => Promise<void>;
}

type Store = Pick<DeduplicationHelperFunctions, 'checkProcessedAndRecord' | 'removeProcessed'>;

/** n8n keeps a node's record as one row, read and written whole: what is oldest is forgotten so that it stays small. */
const settings = { mode: 'entries', maxEntries: 10_000 } as const;

/** What all runs of one node in this process share. */
interface Shared {
	readonly inFlight: InFlight;
	/** Which run sends a key now: a lead may be taken over by another run, and then its mark is that run's. */
	readonly owners: Map<string, symbol>;
	/** The last call to the row. */
	line: Promise<unknown>;
}

const nodes = new Map<string, Shared>();

const sharedOf = (name: string): Shared => {
	const shared = nodes.get(name) ?? { inFlight: new Map(), owners: new Map(), line: Promise.resolve() };
	nodes.set(name, shared);
	return shared;
};

const nodeName = (n8n: Pick<IExecuteFunctions, 'getNode' | 'getWorkflow'>): string => `${n8n.getWorkflow().id ?? ''} ${n8n.getNode().id}`;

/** One call to the row after the other: of two at the same time the later would undo the earlier. */
const inLine = async <Result>(shared: Shared, call: () => Promise<Result>): Promise<Result> => {
	const mine = shared.line.then(call);
	shared.line = mine.catch(() => undefined);
	return await mine;
};

const sending = (key: string): string => `s:${key}`;
const created = (key: string): string => `c:${key}`;

/**
 * Asks the row about keys and records at once that they are being sent. A key that stood there already was created
 * before, or its sending never ended; to find out which, "created" is recorded too and taken back where it was new.
 */
const ask = async (store: Store, keys: readonly string[]): Promise<ReadonlyMap<string, Mark>> => {
	const first = await store.checkProcessedAndRecord(keys.map(sending), 'node', settings);
	const seen = first.processed.map((entry) => String(entry).slice(2));
	if (seen.length === 0) return new Map();
	const second = await store.checkProcessedAndRecord(seen.map(created), 'node', settings);
	const unended = second.new.map((entry) => String(entry).slice(2));
	if (unended.length > 0) await store.removeProcessed(unended.map(created), 'node', settings);
	return new Map(seen.map((key) => [key, unended.includes(key) ? 'sending' : 'created']));
};

/**
 * The record that lasts across executions, on n8n's own database. `keys` are those of the run: they are asked for in one
 * call, and what became of them is written in one.
 */
export const lastingRecord = (n8n: Pick<IExecuteFunctions, 'getNode' | 'getWorkflow' | 'helpers'>, keys: readonly LeadKey[], onFault: (error: unknown) => void): RunRecord => {
	const shared = sharedOf(nodeName(n8n));
	const { inFlight, owners } = shared;
	const store: Store = n8n.helpers;
	const me = Symbol('run');

	const asked = new Map<string, Promise<Mark | undefined>>();
	// A key that another execution sends just now is asked for when that is over.
	const wanted = [...new Set(keys.map(({ text }) => text))].filter((text) => !inFlight.has(text));
	if (wanted.length > 0) {
		const answer = inLine(shared, async () => await ask(store, wanted));
		for (const text of wanted) asked.set(text, answer.then((marks) => marks.get(text)));
		answer.catch(() => undefined);
	}

	const done: string[] = [];
	const undone: string[] = [];
	let flushing: Promise<void> | undefined;
	let whenFlushed = (): void => undefined;
	const flushed = new Promise<void>((resolve) => { whenFlushed = resolve; });

	const marks: Marks = {
		isLate: true,
		get: async (text) => {
			const known = asked.get(text);
			asked.delete(text);
			return await (known ?? inLine(shared, async () => (await ask(store, [text])).get(text)));
		},
		put: async (text, mark) => {
			if (mark === 'sending') {
				// It was recorded when it was asked for.
				owners.set(text, me);
				return;
			}
			done.push(text);
			await flushed;
		},
		remove: async (text) => {
			undone.push(text);
			await flushed;
		},
		close: async () => { await flushed; },
	};

	/** What was asked for, was new, and was not sent after all: it leaves no mark either. */
	const neverSent = async (): Promise<readonly string[]> => {
		const answers = await Promise.all([...asked].map(async ([text, mark]) => [text, await mark] as const));
		return answers.filter(([text, mark]) => mark === undefined && !owners.has(text)).map(([text]) => text);
	};

	const write = async (): Promise<void> => {
		try {
			// Both marks: one who took over from a lead that failed lost the first one to it.
			if (done.length > 0) await inLine(shared, async () => await store.checkProcessedAndRecord(done.flatMap((text) => [sending(text), created(text)]), 'node', settings));
			const unsent = [...undone.filter((text) => owners.get(text) === me && !done.includes(text)), ...(await neverSent())];
			if (unsent.length > 0) await inLine(shared, async () => { await store.removeProcessed(unsent.map(sending), 'node', settings); });
		} catch (error) {
			onFault(error);
		} finally {
			for (const [text, owner] of owners) if (owner === me) owners.delete(text);
			whenFlushed();
		}
	};

	return { once: createOnce(marks, onFault, inFlight), flush: async () => { await (flushing ??= write()); } };
};
