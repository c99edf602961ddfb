import { openDiskStore, type Entry, type LeadPayload, type PayloadFormat } from '../../packages/outbox/src';
import { byCases, chosen, seed, seeded } from '../fixtures/cases';
import { replied } from './world';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What can be damaged of a store, and how. */
const files = ['.log', '.ldb', 'MANIFEST', 'CURRENT', 'journal'] as const;
const kinds = ['cut', 'zeroed', 'bit', 'gone', 'older'] as const;
const places = ['start', 'middle', 'end'] as const;
export type Damaging = readonly [
	file: (typeof files)[number],
	kind: (typeof kinds)[number],
	at: (typeof places)[number],
];

const all: readonly Damaging[] = files.flatMap((file) =>
	kinds.flatMap((kind) =>
		(kind === 'gone' || kind === 'older' ? (['start'] as const) : places).map((at) => [file, kind, at] as const),
	),
);

/** The rows of this run for one kind of store; another `salt` chooses others. */
export const damages = (salt: number): readonly Damaging[] =>
	chosen(all, byCases({ few: 2, more: 5, all: all.length }), salt);

export const leads = 600;

/** A folder that was filled, and an older copy of each file of it. */
export interface Filled {
	readonly folder: string;
	readonly older: string;
}

/** Damages the largest file of a kind, as a power cut, a worn disk or a person does. */
const damage = ({ folder, older }: Filled, [file, kind, at]: Damaging, random: () => number): void => {
	const names = readdirSync(folder).filter((name) => name.endsWith(file) || name.startsWith(file));
	const size = (name: string): number => statSync(join(folder, name)).size;
	const name = [...names].sort((one, other) => size(other) - size(one))[0];
	if (name === undefined) throw new Error(`No file ${file} to damage.`);
	const path = join(folder, name);
	if (kind === 'gone') return rmSync(path);
	if (kind === 'older') return cpSync(join(older, name), path);
	const bytes = readFileSync(path);
	const from = Math.floor(bytes.length * { start: 0.1, middle: 0.5, end: 0.95 }[at] + random() * 20);
	const first = Math.min(from, bytes.length - 1);
	if (kind === 'cut') return writeFileSync(path, bytes.subarray(0, first));
	if (kind === 'zeroed') bytes.fill(0, first, Math.min(bytes.length, first + 512));
	else bytes[first] = (bytes[first] ?? 0) ^ 4;
	writeFileSync(path, bytes);
};

/** Copies what was there first, and of what came since each file as it was first. */
export const keepOlder = ({ folder, older }: Filled, isFirst: boolean): void => {
	if (isFirst) cpSync(folder, older, { recursive: true });
	else for (const name of readdirSync(folder)) cpSync(join(folder, name), join(older, name), { force: false });
};

/** Filled once by `fill`; each row damages a copy of its own. */
export const useDamaged = (fill: (filled: Filled) => Promise<void>): ((damaging: Damaging) => string) => {
	let place: string;
	let rows = 0;
	const filledIn = (): Filled => ({ folder: join(place, 'filled'), older: join(place, 'older') });
	beforeAll(async () => {
		place = mkdtempSync(join(tmpdir(), 'icloud-ready-damage-'));
		await fill(filledIn());
	});
	afterAll(() => rmSync(place, { recursive: true, force: true }));
	return (damaging) => {
		const { folder, older } = filledIn();
		const copy = join(place, `row-${++rows}`, 'store');
		cpSync(folder, copy, { recursive: true });
		damage({ folder: copy, older }, damaging, seeded(seed));
		return copy;
	};
};

const atOnce = 5;

/** A third waits, a third has ended, the others went back to waiting, in files of both kinds. */
export const fillWithLeads =
	<Payload extends LeadPayload>(format: PayloadFormat<Payload>, entryOf: (number: number) => Entry<Payload>) =>
	async (filled: Filled): Promise<void> => {
		const part = leads / 6;
		for (let first = 1; first <= leads; first += part) {
			const { store } = await openDiskStore(filled.folder, 0, format);
			const run = async (number: number): Promise<void> => {
				const given = { ...entryOf(number), submissionKey: `key ${number}` };
				await store.write([{ kind: 'put', entry: given, shelf: 'waiting' }]);
				if (number % 3 === 0) return;
				await store.write([{ kind: 'put', entry: given, shelf: 'sending', from: 'waiting' }]);
				const ended = { ...given, outcome: { ...replied(201), lead: given.payload.lead }, endedAtMs: 1 };
				await store.write([
					number % 3 === 1
						? { kind: 'put', entry: ended, shelf: 'ended', from: 'sending' }
						: { kind: 'put', entry: { ...given, againAtMs: 7 }, shelf: 'waiting', from: 'sending' },
				]);
			};
			// Some at once, as they come: a disk takes its time for each write.
			for (let number = first; number < first + part; number += atOnce)
				await Promise.all(Array.from({ length: atOnce }, async (_, index) => await run(number + index)));
			await store.close();
			keepOlder(filled, first === 1);
		}
	};

/** Whether `isOver`, however many turns that takes; a test that was given up turns no more. */
export const useTurns = (): ((isOver: () => boolean | Promise<boolean>) => Promise<void>) => {
	let run = 0;
	afterEach(() => {
		run++;
	});
	return async (isOver) => {
		const mine = run;
		while (mine === run && !(await isOver())) await new Promise<void>((resolve) => setImmediate(resolve));
	};
};
