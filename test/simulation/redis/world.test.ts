import { openGateway } from '../../../packages/gateway/src/main/openGateway';
import { settingsOf } from '../../gateway/world';
import { byCases, seed } from '../../fixtures/cases';
import { createRandom, type Random } from '../kernel/random';
import type * as bullModel from './bullModel';
import type { Connection } from './bullModel';
import type * as redisClient from './redisClient';
import type { Machine } from './redisClient';
import { type Product, runSeed } from './world';
import type * as crypto from 'node:crypto';

/** Which program an address belongs to, and the chance of the product itself; lent to the modules below. */
const mockMachines = new Map<string, Machine>();
let mockRandom: Random = createRandom(1);

jest.mock('ioredis', () => {
	const { ModelClient } = jest.requireActual<typeof redisClient>('./redisClient');
	return {
		Redis: function (url: string, options: object) {
			const machine = mockMachines.get(url.replace('redis://', ''));
			if (machine === undefined) throw new Error(`Nobody is at ${url}.`);
			return new ModelClient(machine, options);
		},
	};
});
jest.mock('bullmq', () =>
	jest.requireActual<typeof bullModel>('./bullModel').createBullModel((connection) => connection as Connection),
);
jest.mock('node:crypto', () => {
	const actual = jest.requireActual<typeof crypto>('node:crypto');
	return {
		...actual,
		randomBytes: (size: number) => Buffer.from(Array.from({ length: size }, () => mockRandom.int(0, 255))),
	};
});

const product: Product = {
	openGateway: openGateway as never,
	settings: settingsOf(),
	register: (name, machine) => {
		mockMachines.set(name, machine);
	},
	seedChance: (random) => {
		mockRandom = random;
	},
};

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
