import { byCases } from '../../fixtures/cases';
import { openWebhook } from './webhook';
import { useWorld } from './world';

const world = useWorld();

const fullRecord = 5_000; // Leads: each leaves two of the 10,000 marks that the record holds.
const atATime = 500;
// Fewer than the thousand each that docs/delivery.md tells of, which take minutes.
const [blocks, perBlock] = byCases({ few: [3, 30], more: [3, 30], all: [5, 50] });
const atOnce = 10;

const median = (values: readonly number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

let phone = 0;
const nextLead = (): object => ({ name: 'Mona', phone: `+2010${String(++phone).padStart(8, '0')}` });

type Post = (lead: object) => Promise<unknown>;

/** Milliseconds of the processor for a block of executions, `atOnce` at a time: what else the machine does is no part of it. */
const timeBlock = async (post: Post): Promise<number> => {
	const before = world().stand.processorMs();
	let left = perBlock;
	await Promise.all(
		Array.from({ length: atOnce }, async () => {
			while (left-- > 0) await post(nextLead());
		}),
	);
	return world().stand.processorMs() - before;
};

test('executions with a full record cost at most 1.4 times those without one', async () => {
	const plain = await openWebhook(world(), 'plain', { duplicates: 'allow' });
	const recorded = await openWebhook(world(), 'recorded', { duplicates: 'always', concurrency: 50 });
	// In parts: n8n ends an execution that takes a minute.
	for (let filled = 0; filled < fullRecord; filled += atATime)
		await recorded(Array.from({ length: atATime }, nextLead));
	await timeBlock(plain);
	await timeBlock(recorded);

	const times: { plain: number; recorded: number }[] = [];
	for (let block = 0; block < blocks; block++)
		times.push({ plain: await timeBlock(plain), recorded: await timeBlock(recorded) });
	expect(world().sandbox.leadCount).toBe(fullRecord + 2 * perBlock + 2 * blocks * perBlock);

	const ratio = median(times.map(({ plain: without, recorded: withRecord }) => withRecord / without));
	process.stdout.write(`Cost of the record: ${ratio.toFixed(2)} times (median of ${blocks} pairs of blocks)\n`);
	expect(ratio).toBeLessThanOrEqual(1.4);
}, 400_000);
