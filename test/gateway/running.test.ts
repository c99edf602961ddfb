import { interpretResponse } from '../../packages/core/src';
import { createMetrics, metricsText } from '../../packages/gateway/src/watch/metrics';
import { hostileRows } from '../fixtures/hostile';
import { createdBy, leadBody, openWorld, replied } from './world';

const page = async (world: Awaited<ReturnType<typeof openWorld>>, path: string): Promise<readonly [number, string]> => {
	const response = await world.gateway.app.request(path);
	return [response.status, await response.text()];
};

test('it says that it lives, and whether it takes leads', async () => {
	const world = await openWorld();
	expect([await page(world, '/healthz'), await page(world, '/readyz')]).toEqual([
		[200, 'ok\n'],
		[200, 'ready\n'],
	]);
	world.gateway.stop();
	expect([await page(world, '/healthz'), await page(world, '/readyz')]).toEqual([
		[200, 'ok\n'],
		[503, 'stopping\n'],
	]);
});

test('metrics count leads by outcome, what waits and for how long, and 429s', async () => {
	let count = 0;
	const world = await openWorld((request) =>
		++count === 2 ? replied(400) : count === 3 ? replied(429, { 'retry-after': '60' }) : createdBy(request),
	);
	await world.call();
	await world.call({ body: leadBody(2) });
	await world.call({ body: leadBody(3), headers: { prefer: 'wait=0' } });
	await world.clock.advance(7000);
	const [, text] = await page(world, '/metrics');
	for (const line of [
		'gateway_leads_total{outcome="created"} 1',
		'gateway_leads_total{outcome="invalid"} 1',
		'gateway_limited_total 1',
		'gateway_requests_total 3',
		'gateway_waiting 1',
		'gateway_oldest_waiting_seconds 7',
		'gateway_lead_seconds_count 2',
		'gateway_lead_seconds_bucket{le="0.05"} 2',
	])
		expect(text).toContain(`${line}\n`);
	expect(text).not.toMatch(/Mona|\+2010|key-1|686f894e/);
});

test("each line of the metrics is one of Prometheus' text format", () => {
	const metrics = createMetrics();
	metrics.ended('created', 400);
	for (const line of metricsText(metrics, { waiting: 0, unverified: 0, sending: 0, unconfirmed: 0, ended: 0 }, 0)
		.trimEnd()
		.split('\n')) {
		expect(line).toMatch(
			/^(?:# (?:HELP|TYPE) gateway_\w+ .+|gateway_\w+(?:\{\w+="[^"]+"(?:,\w+="[^"]+")*\})? [\d.]+)$/,
		);
	}
});

test.each([
	[false, 0],
	[true, 1],
])('the log is JSON on each line; personal data only where asked: %s', async (logPersonalData, most) => {
	const world = await openWorld(undefined, { logPersonalData });
	await world.call();
	const lines = world.log.map((line) => JSON.parse(line) as { readonly event: string });
	expect(lines.map(({ event }) => event)).toEqual(['ended']);
	expect(world.log.filter((line) => line.includes('Mona'))).toHaveLength(most);
});

const bodies = hostileRows(6).flatMap(([name, make]): (readonly [string, string])[] => {
	try {
		const text = JSON.stringify(make());
		const lead = JSON.stringify({ leadInformation: make() });
		return text.length > 1_000_000
			? [[`${name}, cut`, text.slice(0, 900_000)]]
			: [
					[name, text],
					[`${name}, as a person`, lead],
				];
	} catch {
		return [[name, `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`]];
	}
});

test.each(bodies)('hostile input: %s gets an answer, and goes on as it came or not at all', async (_name, body) => {
	const world = await openWorld((request) => ({
		status: 201,
		headers: { 'content-type': 'application/json' },
		body: `{"_id":"a","echo":${request.body}}`,
	}));
	const answer = await world.call({ body });
	expect([201, 400]).toContain(answer.status);
	expect(world.sent.map((request) => request.body)).toEqual(answer.status === 201 ? [body] : []);
	expect((Object.prototype as { readonly polluted?: unknown }).polluted).toBeUndefined();
	const named = await world.call({ body, headers: { 'idempotency-key': 'n' } });
	expect(interpretResponse({ status: named.status, headers: named.headers, body: named.text }).outcome).toBe(
		named.status === 201 ? 'created' : 'invalid',
	);
});
