import { byCases, sampleOf } from '../../fixtures/cases';
import { openWebhook } from '../n8n/webhook';
import { createdTimes, type FormLead, leadsOf, outcomeOf, print, tally } from './leads';
import { useQueueWorld } from './queueWorld';

const world = useQueueWorld(50);

type Post = (lead: object) => Promise<Readonly<Record<string, unknown>>>;

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Runs `work` for each lead, `lanes` at a time. */
const inLanes = async (
	leads: readonly FormLead[],
	lanes: number,
	work: (lead: FormLead) => Promise<readonly string[]>,
): Promise<readonly string[]> => {
	const outcomes: string[] = [];
	let next = 0;
	await Promise.all(
		Array.from({ length: lanes }, async () => {
			for (let lead = leads[next++]; lead !== undefined; lead = leads[next++]) outcomes.push(...(await work(lead)));
		}),
	);
	return outcomes;
};

const atTheSameMoment =
	(post: Post) =>
	async (lead: FormLead): Promise<readonly string[]> =>
		(await Promise.all([post(lead), post(lead)])).map(outcomeOf);

const oneSecondApart =
	(post: Post) =>
	async (lead: FormLead): Promise<readonly string[]> => {
		const first = outcomeOf(await post(lead));
		await pause(1000);
		return [first, outcomeOf(await post(lead))];
	};

const hundred = byCases({ few: 40, more: 40, all: 100 });

/** What a trial measures goes into docs/delivery.md; `most` is the share of doubles well above it, beyond which its words are wrong. */
const rows = [
	{
		name: 'twice at the same moment, one lead after the other',
		leadCount: hundred,
		lanes: 1,
		times: atTheSameMoment,
		most: 0.75,
	},
	{
		name: 'twice at the same moment, all at once',
		leadCount: hundred,
		lanes: hundred,
		times: atTheSameMoment,
		most: 0.75,
	},
	{
		name: 'again a second after the first ended, one lead after the other',
		leadCount: hundred / 5,
		lanes: 1,
		times: oneSecondApart,
		most: 0,
	},
	{
		name: 'again a second after the first ended, two leads at a time',
		leadCount: hundred,
		lanes: 2,
		times: oneSecondApart,
		most: 0.05,
	},
	{
		name: 'again a second after the first ended, ten leads at a time',
		leadCount: 2 * hundred,
		lanes: 10,
		times: oneSecondApart,
		most: 0.1,
	},
];
test.each(sampleOf(rows, 2))('over two workers, $name', async ({ name, leadCount, lanes, times, most }) => {
	const { stand, credential, sandbox } = world();
	const path = name.replace(/\W+/g, '-');
	const post = await openWebhook({ stand, credential }, path, { duplicates: 'always' });
	// The row of the record must be there: two workers that make it at the same time are another matter.
	await post({ name: 'Mona', phone: '+201099999999' });
	sandbox.reset();

	const leads = leadsOf(leadCount, 1);
	const outcomes = await inLanes(leads, lanes, times(post));
	const created = createdTimes(sandbox);
	const doubles = leads.filter(({ phone }) => (created.get(phone) ?? 0) > 1).length;
	print(
		`Over two workers, ${name}: ${doubles} of ${leadCount} leads created twice (${((doubles / leadCount) * 100).toFixed(1)} %); ${JSON.stringify(tally(outcomes))}`,
	);

	expect(outcomes).toHaveLength(2 * leadCount);
	// None is lost and none is created more often than it came.
	expect(leads.filter(({ phone }) => ![1, 2].includes(created.get(phone) ?? 0))).toEqual([]);
	expect(doubles / leadCount).toBeLessThanOrEqual(most);
});
