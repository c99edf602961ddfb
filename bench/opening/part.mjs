/** A plain process that opens what a long outage left behind: how long it takes, and the most memory that it held. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../bundle.mjs';
import { root } from '../../scripts/build/prepare.mjs';
import { shown, spreadOf } from '../stats.mjs';

const child = fileURLToPath(new URL('./measure.cjs', import.meta.url));
const sizes = { leads: 200_000, marks: 1_000_000 };
const names = { leads: 'leads that wait, of 5 organizations', marks: 'marks of the record of created leads' };

export const opening = async ({ node, folder, quick, log }) => {
	const place = join(folder, 'opening');
	mkdirSync(place);
	const file = join(place, 'opening.cjs');
	await bundle('bench/opening/entry.ts', file, ['classic-level']);
	// The database brings native code, which is no part of the bundle.
	symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
	const measured = {};
	for (const [what, full] of Object.entries(sizes)) {
		const count = quick ? full / 100 : full;
		const args = [what, join(place, what), String(count)];
		execFileSync(node, [child, file, 'fill', ...args]);
		log(`${count} ${what} are there`);
		const opened = Array.from({ length: quick ? 1 : 5 }, () =>
			JSON.parse(execFileSync(node, [child, file, 'open', ...args], { encoding: 'utf8' })),
		);
		if (opened.some(({ found }) => found !== count)) throw new Error(`Not all of ${count} ${what} were found.`);
		measured[what] = {
			count,
			tookMs: spreadOf(opened.map(({ tookMs }) => tookMs)),
			processorMs: spreadOf(opened.map(({ processorMs }) => processorMs)),
			ownMegabytes: spreadOf(opened.map(({ ownMegabytes }) => ownMegabytes)),
			peakMegabytes: spreadOf(opened.map(({ peakMegabytes }) => peakMegabytes)),
		};
	}
	const { leads, marks } = measured;
	return {
		result: measured,
		table: {
			title: 'Opening what lies on disk, in a plain Node.js',
			head: ['what', 'seconds', 'least to most', 'of the processor', 'memory at most, MB', 'its own, MB'],
			rows: Object.entries(measured).map(([what, { count, tookMs, processorMs, ownMegabytes, peakMegabytes }]) => [
				`${count.toLocaleString('en-US')} ${names[what]}`,
				shown(tookMs.median / 1000),
				`${shown(tookMs.least / 1000)} to ${shown(tookMs.most / 1000)}`,
				shown(processorMs.median / 1000),
				shown(peakMegabytes.most),
				shown(ownMegabytes.most),
			]),
		},
		reached: {
			openingSeconds: Math.max(leads.tookMs.median, marks.tookMs.median) / 1000,
			openingMegabytes: Math.max(leads.peakMegabytes.most, marks.peakMegabytes.most),
		},
	};
};
