import { type LeadEnd, replyStatus } from '../../packages/node-red/src/runtime/config/replyStatus';
import { helper, type RunningFlow, startFlow, stopFlow, until, useOwnUserFolder, useSandbox } from './flow';

const sandbox = useSandbox();
useOwnUserFolder();

const good = (number: number): Record<string, unknown> => ({
	name: `Mona ${number}`,
	phone: `0100123${String(number).padStart(4, '0')}`,
});
const lost = (number: number): Record<string, unknown> => ({ ...good(number), email: 'lost@sandbox.test' });
const bad = { name: 'Mona', phone: '12' };
const status = { messaging_product: 'whatsapp', statuses: [{}] };

interface Told {
	readonly statusCode?: unknown;
	readonly res?: unknown;
	readonly icloudReady?: { readonly outcome: string };
}

interface Called {
	/** What Complete and Catch were told that still can answer the call. */
	readonly answers: readonly Told[];
	/** Everything that left on an output. */
	readonly left: readonly Told[];
}

/** Sends a message that somebody waits for, and gathers what could answer it. */
const call = async (
	payload: unknown,
	options: Parameters<typeof startFlow>[1] = {},
	more: object = {},
): Promise<Called & { readonly flow: RunningFlow }> => {
	const answers: Told[] = [];
	const left: Told[] = [];
	let isDone = false;
	const flow = await startFlow(sandbox().baseUrl, {
		...options,
		extra: [
			{ id: 'complete', z: 'tab', x: 1, y: 1, type: 'complete', scope: ['lead'], wires: [['completed']] },
			{ id: 'completed', z: 'tab', x: 1, y: 1, type: 'helper', wires: [] },
		],
	});
	const hear = (msg: Told): void => {
		if (msg.res !== undefined) answers.push(msg);
	};
	helper.getNode('completed').on('input', (msg) => {
		hear(msg as Told);
		isDone = true;
	});
	helper.getNode('caught').on('input', (msg) => {
		hear(msg as Told);
		if ((msg as Told).res !== undefined) isDone = true;
	});
	const outputs = { split: 8, pair: 2, catch: 1 }[String(options?.node?.routing ?? 'split')] ?? 8;
	for (const index of (options?.wired ?? [0, 1, 2, 3, 4, 5, 6, 7]).filter((each) => each < outputs))
		helper.getNode(`out-${index}`).on('input', (msg) => {
			left.push(msg as Told);
		});
	flow.send({ payload, req: { headers: {} }, res: { _res: {} }, ...more });
	await until(() => isDone);
	// A second answer would have been told by now.
	for (let turn = 0; turn < 20; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
	return { answers, left, flow };
};

const payloads: readonly (readonly [
	name: string,
	payload: unknown,
	status: { readonly direct: number; readonly kept: number; readonly refused: number },
])[] = [
	['one lead', good(1), { direct: 200, kept: 200, refused: 503 }],
	['one lead that is wrong', bad, { direct: 200, kept: 200, refused: 200 }],
	['a list', [good(1), good(2)], { direct: 200, kept: 200, refused: 503 }],
	['a list of which one is wrong', [good(1), bad, good(2)], { direct: 200, kept: 200, refused: 503 }],
	['a list of wrong ones', [bad, bad, bad], { direct: 200, kept: 200, refused: 200 }],
	['no lead', status, { direct: 200, kept: 200, refused: 200 }],
	['a lead and what is none', [good(1), status], { direct: 200, kept: 200, refused: 503 }],
	['a lost answer', lost(1), { direct: 200, kept: 200, refused: 503 }],
	['an empty list', [], { direct: 200, kept: 200, refused: 200 }],
	['no object', 'hello', { direct: 200, kept: 200, refused: 200 }],
];
const routings = ['split', 'pair', 'catch'] as const;
const wirings = [[0, 1, 2, 3, 4, 5, 6, 7], [0], []];
const worlds = [
	['direct', { key: 'sandbox-key' }],
	['kept', { key: 'sandbox-key', account: { outbox: 'disk' } }],
	['refused', { key: 'expired-key', account: { concurrency: 1 } }],
] as const;

describe.each(routings)('outputs %s', (routing) => {
	for (const wired of wirings) {
		for (const [world, options] of worlds) {
			test.each(payloads)(`wired ${wired.length}, ${world}: %s is answered once`, async (_, payload, expected) => {
				const { answers, left } = await call(payload, { ...options, wired, node: { routing } });
				expect(answers.map(({ statusCode }) => statusCode)).toEqual([expected[world]]);
				for (const msg of left) expect(msg).not.toHaveProperty('statusCode');
			});
		}
	}
});

test("a status of the message's own is there again afterwards, and the outcome of a node before is not taken for this one's", async () => {
	const { answers } = await call(
		good(1),
		{ account: { outbox: 'disk' } },
		{ statusCode: 302, icloudReady: { outcome: 'failed' } },
	);
	expect(answers).toMatchObject([{ statusCode: 200 }]);
	expect(answers[0]).not.toHaveProperty('icloudReady');
	await stopFlow();
	const direct = await call(good(2), {}, { statusCode: 302 });
	expect(direct.left).toMatchObject([{ statusCode: 302 }]);
});

test('without a call, no status is put in', async () => {
	const { flow, left } = await call(good(1), { catching: true }, {});
	flow.send({ payload: good(2) });
	await flow.endings(2);
	expect(left.every((msg) => !('statusCode' in msg))).toBe(true);
});

test.each<[readonly LeadEnd[], 'allow' | 'run' | 'always', number]>([
	[[], 'allow', 200],
	[['created', 'duplicate', 'invalid', 'unconfirmed', 'kept', 'dryRun'], 'allow', 200],
	[['failed'], 'allow', 503],
	[['rateLimited', 'invalid'], 'allow', 503],
	// A repeat would double what exists, unless that is skipped.
	[['created', 'failed'], 'allow', 200],
	[['kept', 'failed'], 'run', 200],
	[['unconfirmed', 'forbidden'], 'allow', 200],
	[['created', 'failed'], 'always', 503],
	[['kept', 'unauthorized'], 'always', 503],
])('%j with duplicates %s: %d', (ends, duplicates, expected) => {
	expect(replyStatus(ends, duplicates)).toBe(expected);
});
