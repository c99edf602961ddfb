import { byCases, chosen } from '../fixtures/cases';
import type { Fault, Run } from './lyingDisk/run';
import { bundleProgram } from './bundledProgram';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Every one of so many writes, syncs and renames of a run, in each way. */
const operations = 500;
const all: readonly Fault[] = Array.from({ length: operations }, (_, index) =>
	(['once', 'on', 'applied'] as const).map((kind) => ({ operation: index + 1, kind })),
).flat();

const hasCompiler = (): boolean => {
	try {
		execFileSync('cc', ['--version'], { stdio: 'ignore' });
		return process.platform === 'linux';
	} catch {
		return false;
	}
};

/** Without a C compiler there is no such disk; every machine that checks a change has one. */
const testWithCompiler = hasCompiler() ? test : test.skip;

testWithCompiler(
	'a disk whose operations fail, or are done and reported as failed: no lead is lost or doubled, and no damage is told that is none',
	async () => {
		const place = mkdtempSync(join(tmpdir(), 'icloud-ready-lying-'));
		try {
			const library = join(place, 'faultyDisk.so');
			execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, join(__dirname, 'lyingDisk/faultyDisk.c'), '-ldl']);
			const program = join(place, 'run.cjs');
			await bundleProgram('lyingDisk/run.ts', program);
			const faults = chosen(all, byCases({ few: 6, more: all.length / 10, all: all.length }));
			const { stdout } = await promisify(execFile)(
				process.execPath,
				[program, join(place, 'disk'), ...faults.map(({ operation, kind }) => `${operation}-${kind}`)],
				{
					env: {
						...process.env,
						LD_PRELOAD: library,
						FAULTY_FOLDER: join(place, 'disk'),
						NODE_PATH: join(__dirname, '../../node_modules'),
					},
					maxBuffer: 64 * 1024 * 1024,
				},
			);
			const runs = stdout
				.trim()
				.split('\n')
				.map((line) => JSON.parse(line) as Run);
			expect(runs.length).toBe(faults.length);
			expect(runs.filter(({ lost, doubled, damaged }) => lost + doubled + damaged > 0)).toEqual([]);
			// Well again within two minutes of the disk.
			expect(Math.max(...runs.map(({ tookMs }) => tookMs))).toBeLessThan(120_000);
		} finally {
			rmSync(place, { recursive: true, force: true });
		}
	},
	3_600_000,
);
