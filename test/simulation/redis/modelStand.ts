import { memoryRedis } from '../../gateway/redis/memoryRedis';
import { createBullModel } from './bullModel';
import type { Tried } from './conformance';

/** The model, with nothing in it and nothing that goes wrong. */
export const modelStand = (): Tried => {
	const { redis, call } = memoryRedis();
	const connection = {
		step: async <Result>(work: (each: typeof call) => Result): Promise<Result> => {
			await Promise.resolve();
			return work(call);
		},
		watch: () => () => undefined,
	};
	return {
		bull: createBullModel({ now: Date.now, after: () => () => undefined }, () => connection),
		redis,
		connection,
		moveStalled: async (worker: { readonly moveStalled: () => Promise<readonly string[]> }) =>
			await worker.moveStalled(),
	};
};
