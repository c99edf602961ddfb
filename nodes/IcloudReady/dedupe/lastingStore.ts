import {
	createDedupe,
	type InFlightKeys,
	type DedupeKey,
	type DedupeState,
	type DedupeStore,
	type Dedupe,
} from '../../../packages/core/src';
import { namesOfADay } from './namesOfADay';
import { createRow, type Row, type RowAnswer, type Store } from './processedDataRow';
import type { IExecuteFunctions } from 'n8n-workflow';

/** The record of one run of the node; `flush` writes what the run learned, once, at its end. */
export interface RunRecord {
	readonly once: Dedupe;
	readonly flush: () => Promise<void>;
}

/** What all runs of one node in this process share. */
interface Shared {
	readonly inFlight: InFlightKeys;
	/** Which run sends a key now: a lead may be taken over by another run, and then its mark is that run's. */
	readonly owners: Map<string, symbol>;
	readonly row: Row;
}

const nodes = new Map<string, Shared>();

const sharedOf = (name: string): Shared => {
	const shared = nodes.get(name) ?? { inFlight: new Map(), owners: new Map(), row: createRow() };
	nodes.set(name, shared);
	return shared;
};

const nodeName = (n8n: Pick<IExecuteFunctions, 'getNode' | 'getWorkflow'>): string =>
	`${n8n.getWorkflow().id ?? ''} ${n8n.getNode().id}`;

/**
 * The record that lasts across executions, on n8n's own database. `keys` are those of the run: they are asked for in one
 * call, and what became of them is written in one.
 */
export const lastingRecord = (
	n8n: Pick<IExecuteFunctions, 'getNode' | 'getWorkflow' | 'helpers'>,
	keys: readonly DedupeKey[],
	onFault: (error: unknown) => void,
	now: () => number = () => Date.now(),
): RunRecord => {
	const shared = sharedOf(nodeName(n8n));
	const { inFlight, owners, row } = shared;
	const store: Store = n8n.helpers;
	const me = Symbol('run');

	/** Under which name each key stands in the row, as far as it was asked for. */
	const nameOf = new Map<string, string>();
	const ask = async (texts: readonly string[]): Promise<RowAnswer> => {
		const all = texts.map((text) => ({ text, names: namesOfADay(text, now()) }));
		for (const { text, names } of all) nameOf.set(text, names[0]);
		const answer = await row.work(store, {
			ask: all.map(({ names: [present] }) => present),
			otherNames: new Map(all.map(({ names: [present, ...earlier] }) => [present, earlier])),
		});
		const marks = new Map<string, DedupeState>();
		for (const { text, names } of all) {
			const name = names.find((each) => answer.has(each)) ?? names[0];
			const mark = answer.get(name);
			nameOf.set(text, name);
			if (mark !== undefined) marks.set(text, mark);
		}
		return marks;
	};
	const named = (texts: readonly string[]): readonly string[] => texts.map((text) => nameOf.get(text) ?? text);

	const asked = new Map<string, Promise<DedupeState | undefined>>();
	// A key that another execution sends just now is asked for when that is over.
	const wanted = [...new Set(keys.map(({ text }) => text))].filter((text) => !inFlight.has(text));
	if (wanted.length > 0) {
		const answer = ask(wanted);
		for (const text of wanted)
			asked.set(
				text,
				answer.then((marks) => marks.get(text)),
			);
		answer.catch(() => undefined);
	}

	const done: string[] = [];
	const undone: string[] = [];
	let flushing: Promise<void> | undefined;
	let whenFlushed = (): void => undefined;
	const flushed = new Promise<void>((resolve) => {
		whenFlushed = resolve;
	});

	const marks: DedupeStore = {
		writeBehind: true,
		get: async (text) => {
			const known = asked.get(text);
			asked.delete(text);
			return await (known ?? ask([text]).then((found) => found.get(text)));
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
		close: async () => {
			await flushed;
		},
	};

	/**
	 * What was asked for, was new, and was not sent after all: it leaves no mark either. Where nobody answered, nobody knows
	 * whether it was new, and a mark that is there stays.
	 */
	const neverSent = async (): Promise<readonly string[]> => {
		const unsent: string[] = [];
		for (const [text, asking] of asked) {
			const isNew = await asking.then(
				(mark) => mark === undefined,
				() => false,
			);
			if (isNew) unsent.push(text);
		}
		// At the end, since another run may have begun to send one meanwhile.
		return unsent.filter((text) => !owners.has(text));
	};

	const write = async (): Promise<void> => {
		try {
			const unsent = [
				...undone.filter((text) => owners.get(text) === me && !done.includes(text)),
				...(await neverSent()),
			];
			if (done.length + unsent.length > 0) await row.work(store, { created: named(done), unsent: named(unsent) });
		} catch (error) {
			onFault(error);
		} finally {
			for (const [text, owner] of owners) if (owner === me) owners.delete(text);
			whenFlushed();
		}
	};

	return {
		once: createDedupe(marks, onFault, inFlight),
		flush: async () => {
			await (flushing ??= write());
		},
	};
};
