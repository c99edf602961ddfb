import { createSemaphore } from '../../packages/node-red/src/runtime/account/semaphore';
import { createFailureLog } from '../../packages/node-red/src/runtime/create-lead/failureLog';
import { messagesLike } from '../../packages/node-red/src/runtime/message/messageOf';
import { allOf, createTimeSlices } from '../../packages/node-red/src/runtime/message/timeSlices';
import { startFlow, useSandbox } from './flow';

const sandbox = useSandbox();
const all = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

test('steps come in slices: when one is over, whatever else waits comes first', async () => {
	let nowMs = 0;
	const { turn } = createTimeSlices(2, () => nowMs);
	let others = 0;
	const other = (): void => {
		others++;
		if (others < 1000) setImmediate(other);
	};
	setImmediate(other);
	await Promise.all(
		all(100).map(async () => {
			await turn();
			nowMs += 1;
		}),
	);
	// Two steps a slice: a hundred of them let others in at least some 49 times.
	expect(others).toBeGreaterThan(45);
});

test('everything of a source, and others between', async () => {
	let turns = 0;
	expect(
		await allOf(all(5), {
			turn: async () => {
				turns++;
				await Promise.resolve();
			},
		}),
	).toEqual([0, 1, 2, 3, 4]);
	expect(turns).toBe(4);
});

test('a gate counts shares, keeps the order, and lets one in that is larger than all of it', async () => {
	const gate = createSemaphore(10);
	const order: string[] = [];
	const work = (name: string, share: number): Promise<void> =>
		gate.pass(async () => {
			order.push(name);
			expect(gate.counts().inside).toBeLessThanOrEqual(10);
			await new Promise<void>((resolve) => setImmediate(resolve));
		}, share);
	await Promise.all([work('a', 6), work('b', 4), work('large', 99), work('c', 1), work('d', 10)]);
	expect(order).toEqual(['a', 'b', 'large', 'c', 'd']);
});

test('what stands beside a list is copied where it is small and shared where it is large', () => {
	const rest = { topic: { a: 1 }, table: all(1000), bytes: Buffer.alloc(20_000), req: {} };
	const own = messagesLike<typeof rest>(rest, (message) => structuredClone(message));
	const [one, other] = [own(), own()];
	expect([
		one.topic === other.topic,
		one.table === other.table,
		one.bytes === rest.bytes,
		one.req === rest.req,
	]).toEqual([false, true, true, true]);
	expect(one).toEqual(rest);
});

test('the log: ten lines, then a count by what happened', () => {
	jest.useFakeTimers();
	const lines: string[] = [];
	const log = createFailureLog((line) => lines.push(line));
	for (const number of all(4000)) log.add(number % 4 === 0 ? 'Phone is missing.' : 'The key was refused.');
	expect(lines).toHaveLength(10);
	jest.advanceTimersByTime(10_000);
	expect(lines.at(-1)).toMatch(
		/^3990 more leads ended like this: \d{4} × The key was refused\. \d+ × Phone is missing\.$/,
	);
	log.add('Once more.');
	log.stop();
	expect(lines.slice(10)).toHaveLength(2);
	jest.useRealTimers();
});

test.each([
	['split', 2],
	['pair', 1],
	['catch', 'catch'],
])('each lead of a list leaves with its own part: %s', async (routing, output) => {
	const flow = await startFlow(sandbox().baseUrl, { node: { routing } });
	flow.send({ _msgid: 'm1', topic: 'web', payload: all(300).map((id) => ({ id, name: 'A', phone: '1' })) });
	const endings = await flow.endings(300);
	expect(new Set(endings.map(({ output: left }) => left))).toEqual(new Set([output]));
	expect(
		endings.map(({ msg }) => [(msg.payload as { id: number }).id, (msg.parts as { index: number }).index, msg.topic]),
	).toEqual(all(300).map((id) => [id, id, 'web']));
});
