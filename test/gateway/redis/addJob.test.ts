import { addJob } from '../../../packages/gateway/src/stores/redis/addJob';
import { account, idOf, recordOf } from './stand';

type Try = 'taken' | 'lost' | 'refused' | 'away';

/** Adds a lead whose tries befall this, one after the other; the last one again and again. */
const add = async (...tries: readonly Try[]): Promise<string> => {
	let nowMs = 0;
	let at = 0;
	const next = (): Try => tries[Math.min(at, tries.length - 1)] ?? 'taken';
	const queue = {
		waitUntilReady: async () => await Promise.resolve(),
		add: async (_name: string, _data: unknown, { jobId }: { readonly jobId: string }) => {
			const now = next();
			at++;
			if (now === 'lost') throw new Error('Command timed out');
			if (now === 'refused') throw Object.assign(new Error('READONLY'), { name: 'ReplyError' });
			return await Promise.resolve({ id: jobId });
		},
	};
	const commands = {
		get status() {
			if (next() !== 'away') return 'ready';
			at++;
			return 'reconnecting';
		},
	};
	const added = await addJob(
		{
			bull: {} as never,
			commands: commands as never,
			workerPool: { queueOf: () => queue as never },
			monotonicMs: () => nowMs,
			sleep: async (ms) => await Promise.resolve(void (nowMs += ms)),
		},
		{ account },
		idOf(),
		recordOf(),
	);
	return added.kind;
};

test.each<[kind: string, tries: readonly Try[]]>([
	['added', ['taken']],
	['added', ['away', 'away', 'taken']],
	['added', ['lost', 'taken']],
	['unwritten', ['away']],
	['unwritten', ['refused']],
	['unwritten', ['away', 'refused']],
	['unknown', ['lost']],
	['unknown', ['lost', 'away']],
	// A replica that took over may know of the first try: whoever heard that nothing was kept would give the lead anew.
	['unknown', ['lost', 'refused']],
])('it is %s after tries that are %j', async (kind, tries) => {
	expect(await add(...tries)).toBe(kind);
});
