import { openGateway } from '../../../packages/gateway/src/main/openGateway';
import { settingsOf } from '../../gateway/world';
import { byCases, seed } from '../../fixtures/cases';
import type * as lent from './lent';
import { register, seedChance } from './lent';
import { type Product, runSeed } from './world';
import type * as crypto from 'node:crypto';

jest.mock('ioredis', () => jest.requireActual('./lent'));
jest.mock('bullmq', () => jest.requireActual('./lent'));
jest.mock('node:crypto', () => ({
	...jest.requireActual<typeof crypto>('node:crypto'),
	randomBytes: (size: number) => jest.requireActual<typeof lent>('./lent').randomBytes(size),
}));

const product: Product = { openGateway: openGateway as never, settings: settingsOf(), register, seedChance };

const count = byCases({ few: 4, more: 15, all: 2000 });
const only = process.env.SIMULATION_TRACE;
const from = 1 + (seed - 1) * count;

test('several gateways over a Redis that breaks: no schedule breaks a rule', async () => {
	const broken: unknown[] = [];
	const sum = { leads: 0, requests: 0, ends: {} as Record<string, number> };
	const seeds = only === undefined ? Array.from({ length: count }, (_, index) => from + index) : [Number(only)];
	for (const each of seeds) {
		const { violations, leads, requests, ends, trace } = await runSeed(product, each);
		sum.leads += leads;
		sum.requests += requests;
		for (const [end, ofIt] of Object.entries(ends)) sum.ends[end] = (sum.ends[end] ?? 0) + ofIt;
		if (violations.length > 0) broken.push({ seed: each, violations });
		if (only !== undefined) process.stdout.write(`${trace.lines.join('\n')}\n`);
	}
	if (count > 4 && only === undefined) process.stdout.write(`${JSON.stringify({ count, ...sum })}\n`);
	expect(broken).toEqual([]);
}, 3_600_000);

test.each([3])(
	'seed %i is the same run each time',
	async (each) => {
		const [one, other] = [await runSeed(product, each), await runSeed(product, each)];
		expect(one.leads).toBeGreaterThan(0);
		expect(one.digest).toBe(other.digest);
	},
	600_000,
);
