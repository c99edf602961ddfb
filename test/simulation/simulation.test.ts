import { byCases } from '../fixtures/cases';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** So many schedules; a trial takes more, and `SIMULATION_SEEDS` asks for another number. */
const seeds = process.env.SIMULATION_SEEDS ?? String(byCases({ few: 100, more: 100, all: 10_000 }));
/** As long as a machine takes that has other work too: what counts is how many, not how quickly. */
const patienceMs = 7_200_000;

const simulate = async (...options: readonly string[]): Promise<string> => {
	const run = promisify(execFile)(process.execPath, [join(__dirname, '../../scripts/check/simulate.mjs'), ...options], {
		maxBuffer: 64 * 1024 * 1024,
	});
	// What is broken is told in its output.
	const { stdout } = await run.catch((error: unknown) => error as { readonly stdout: string });
	return stdout;
};

test(
	'no schedule breaks a rule',
	async () => {
		expect(await simulate('--seeds', seeds)).toMatch(new RegExp(`^${seeds} seeds, [\\d]+ leads, .*: 0 broken\\.\\n$`));
	},
	patienceMs,
);

/** Each broke a rule once, by a fault of the product or of the judge: see docs/trust.md. */
const onceBroken = [39, 100838, 200546, 200621, 200638, 200744, 201089, 202185, 202397, 202411, 202547, 202696, 202772];

test(
	'nor does any that did once',
	async () => {
		expect(await simulate('--list', onceBroken.join(','), '--focus', '{"extras":false}', '--workers', '1')).toMatch(
			new RegExp(`^${onceBroken.length} seeds, .*: 0 broken\\.\\n$`),
		);
	},
	patienceMs,
);

/** The same of plans with more of what came into them later. */
const onceBrokenByMore = [540009, 560285];

test(
	'nor does any of those with older copies, damaged journals and more',
	async () => {
		expect(
			await simulate('--list', onceBrokenByMore.join(','), '--focus', '{"extras":"often"}', '--workers', '1'),
		).toMatch(new RegExp(`^${onceBrokenByMore.length} seeds, .*: 0 broken\\.\\n$`));
	},
	patienceMs,
);

test(
	'nor does any in which two bulk actions meet at one lead',
	async () => {
		expect(
			await simulate('--list', '54', '--focus', '{"extras":"never","rare":["look","bulk"]}', '--workers', '1'),
		).toMatch(/^1 seeds, .*: 0 broken\.\n$/);
	},
	patienceMs,
);

test(
	'the same seed is the same run, to the byte',
	async () => {
		const count = byCases({ few: 20, more: 60, all: 60 });
		const options = ['--seeds', String(count), '--digests', '--workers', '1'];
		const runs = await Promise.all([simulate(...options), simulate(...options)]);
		const [one, other] = runs.map((output) => output.split('\n').filter((line) => /^\d+ [0-9a-f]{16}$/.test(line)));
		expect(one).toHaveLength(count);
		expect(one).toEqual(other);
	},
	patienceMs,
);

test(
	'a fault that is planted is found, and one that does not apply any more fails',
	async () => {
		expect(await simulate('--planted', '--name', 'retry: a lost answer', '--seeds', '200', '--workers', '1')).toMatch(
			/: seed \d+, at most once: .*\n1 faults planted, 1 found\.\n$/,
		);
	},
	patienceMs,
);
