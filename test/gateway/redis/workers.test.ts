import { type Bull, createWorkerPool, type WorkerPool } from '../../../packages/gateway/src/stores/redis/workers';

const turn = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

/** BullMQ with queues and workers of which the first so many meet a connection that breaks off as they are opened. */
const openPool = (broken: number): { readonly pool: WorkerPool; readonly closed: readonly string[] } => {
	const closed: string[] = [];
	let left = broken;
	class Opened {
		private readonly ready = left-- > 0 ? Promise.reject(new Error('Connection is closed.')) : Promise.resolve();
		public constructor(private readonly name: string) {
			this.ready.catch(() => undefined);
		}
		public async waitUntilReady(): Promise<void> {
			await this.ready;
		}
		public on(): this {
			return this;
		}
		public async close(): Promise<void> {
			closed.push(this.name);
			await Promise.resolve();
		}
	}
	const pool = createWorkerPool({
		bull: { Queue: Opened, Worker: Opened } as unknown as Bull,
		connections: { commands: {}, blocking: {}, close: () => undefined } as never,
		concurrency: 1,
		process: async () => await Promise.resolve(),
		monotonicMs: () => 0,
		sleep: async () => await new Promise<void>(() => undefined),
		onError: () => undefined,
	});
	return { pool, closed };
};

test('a queue whose connection broke off as it was opened is opened anew', async () => {
	const { pool, closed } = openPool(1);
	const first = pool.queueOf('key');
	await turn();
	const second = pool.queueOf('key');
	await turn();
	expect({ isAnother: second !== first, isKept: pool.queueOf('key') === second, closed }).toEqual({
		isAnother: true,
		isKept: true,
		closed: ['key'],
	});
});

test('so is a worker: its key has none until then, and is given another', async () => {
	const { pool, closed } = openPool(1);
	pool.start('key');
	await turn();
	expect({ isWorking: pool.isWorking('key'), closed }).toEqual({ isWorking: false, closed: ['key'] });
	pool.start('key');
	await turn();
	expect({ isWorking: pool.isWorking('key'), closed }).toEqual({ isWorking: true, closed: ['key'] });
});

test('one that is open stays', async () => {
	const { pool, closed } = openPool(0);
	const queue = pool.queueOf('key');
	pool.start('key');
	await turn();
	expect({ isSame: pool.queueOf('key') === queue, isWorking: pool.isWorking('key'), closed }).toEqual({
		isSame: true,
		isWorking: true,
		closed: [],
	});
});
