/**
 * `node bench/gateway/simulation.mjs`: 1,000 to 1,000,000 leads of 50 workers under one limit, with the core's own pace on
 * a clock that jumps. Each worker paces by itself, or all go through one gateway. Prints docs/scale.md's table; `--small`
 * only its rows up to 10,000 leads.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../bundle.mjs';
import { runLeads } from './run.mjs';

const workers = 50;
/** As both nodes and the gateway have it by default. */
const lanes = 5;
const limits = [5, 20, 100];
const counts = [1000, 10_000, 100_000, 1_000_000];
const smallest = 10_000;

const loadPace = async () => {
	const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-pace-'));
	try {
		const file = join(folder, 'pace.cjs');
		await bundle('packages/core/src/rateLimit/adaptiveLimiter.ts', file);
		return createRequire(import.meta.url)(file);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
};

const shown = (share) => `${(share * 100).toFixed(share < 0.001 ? 2 : 1)} %`;

const cellsOf = ({ seconds, requests, refused, beyondUsualTries }, bestSeconds) => [
	`${(seconds / bestSeconds).toFixed(2)} x`,
	`${refused.toLocaleString('en-US')} (${shown(refused / requests)})`,
	beyondUsualTries.toLocaleString('en-US'),
];

const row = (pace, perSecond, leads) => {
	// A second's worth is let in at once, the rest as the limit lets it.
	const bestSeconds = (leads - perSecond) / perSecond;
	const run = (senders) => {
		const came = runLeads(pace, { leads, perSecond, senders, lanes });
		if (came.created !== leads) throw new Error(`${came.created} of ${leads} leads were created.`);
		return cellsOf(came, bestSeconds);
	};
	return [String(perSecond), leads.toLocaleString('en-US'), ...run(workers), ...run(1)];
};

const pace = await loadPace();
const head = [
	'A second',
	'Leads',
	`${workers} workers: time`,
	'429',
	'More than 5 tries',
	'Gateway: time',
	'429',
	'More than 5 tries',
];
const line = (cells) => console.log(`| ${cells.join(' | ')} |`);
line(head);
line(head.map(() => '---'));
for (const perSecond of limits) {
	for (const leads of counts) {
		if (process.argv.includes('--small') && leads > smallest) continue;
		line(row(pace, perSecond, leads));
	}
}
