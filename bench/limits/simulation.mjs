/** The core's own pace on a clock that jumps: many leads, and many programs that share one limit and know nothing of each other. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bundle } from '../bundle.mjs';
import { shown } from '../stats.mjs';

const cases = [1000, 10_000, 100_000, 1_000_000].flatMap((leads) => [1, 5, 50].map((workers) => ({ leads, workers })));
const perSecond = 100;

export const simulation = async ({ folder, quick, log }) => {
	const file = join(folder, 'simulation.cjs');
	await bundle('test/core/limitedApi.ts', file);
	const { runAgainst } = createRequire(import.meta.url)(file);
	const rows = [];
	for (const { leads, workers } of quick ? cases.slice(0, 3) : cases) {
		const limit = { perSecond, burst: perSecond, kind: 'bucket', retryAfter: 'seconds' };
		const { seconds, requests, refused, created, ended } = await runAgainst({ leads, workers, limit });
		if (created !== leads || ended.created !== leads)
			throw new Error(`${leads} leads, ${workers} workers: ${created} were created.`);
		const ideal = Math.max(1, (leads - perSecond) / perSecond);
		rows.push({ leads, workers, seconds, times: seconds / ideal, refused, share: refused / requests });
		log(`simulated ${leads} leads of ${workers}`);
	}
	return {
		result: { perSecond, rows },
		table: {
			title: `Simulated, a fake clock: ${perSecond} a second with Retry-After, five leads of each worker on their way`,
			head: ['leads', 'workers', 'seconds', 'over the best', 'requests refused'],
			rows: rows.map((row) => [
				row.leads.toLocaleString('en-US'),
				row.workers,
				shown(row.seconds),
				`${shown(row.times)} x`,
				`${row.refused} (${shown(row.share * 100)} %)`,
			]),
		},
	};
};
