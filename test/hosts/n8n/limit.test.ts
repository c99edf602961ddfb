import { sampleOf } from '../../fixtures/cases';
import { expectLimitKept, limitedLeads, limitPerSecond, openLimited } from '../limitedServer';
import { leadNode } from './workflow';
import { useWorld } from './world';

const world = useWorld();

const rows: readonly (readonly [name: string, retryAfter: string | undefined, mostTimes: number])[] = [
	['with Retry-After', '1', 1.1],
	['without Retry-After', undefined, 1.2],
];
test.each(sampleOf(rows, 1, 1))('300 leads against 20 a second, %s', async (name, retryAfter, mostTimes) => {
	const limited = await openLimited(limitPerSecond, retryAfter);
	const { run, addCredential } = world();
	const execution = await run({
		credential: await addCredential({ baseUrl: limited.baseUrl }),
		items: Array.from({ length: limitedLeads }, (_, index) => ({ phone: `0100000${String(index).padStart(4, '0')}` })),
		parameters: { firstName: 'Mona', phone: '={{ $json.phone }}' },
	});
	expect(execution.outputs(leadNode)[0]).toHaveLength(limitedLeads);
	expectLimitKept(`n8n, ${name}`, limited.counts(), mostTimes);
	await limited.close();
});
