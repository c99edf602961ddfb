/** The core alone: how often a second, on one core, and how many bytes each time. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../bundle.mjs';
import { shown, spreadOf } from '../stats.mjs';

const child = fileURLToPath(new URL('./measure.mjs', import.meta.url));
/** So large a young generation that nothing is collected while bytes are counted, in megabytes. */
const young = 512;
const countingBytes = ['--expose-gc', `--min-semi-space-size=${young}`, `--max-semi-space-size=${young}`];

export const core = async ({ node, folder, quick, log }) => {
	const file = join(folder, 'core.cjs');
	await bundle('packages/core/src/index.ts', file);
	const rounds = quick ? 1 : 5;
	const measure = (flags, ...what) =>
		JSON.parse(execFileSync(node, [...flags, child, file, ...what], { encoding: 'utf8' }));
	const bytes = measure(countingBytes, 'bytes');
	const found = [];
	for (let round = 0; round < rounds; round++) {
		found.push(measure([], 'speed', String(quick ? 20 : 1000)));
		log(`round ${round + 1} of ${rounds}`);
	}
	const names = Object.keys(bytes);
	const operations = Object.fromEntries(
		names.map((name) => [name, { perSecond: spreadOf(found.map((each) => each[name])), bytes: bytes[name] }]),
	);
	return {
		result: { operations },
		table: {
			title: 'Core alone, for a second of one core',
			head: ['operation', 'a second', 'least to most', 'bytes each'],
			rows: names.map((name) => {
				const { perSecond, bytes: each } = operations[name];
				return [name, shown(perSecond.median), `${shown(perSecond.least)} to ${shown(perSecond.most)}`, shown(each)];
			}),
		},
		reached: { core: operations['draft -> request, sample lead'].perSecond.median },
	};
};
