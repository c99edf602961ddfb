import { byCases } from '../../../fixtures/cases';
import { leadOf, post, useOutboxWorld } from './outboxWorld';

const world = useOutboxWorld();
const [rounds, leads] = byCases({ few: [5, 750], more: [5, 750], all: [9, 1500] });
const clients = 20;
let next = 0;

/** How long it takes until so many leads are created, in ms; some are taken in while others are sent. */
const timeOf = async (account: Readonly<Record<string, unknown>>): Promise<number> => {
	const { api, deploy, nodeRed } = world();
	await deploy(account);
	const numbers = Array.from({ length: leads }, () => next++);
	const before = api.arrived.length;
	const beganAtMs = performance.now();
	const client = async (): Promise<void> => {
		// Lists as well as single ones, as a spreadsheet's rows and a form's submissions come.
		for (let part = numbers.splice(0, 25); part.length > 0; part = numbers.splice(0, 25))
			await post(nodeRed.url, part.map(leadOf));
	};
	await Promise.all([...Array.from({ length: clients }, client), api.created(before + leads)]);
	return performance.now() - beganAtMs;
};

test('with the outbox not far below half as many leads a second as without', async () => {
	for (const outbox of ['off', 'disk']) await timeOf({ outbox });
	const ratios: number[] = [];
	for (let round = 0; round < rounds; round++) {
		// Whoever comes second meets what the first left behind.
		const order = round % 2 === 0 ? (['off', 'disk'] as const) : (['disk', 'off'] as const);
		const tookMs = { off: 0, disk: 0 };
		for (const outbox of order) tookMs[outbox] = await timeOf({ outbox });
		ratios.push(tookMs.off / tookMs.disk);
	}
	process.stdout.write(
		`leads a second, outbox over direct, in ${rounds} pairs: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}\n`,
	);
	// The aim is 0.5, which the bench measures on a quiet machine with a disk of its own. Here a disk that others use as well
	// makes any one pair slower, and an outbox that writes twice as often makes all of them slower.
	expect(Math.max(...ratios)).toBeGreaterThanOrEqual(0.4);
}, 300_000);
