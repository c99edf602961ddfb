import { openDiskStore, openLevel } from '../../packages/outbox/src';
import { byCases, chosen, seed, seeded } from '../fixtures/cases';
import { entry, format } from './entries';
import type { Opened } from './salvage/run';
import { bundleProgram } from './bundledProgram';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [leads, kills] = byCases({ few: [2000, 1], more: [2000, 2], all: [60_000, 13] });
const writtenAtOnce = 500;

let place: string;
let program: string;
let filled: string;
beforeAll(async () => {
	place = mkdtempSync(join(tmpdir(), 'icloud-ready-salvage-'));
	[program, filled] = [join(place, 'run.cjs'), join(place, 'filled')];
	await bundleProgram('salvage/run.ts', program);
	// The last part is in the log, the others in sorted files.
	for (const [first, last] of [
		[1, leads * 0.75],
		[leads * 0.75 + 1, leads],
	] as const) {
		const { store } = await openDiskStore(filled, 0, format);
		for (let from = first; from <= last; from += writtenAtOnce)
			await store.write(
				Array.from({ length: Math.min(writtenAtOnce, last - from + 1) }, (_, index) => ({
					kind: 'put',
					entry: entry(from + index),
					shelf: 'waiting',
				})),
			);
		await store.close();
	}
}, 600_000);
afterAll(() => rmSync(place, { recursive: true, force: true }));

const largest = (folder: string, end: string): string => {
	const names = readdirSync(folder).filter((name) => name.endsWith(end) || name.startsWith(end));
	const size = (name: string): number => statSync(join(folder, name)).size;
	return join(folder, [...names].sort((one, other) => size(other) - size(one))[0] ?? '');
};

/** Opens it in a process of its own; undefined where that was killed after so many ms. */
const open = async (folder: string, killAfterMs?: number): Promise<Opened | undefined> => {
	const child = spawn(process.execPath, [program, folder], {
		env: { ...process.env, NODE_PATH: join(__dirname, '../../node_modules') },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let text = '';
	child.stdout.on('data', (piece: Buffer) => {
		text += piece.toString();
	});
	const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
	await new Promise<void>((resolve) => child.once('close', () => resolve()));
	clearTimeout(timer);
	return text === '' ? undefined : (JSON.parse(text) as Opened);
};

const damages: readonly (readonly [how: string, damage: (folder: string) => Promise<void> | void])[] = [
	['its list of files cut', (folder) => truncateSync(largest(folder, 'MANIFEST'), 20)],
	['its largest file gone', (folder) => rmSync(largest(folder, '.ldb'))],
	[
		'its largest file cut and its journal gone',
		(folder) => {
			const path = largest(folder, '.ldb');
			truncateSync(path, Math.floor(statSync(path).size / 2));
			rmSync(join(folder, 'journal'));
		},
	],
	[
		'another format',
		async (folder) => {
			const level = await openLevel(folder);
			await level.put('format', '2', { sync: true });
			await level.close();
		},
	],
];

test.each(chosen(damages, byCases({ few: 1, more: 4, all: 4 })))(
	'killed at any moment while a store is mended, %s: the next start goes on and forgets no lead',
	async (how, damage) => {
		const random = seeded(seed + how.length);
		const damaged = join(place, how, 'store');
		cpSync(filled, damaged, { recursive: true });
		await damage(damaged);
		const copyOf = (name: string): string => {
			const copy = join(place, how, name, 'store');
			cpSync(damaged, copy, { recursive: true });
			return copy;
		};
		const beganMs = performance.now();
		const whole = await open(copyOf('whole'));
		const tookMs = performance.now() - beganMs;
		expect({ doubled: whole?.doubled, all: (whole?.known ?? 0) + (whole?.unnamed ?? 0) }).toEqual({
			doubled: 0,
			all: leads,
		});
		let killed = 0;
		for (let kill = 0; kill < kills; kill++) {
			const copy = copyOf(`kill-${kill}`);
			const first = await open(copy, random() * tookMs);
			if (first === undefined) killed++;
			// Killed once more on its way, some of them.
			if (random() < 0.3) await open(copy, random() * tookMs);
			expect([kill, await open(copy)]).toEqual([kill, whole]);
			rmSync(join(place, how, `kill-${kill}`), { recursive: true, force: true });
		}
		process.stdout.write(`${how}: ${killed} of ${kills} killed while it was mended, in ${Math.round(tookMs)} ms\n`);
	},
	3_600_000,
);
