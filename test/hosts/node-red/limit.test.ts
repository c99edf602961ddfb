import { sampleOf } from '../../fixtures/cases';
import { expectLimitKept, limitedLeads, limitPerSecond, openLimited } from '../limitedServer';
import { route, ways } from './flows';
import { type NodeRed, startWithNodes } from './host';

let nodeRed: NodeRed;
beforeAll(async () => {
	nodeRed = await startWithNodes('node-red-5');
});
afterAll(async () => {
	await nodeRed.stop();
});

const rows: readonly (readonly [name: string, retryAfter: string | undefined, mostTimes: number])[] = [
	['with Retry-After', '1', 1.1],
	['without Retry-After', undefined, 1.2],
];
test.each(sampleOf(rows, 1, 2))('300 leads against 20 a second, %s', async (name, retryAfter, mostTimes) => {
	const limited = await openLimited(limitPerSecond, retryAfter);
	await nodeRed.deploy(
		[
			...ways,
			{ id: 'account', type: 'icloud-ready-account', baseUrl: limited.baseUrl, organizationId: 'o' },
			...route('lead', { input: 'lead' }),
		],
		{ account: { apiKey: 'any-key' } },
	);
	const answers = await Promise.all(
		Array.from({ length: limitedLeads }, async (_, index) => {
			const lead = { firstName: 'Mona', phone: `+20100000${String(index).padStart(4, '0')}` };
			const response = await fetch(`${nodeRed.url}/lead`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(lead),
			});
			return (await response.json()) as { left: number };
		}),
	);
	expect(answers.filter(({ left }) => left === 0)).toHaveLength(limitedLeads);
	expectLimitKept(`Node-RED, ${name}`, limited.counts(), mostTimes);
	await limited.close();
});
