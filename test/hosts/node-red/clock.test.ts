import { sampleOf } from '../../fixtures/cases';
import { openScriptedApi, type Scripted, type ScriptedApi } from '../scriptedApi';
import { hourMs, type SettableClock, settableClock, yearMs } from '../settableClock';
import { pause, until } from '../until';
import { type NodeRed, startWithNodes } from './host';
import { leadOf, outboxFlow, post } from './outbox/outboxWorld';

let nodeRed: NodeRed;
let api: ScriptedApi;
let clock: SettableClock;
beforeAll(async () => {
	api = await openScriptedApi();
	clock = settableClock();
	nodeRed = await startWithNodes('node-red-4', { env: clock.env });
});
afterAll(async () => {
	await nodeRed.stop();
	await api.close();
	clock.close();
});

let next = 1;
/** What `count` leads that are posted now come to; `during` happens once they are on their way. */
const run = async (
	account: Readonly<Record<string, unknown>>,
	script: readonly Scripted[],
	count: number,
	during: () => Promise<void>,
	{ expected = count, startsAtMs = 0 } = {},
): Promise<number> => {
	clock.set(startsAtMs);
	await nodeRed.deploy(outboxFlow(api.baseUrl, account), { account: { apiKey: 'first-key' } });
	api.script = [...script];
	const [before, asked] = [api.phones.length, api.requests()];
	const leads = Array.from({ length: count }, () => leadOf(next++));
	const posted = Promise.all(
		leads.map(async (lead) => {
			await post(nodeRed.url, lead);
		}),
	);
	await until(() => api.requests() - asked >= Math.max(1, script.length));
	await during();
	await posted;
	await pause(200);
	for (let waitedMs = 0; waitedMs < 60_000 && api.phones.length - before < expected; waitedMs += 100) await pause(100);
	return api.phones.length - before;
};
const steps: readonly (readonly [name: string, byMs: readonly number[]])[] = [
	['two hours back', [-2 * hourMs]],
	['three years back', [-3 * yearMs]],
	['a year forward, then back again', [yearMs, 0]],
	['a minute back, over and over', Array.from({ length: 20 }, (_, index) => -60_000 * (index + 1))],
];
const walk = (byMs: readonly number[]) => async (): Promise<void> => {
	for (const each of byMs) {
		clock.set(each);
		await pause(50);
	}
};

describe.each(['off', 'disk'] as const)('a clock that is set, outbox %s', (outbox) => {
	test.each(sampleOf(steps, 1, 1))(
		'%s, with a cap',
		async (_name, byMs) => {
			expect(await run({ outbox, maxPerSecond: 5 }, [], 10, walk(byMs))).toBe(10);
		},
		180_000,
	);
	test.each(sampleOf(steps, 1, 2))(
		'%s, while a limit holds',
		async (_name, byMs) => {
			expect(await run({ outbox, concurrency: 1 }, ['429 2'], 3, walk(byMs))).toBe(3);
		},
		180_000,
	);
	test('before a limit that names a date is met', async () => {
		expect(
			await run(
				{ outbox, concurrency: 1 },
				['429 date'],
				2,
				async () => {
					await pause(10);
				},
				{ startsAtMs: -24 * hourMs },
			),
		).toBe(2);
	}, 180_000);
});

describe('in the outbox', () => {
	test.each(sampleOf(steps, 1, 3))(
		'%s, while a key is held',
		async (_name, byMs) => {
			expect(await run({ outbox: 'disk', concurrency: 1 }, ['401', '401'], 3, walk(byMs))).toBe(3);
		},
		180_000,
	);
	const rows: readonly (readonly [name: string, script: readonly Scripted[], created: number])[] = [
		['a key that is refused', ['403', '401'], 3],
		['the limit', ['403', '429'], 3],
		['a limit that says how long', ['403', '429 2'], 3],
		['no answer', ['403', 'no answer'], 2],
		['a fault there', ['403', '500'], 2],
	];
	test.each(sampleOf(rows, 2))(
		'the lead that is let through to see meets %s: the others leave all the same',
		async (_name, script, created) => {
			const came = await run(
				{ outbox: 'disk', concurrency: 1 },
				script,
				3,
				async () => {
					await pause(10);
				},
				{ expected: created },
			);
			expect(came).toBe(created);
		},
		180_000,
	);
});
