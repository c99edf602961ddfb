/**
 * `npm run bench`: measures both nodes in real hosts beside what users would take instead. Words after `--` choose parts
 * (`core load node-red receiving opening n8n limits million gateway`); without any, all of them run. `--quick` is a smoke run, of which nothing is
 * kept; `--profile FOLDER` has Node-RED write what its processor did.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { node24 } from '../scripts/hosts/hosts.mjs';
import { prepare } from '../scripts/build/prepare.mjs';

prepare();
const { core } = await import('./core/part.mjs');
const { gateway } = await import('./gateway/part.mjs');
const { limits } = await import('./limits/part.mjs');
const { load } = await import('./load/part.mjs');
const { million } = await import('./million/part.mjs');
const { n8n } = await import('./n8n/part.mjs');
const { nodeRed } = await import('./node-red/part.mjs');
const { opening } = await import('./opening/part.mjs');
const { receiving } = await import('./receiving/part.mjs');
const { lastSeen, tablesOf, write } = await import('./report.mjs');

const parts = { core, load, 'node-red': nodeRed, receiving, opening, n8n, limits, million, gateway };
const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { quick: { type: 'boolean', default: false }, profile: { type: 'string' } },
});
const unknown = positionals.filter((name) => parts[name] === undefined);
if (unknown.length > 0) {
	console.error(`There is no part "${unknown[0]}". Choose of: ${Object.keys(parts).join(', ')}.`);
	process.exit(1);
}
const chosen = Object.keys(parts).filter((name) => positionals.length === 0 || positionals.includes(name));
const { quick } = values;
const profile = values.profile === undefined ? undefined : resolve(values.profile);
if (profile !== undefined) mkdirSync(profile, { recursive: true });

const { node } = await node24((line) => console.error(line));
const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-bench-'));
const machine = { cores: cpus().length, model: cpus()[0]?.model ?? 'unknown' };
const load1 = () => Number(loadavg()[0].toFixed(2));
const measured = {};
try {
	for (const name of chosen) {
		const log = (line) => console.error(`${name}: ${line}`);
		const began = { atMs: Date.now(), load: load1() };
		const { result, table, reached } = await parts[name]({ node, folder, quick, profile, log });
		measured[name] = {
			date: new Date().toISOString().slice(0, 10),
			minutes: Number(((Date.now() - began.atMs) / 60_000).toFixed(1)),
			loadBefore: began.load,
			loadAfter: load1(),
			reached,
			result,
			table,
		};
		// Part by part, so that a run that is broken off loses one only. A smoke run is of few leads, whatever its lines name.
		if (!quick) write({ machine, parts: { ...lastSeen().parts, ...measured } });
	}
} finally {
	rmSync(folder, { recursive: true, force: true });
}
console.log(tablesOf({ parts: measured }));
if (quick) console.log('\nThis was a smoke run: it shows that everything works, and nothing of how fast.');
