import { openWebhook } from '../n8n/webhook';
import { until } from '../until';
import { createdTimes, leadsOf, outcomeOf, print, tally } from './leads';
import { useQueueWorld } from './queueWorld';

const world = useQueueWorld(50);

const leadCount = 100;
/** So many are created when the worker is killed. */
const midRun = 40;

test('a worker killed in mid-run: on a re-run each lead was created once, or is unconfirmed', async () => {
	const { stand, credential, sandbox, workers } = world();
	const post = await openWebhook(
		{ stand, credential },
		'killed',
		{ duplicates: 'always', concurrency: 5 },
		{ responseData: 'allEntries' },
	);
	const leads = leadsOf(leadCount, 3);
	const idle = workers.map(({ taken }) => taken());

	// Nobody answers this one any more.
	void post(leads).catch(() => undefined);
	await until(() => sandbox.leadCount >= midRun);
	const busy = workers.filter(({ taken }, index) => taken() > (idle[index] ?? 0));
	expect(busy).toHaveLength(1);
	for (const { kill } of busy) kill();
	await until(() => sandbox.calls.every(({ progress }) => progress !== 'waiting'));
	const createdBefore = createdTimes(sandbox);
	expect(sandbox.leadCount).toBeLessThan(leadCount);

	const items = Object.values(await post(leads)) as readonly Readonly<Record<string, unknown>>[];
	const outcomes = items.map(outcomeOf);
	const createdAfter = createdTimes(sandbox);
	const unconfirmed = leads.filter((_, index) => outcomes[index] === 'unconfirmed');
	const neverSent = unconfirmed.filter(({ phone }) => !sandbox.calls.some(({ body }) => body.includes(phone)));
	print(
		`Killed after ${createdBefore.size} of ${leadCount} leads; on the re-run ${JSON.stringify(tally(outcomes))}; ${neverSent.length} of the unconfirmed had never left`,
	);

	expect(outcomes).toHaveLength(leadCount);
	const wrong = leads.filter(({ phone }, index) => {
		const times = createdAfter.get(phone) ?? 0;
		return outcomes[index] === 'unconfirmed'
			? times > 1
			: times !== 1 || !['created', 'duplicate'].includes(outcomes[index] ?? '');
	});
	expect(wrong).toEqual([]);
	// The re-run was the other worker's.
	expect(workers.map(({ taken }, index) => taken() - (idle[index] ?? 0))).toEqual([1, 1]);
});
