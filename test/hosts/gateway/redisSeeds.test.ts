import { inLanes } from './clients';
import { runSeed } from './seededRun';

/** A sample; `npm run trial:redis` runs 300. The seed chooses the faults; which command each meets is up to the machine. */
const count = Number(process.env.REDIS_SEEDS ?? 6);
const from = Number(process.env.REDIS_SEEDS_FROM ?? 1);
/** A run mostly waits, so some stand side by side. */
const lanes = Number(process.env.REDIS_SEEDS_LANES ?? 3);

test(
	`${count} seeds of a Redis that cuts, delays and loses: every lead ends once, and none is doubled`,
	async () => {
		const seeds = Array.from({ length: count }, (_, index) => from + index);
		const runs = await inLanes(seeds, lanes, async (seed) => {
			const run = await runSeed(seed);
			if (run.flaws.length > 0 || count > 20) process.stdout.write(`${JSON.stringify(run)}\n`);
			return run;
		});
		expect(runs.filter(({ flaws }) => flaws.length > 0)).toEqual([]);
	},
	60_000 + (count / lanes) * 120_000,
);
