import type { ScriptedAnswer } from '../../../packages/sandbox/src';
import type { Execution } from './stand';
import { leadNode, type Setup } from './workflow';
import { useWorld } from './world';

const world = useWorld();
const phones = ['01000000001', '01000000002', '01000000003'];
const sent = (): readonly string[] =>
	world().sandbox.calls.map(
		({ body }) => (JSON.parse(body) as { leadInformation: { phone: string } }).leadInformation.phone,
	);
const times = (phone: string): number => sent().filter((each) => each === `+2${phone}`).length;
const hintsOf = (execution: Execution): string =>
	(execution.runs[leadNode]?.at(-1)?.hints ?? []).map(({ message }) => message).join(' ');

const created: ScriptedAnswer = { status: 201, body: { _id: 'x', leadNumber: 1 } };
const run = async (
	answers: readonly ScriptedAnswer[],
	setup: Partial<Setup> = {},
	options: object = {},
): Promise<Execution> => {
	world().sandbox.failNext(answers);
	return await world().run({
		items: phones.map((phone) => ({ phone })),
		...setup,
		parameters: {
			firstName: 'Mona',
			phone: '={{ $json.phone }}',
			options: { concurrency: 1, ...options },
			...setup.parameters,
		},
	});
};
const retryOnFail = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };

describe('Retry On Fail', () => {
	test('the second of three answered 404 once: only that one is sent twice', async () => {
		const execution = await run([created, { status: 404 }], { node: retryOnFail });
		expect(execution.status).toBe('success');
		expect(phones.map(times)).toEqual([1, 2, 1]);
		expect(execution.outputs(leadNode)[0]).toHaveLength(3);
		expect(hintsOf(execution)).toContain('1 lead had already finished in an earlier attempt and was not sent again');
	});

	test('the second of three answered 500 once: no phone is sent twice', async () => {
		const execution = await run([created, { status: 500 }], { node: retryOnFail });
		expect(Math.max(...phones.map(times))).toBe(1);
		expect(execution.status).toBe('error');
		expect(execution.error?.message).toMatch(/could not complete the request.*\[Item 2\]$/);
	});

	test('with Continue and a first item that fails, n8n runs it again: what was created is not', async () => {
		const execution = await run([{ status: 404 }], { node: retryOnFail, onError: 'continueRegularOutput' });
		expect(execution.status).toBe('success');
		expect(phones.map(times)).toEqual([2, 1, 1]);
	});

	test('two alike in one run stay two leads', async () => {
		const execution = await run([created, created, { status: 404 }], {
			items: ['01000000001', '01000000001', '01000000002'].map((phone) => ({ phone })),
			node: retryOnFail,
		});
		expect(execution.status).toBe('success');
		expect([times('01000000001'), times('01000000002')]).toEqual([2, 2]);
	});
});

test('Retry from the list of executions sends no created lead again', async () => {
	const failed = await run([created, { status: 404 }]);
	expect(failed.status).toBe('error');
	const retried = await world().stand.rest<string | { executionId?: string; id?: string }>(
		'POST',
		`/executions/${failed.id}/retry`,
		{ loadWorkflow: false },
	);
	expect(retried).toBeTruthy();
	const id = typeof retried === 'object' ? (retried.executionId ?? retried.id) : undefined;
	if (id !== undefined) await world().stand.finished(id);
	expect(phones.map(times)).toEqual([1, 2, 1]);
});

test('the first failure names the items that were created, and no further lead is sent', async () => {
	const execution = await run([created, { status: 403 }]);
	expect(execution.error?.description).toContain('Created: item 1.');
	expect(phones.map(times)).toEqual([1, 1, 0]);
});

describe('duplicates', () => {
	const twice = { items: [{ phone: phones[0] }, { phone: '00201000000001' }, { phone: phones[1] }] };

	test('within one execution', async () => {
		const execution = await run([], { ...twice, parameters: { outputPerOutcome: true } }, { duplicates: 'run' });
		expect(execution.outputs(leadNode).map((items) => items.length)).toEqual([2, 1, 0, 0, 0, 0, 0, 0]);
		expect(execution.outputs(leadNode)[1]?.[0]?.json).toMatchObject({
			outcome: 'duplicate',
			message: 'A lead with the phone number +201000000001 was created earlier.',
		});
	});

	test('without Output per Outcome a duplicate stays on the main output', async () => {
		const [items = []] = (await run([], twice, { duplicates: 'run' })).outputs(leadNode);
		expect(items.map(({ json }) => json.outcome ?? 'created')).toEqual(['created', 'duplicate', 'created']);
	});
});

test('429 is waited for, and the hint says how long', async () => {
	const execution = await run([{ status: 429, headers: { 'retry-after': '2' } }]);
	expect(execution.status).toBe('success');
	expect(phones.map(times)).toEqual([2, 1, 1]);
	expect(hintsOf(execution)).toMatch(/3 created.*; waited 2 s for the rate limit/);
});
