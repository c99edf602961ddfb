import { sampleOf } from '../../fixtures/cases';
import { limitSummary, openLimited, shareRefused } from '../limitedServer';
import { openImmediateWebhook } from '../n8n/webhook';
import { leadsOf, outcomeOf, print, tally } from './leads';
import { useQueueWorld } from './queueWorld';

const world = useQueueWorld(0);

const leadCount = 400;

const rows = [
	// Half the limit, since n8n itself starts fewer than 20 executions a second on a small machine and would never meet it.
	{ name: '400 executions of one lead', perSecond: 10, executions: 400, series: 1 },
	{ name: '40 executions of ten leads', perSecond: 20, executions: 40, series: 2 },
];
test.each(sampleOf(rows, 1))(
	'two workers share a limit of $perSecond a second: $name',
	async ({ name, perSecond, executions, series }) => {
		const leadsEach = leadCount / executions;
		const { stand, workers, credentialFor } = world();
		const limited = await openLimited(perSecond, '1');
		const before = workers.map(({ taken }) => taken());
		const { post, items } = await openImmediateWebhook(
			{ stand, credential: await credentialFor(limited.baseUrl) },
			`limit-${series}`,
			{},
		);
		const leads = leadsOf(leadCount, series);
		await Promise.all(
			Array.from({ length: executions }, (_, index) => post(leads.slice(index * leadsEach, (index + 1) * leadsEach))),
		);
		const outcomes = (await items(executions)).map(outcomeOf);

		const counts = limited.counts();
		const taken = workers.map((worker, index) => worker.taken() - (before[index] ?? 0));
		print(
			`${name}, ${perSecond} a second: ${limitSummary(counts, leadCount, perSecond)}; the workers took ${taken.join(' and ')}`,
		);
		await limited.close();

		expect(tally(outcomes)).toEqual({ created: leadCount });
		expect([counts.created, counts.phones]).toEqual([leadCount, leadCount]);
		expect(Math.min(...taken)).toBeGreaterThan(0);
		expect(taken.reduce((sum, each) => sum + each, 0)).toBe(executions);
		expect(shareRefused(counts)).toBeLessThanOrEqual(0.15);
	},
);
