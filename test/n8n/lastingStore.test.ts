import { lastingRecord, type RunRecord } from '../../nodes/IcloudReady/dedupe/lastingStore';
import { createRow, type RowWork } from '../../nodes/IcloudReady/dedupe/processedDataRow';
import { interpretResponse, dedupeKeyOf, type DedupeKey, type Outcome } from '../../packages/core/src';

/** n8n's record of one node as it is stored: one row, read and written whole. `calls` counts the reads and writes. */
const createStoredRow = (): { entries: string[]; calls: number; readonly helpers: never } => {
	const row = {
		entries: [] as string[],
		calls: 0,
		helpers: {
			checkProcessedAndRecord: async (
				items: readonly string[],
				scope: string,
				{ mode, maxEntries }: { mode: string; maxEntries: number },
			) => {
				expect([scope, mode, maxEntries]).toEqual(['node', 'entries', 10_000]);
				row.calls++;
				const before = [...row.entries];
				await Promise.resolve();
				const fresh = items.filter((item) => !before.includes(item));
				row.entries = [...before, ...fresh].slice(-maxEntries);
				return { new: fresh, processed: items.filter((item) => before.includes(item)) };
			},
			removeProcessed: async (items: readonly string[]) => {
				row.calls++;
				const before = [...row.entries];
				await Promise.resolve();
				row.entries = before.filter((entry) => !items.includes(entry));
			},
		} as never,
	};
	return row;
};

let node = 0;
let row: ReturnType<typeof createStoredRow>;
beforeEach(() => {
	row = createStoredRow();
	node++;
});

const key = (phone: number): DedupeKey =>
	dedupeKeyOf({ leadInformation: { firstName: 'Mona', phone: `+20${phone}` } }, 'phone', {
		host: 'h',
		organizationId: 'o',
	});
const reply = (status: number): Outcome => interpretResponse({ status, headers: {}, body: { _id: 'a' } });
const open = (
	keys: readonly DedupeKey[],
	onFault: (error: unknown) => void = () => {
		throw new Error('fault');
	},
	now?: () => number,
): RunRecord =>
	lastingRecord(
		{
			getNode: () => ({ id: `node-${node}` }) as never,
			getWorkflow: () => ({ id: 'w' }) as never,
			helpers: row.helpers,
		},
		keys,
		onFault,
		now,
	);

/** One run of the node: every key sent once, at the same time; `answers` are given in order. */
const run = async (
	keys: readonly DedupeKey[],
	answers: readonly Outcome[] = [],
	now?: () => number,
): Promise<readonly string[]> => {
	const record = open(keys, undefined, now);
	let sent = 0;
	const outcomes = await Promise.all(
		keys.map(
			async (each) =>
				(await record.once(each, async () => await Promise.resolve(answers[sent++] ?? reply(201)))).outcome,
		),
	);
	await record.flush();
	return outcomes;
};

test('a batch costs one call before it and one after it', async () => {
	expect(await run([key(1), key(2), key(3)])).toEqual(['created', 'created', 'created']);
	expect(row.calls).toBe(2);
});

test('a later run skips what was created, and takes what was refused', async () => {
	await run([key(1), key(2)], [reply(201), reply(400)]);
	expect(await run([key(1), key(2)])).toEqual(['duplicate', 'created']);
	expect(await run([key(1), key(2)])).toEqual(['duplicate', 'duplicate']);
});

test('what was sent without an answer is unconfirmed from then on', async () => {
	await run([key(1)], [reply(500)]);
	expect(await run([key(1)])).toEqual(['unconfirmed']);
	expect(await run([key(1)])).toEqual(['unconfirmed']);
});

test('a run that ends without a flush, as in a crash, leaves its leads unconfirmed', async () => {
	await open([key(1)]).once(key(1), async () => await Promise.resolve(reply(201)));
	node++; // Another process: the keys in flight of the first one are gone, the row is the same.
	expect(await run([key(1)])).toEqual(['unconfirmed']);
});

test('what a run asked for and did not send leaves no mark', async () => {
	const record = open([key(1), key(2)]);
	await record.once(key(1), async () => await Promise.resolve(reply(201)));
	await record.flush();
	expect(await run([key(2)])).toEqual(['created']);
});

test('where the record could not be asked, what was created is written, also of a run that stopped before its end', async () => {
	const helpers = row.helpers as { checkProcessedAndRecord: (...given: readonly unknown[]) => Promise<unknown> };
	const { checkProcessedAndRecord } = helpers;
	helpers.checkProcessedAndRecord = async () => await Promise.reject(new Error('the database is away'));
	const faults: unknown[] = [];
	const record = open([key(1), key(2)], (error) => faults.push(error));
	const sent = await record.once(key(1), async () => await Promise.resolve(reply(201)));
	helpers.checkProcessedAndRecord = checkProcessedAndRecord;
	await record.flush();
	expect([sent.outcome, faults.length]).toEqual(['created', 1]);
	expect(await run([key(1), key(2)])).toEqual(['duplicate', 'created']);
});

test('two alike in one run: one lead, whether the first is created or not', async () => {
	expect(await run([key(1), key(1), key(1)])).toEqual(['created', 'duplicate', 'duplicate']);
	expect(await run([key(2), key(2)], [reply(400)])).toEqual(['invalid', 'created']);
	expect(await run([key(2)])).toEqual(['duplicate']);
});

test('a hundred runs at the same time with the same lead make one', async () => {
	const outcomes = (await Promise.all(Array.from({ length: 100 }, async () => await run([key(1)])))).flat();
	expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
	expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(99);
	expect(await run([key(1)])).toEqual(['duplicate']);
});

test('a hundred runs at the same time with different leads share their calls', async () => {
	const outcomes = await Promise.all(Array.from({ length: 100 }, async (_, phone) => await run([key(phone)])));
	expect(outcomes.flat()).toEqual(Array.from({ length: 100 }, () => 'created'));
	// The first one asks alone, the others together; the marks of the first and of the others follow in the same way.
	expect(row.calls).toBeLessThanOrEqual(4);
	expect(await run([key(0), key(99)])).toEqual(['duplicate', 'duplicate']);
});

test('what waits at the same time and touches the same key keeps its order', async () => {
	const { work } = createRow();
	const asked = async (ask: readonly string[]): Promise<readonly unknown[]> => {
		const answer = await work(row.helpers, { ask });
		return ask.map((each) => answer.get(each));
	};
	const told = async (what: RowWork): Promise<unknown> => (await work(row.helpers, what)) && 'told';
	const answers = await Promise.all([
		asked(['a']),
		asked(['b']),
		told({ created: ['a'] }),
		asked(['a', 'c']),
		told({ unsent: ['b'] }),
		asked(['b', 'c']),
	]);
	expect(answers).toEqual([[undefined], [undefined], 'told', ['created', undefined], 'told', [undefined, 'sending']]);
});

test('two runs with different leads lose nothing of each other', async () => {
	await Promise.all([run([key(1), key(2)]), run([key(3), key(4)]), run([key(2), key(5)])]);
	expect(await run([key(1), key(2), key(3), key(4), key(5)])).toEqual([
		'duplicate',
		'duplicate',
		'duplicate',
		'duplicate',
		'duplicate',
	]);
});

test('a second run that waits for a lead which fails sends it itself, and the record knows it after both', async () => {
	let answer = (_outcome: Outcome): void => undefined;
	const slow = open([key(1)]);
	const first = slow.once(
		key(1),
		async () =>
			await new Promise<Outcome>((resolve) => {
				answer = resolve;
			}),
	);
	while (row.calls === 0) await new Promise<void>((resolve) => setImmediate(resolve));
	await new Promise<void>((resolve) => setImmediate(resolve));
	const second = run([key(1)]);
	answer(reply(400));
	expect([(await first).outcome, await second]).toEqual(['invalid', ['created']]);
	await slow.flush();
	expect(await run([key(1)])).toEqual(['duplicate']);
});

describe('a form without an ID of its own is known by its body', () => {
	const hourMs = 3_600_000;
	const ofSubmission = (dedupeKey: string): DedupeKey =>
		dedupeKeyOf({ leadInformation: { firstName: 'Mona', phone: '+201' } }, 'submission', {
			host: 'h',
			organizationId: 'o',
			source: 'any',
			dedupeKey,
		});
	const [body, own] = [ofSubmission('body:abc'), ofSubmission('abc')];
	const startMs = 1_000_000 * hourMs;
	/** A run in a process of its own, so that nothing is known but by the row. */
	const runAfter = async (
		hours: number,
		keys: readonly DedupeKey[],
		answers: readonly Outcome[] = [],
	): Promise<readonly string[]> => {
		node++;
		return await run(keys, answers, () => startMs + hours * hourMs);
	};
	const stored = (): number => row.entries.length;

	test.each([0, 1, 5, 7, 13, 23, 23.9])('for %d hours, and leaves one key', async (hours) => {
		for (const offset of [0, 2, 5.9]) {
			row.entries = [];
			expect(await runAfter(offset, [body, own])).toEqual(['created', 'created']);
			const before = stored();
			expect(await runAfter(offset + hours, [body, own])).toEqual(['duplicate', 'duplicate']);
			expect(stored()).toBe(before);
		}
	});

	test('no longer than a day and a quarter, while an ID of its own stays', async () => {
		await runAfter(0, [body, own]);
		expect(await runAfter(30, [body, own])).toEqual(['created', 'duplicate']);
		expect(await runAfter(30, [body])).toEqual(['duplicate']);
	});

	test('unconfirmed after a crash in the middle, hours later too', async () => {
		await open([body], undefined, () => startMs).once(body, async () => await Promise.resolve(reply(201)));
		expect(await runAfter(20, [body])).toEqual(['unconfirmed']);
		expect(await runAfter(20, [body])).toEqual(['unconfirmed']);
	});

	test('and leaves no mark where it was refused', async () => {
		expect(await runAfter(0, [body], [reply(400)])).toEqual(['invalid']);
		expect(stored()).toBe(0);
		expect(await runAfter(1, [body], [reply(500)])).toEqual(['unconfirmed']);
		expect(await runAfter(20, [body])).toEqual(['unconfirmed']);
		expect(stored()).toBe(1);
	});

	test('many at the same time, among others, keep their own', async () => {
		const bodies = Array.from({ length: 50 }, (_, index) => ofSubmission(`body:${index}`));
		await Promise.all(bodies.map(async (each) => await run([each], [], () => startMs)));
		node++;
		const later = (): number => startMs + 8 * hourMs;
		const outcomes = await Promise.all([...bodies, own].map(async (each) => await run([each], [], later)));
		expect(outcomes.flat()).toEqual([...bodies.map(() => 'duplicate'), 'created']);
	});
});

test('a database that fails stops no lead', async () => {
	const faults: unknown[] = [];
	const broken = async (): Promise<never> => await Promise.reject(new Error('database'));
	const helpers = { checkProcessedAndRecord: broken, removeProcessed: broken } as never;
	const record = lastingRecord(
		{ getNode: () => ({ id: `node-${node}` }) as never, getWorkflow: () => ({ id: 'w' }) as never, helpers },
		[key(1)],
		(error) => faults.push(error),
	);
	expect((await record.once(key(1), async () => await Promise.resolve(reply(201)))).outcome).toBe('created');
	await record.flush();
	expect(faults.length).toBeGreaterThan(0);
});
