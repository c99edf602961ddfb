import { defineScripts } from '../../../packages/gateway/src/stores/redis/luaScripts';
import { byCases, cases, seed } from '../../fixtures/cases';
import { calls, type OneCall, storyOf, type Tried } from '../../simulation/redis/conformance';
import { modelStand } from '../../simulation/redis/modelStand';
import { type RedisServer, startRedis } from './redisServer';
import * as bull from 'bullmq';
import fc from 'fast-check';
import { Redis } from 'ioredis';

let server: RedisServer;
let connection: Redis;

beforeAll(async () => {
	server = await startRedis('--appendfsync', 'no');
	connection = new Redis(server.url, { maxRetriesPerRequest: null });
}, 60_000);
afterAll(async () => {
	connection.disconnect();
	await server.close();
});

const realStand = async (): Promise<Tried> => {
	await connection.flushall();
	return {
		bull,
		redis: defineScripts(connection),
		connection,
		moveStalled: async (worker: { readonly backend: { moveStalledJobsToWait: () => Promise<readonly string[]> } }) =>
			await worker.backend.moveStalledJobsToWait(),
	};
};

/** What each said, and what stood where after it. */
const bothStories = async (all: readonly OneCall[]): Promise<void> => {
	expect(await storyOf(modelStand(), all)).toEqual(await storyOf(await realStand(), all));
};

const sequences = fc.array(calls, { minLength: 1, maxLength: 60 });

test('the model says and keeps what BullMQ on a real Redis does, call by call', async () => {
	await fc.assert(fc.asyncProperty(sequences, bothStories), {
		numRuns: byCases({ few: 40, more: 40, all: 3000 }),
		seed,
		interruptAfterTimeLimit: cases === 'all' ? 1_500_000 : 120_000,
	});
}, 1_800_000);
