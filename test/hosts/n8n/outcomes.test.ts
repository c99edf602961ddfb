import { type Sandbox, startSandbox } from '../../../packages/sandbox/src';
import { sampleOf } from '../../fixtures/cases';
import { type Ending, endings } from './endings';
import type { Execution } from './stand';
import { leadNode, type Setup } from './workflow';
import { expectNoKey, useWorld } from './world';

const world = useWorld();
let elsewhere: Sandbox;
beforeAll(async () => {
	elsewhere = await startSandbox({ port: 0 });
});
afterAll(() => elsewhere.close());

/** Runs two items of which the first one is created and the second one ends as told, one after the other. */
const runEnding = async ({ answer, phone, baseUrl, sent }: Ending, setup: Partial<Setup>): Promise<Execution> => {
	const { sandbox, credential, addCredential, run } = world();
	const scripted = answer?.(`${elsewhere.baseUrl}/leads`);
	if (scripted !== undefined) sandbox.failNext([{ status: 201, body: { _id: 'first' } }, scripted]);
	const execution = await run({
		credential: baseUrl === undefined ? credential : await addCredential({ baseUrl }),
		items: [{ phone: '01000000001' }, { phone: phone ?? '01000000002' }],
		...setup,
		parameters: {
			firstName: 'Mona',
			phone: '={{ $json.phone }}',
			options: { concurrency: 1, timeoutSeconds: 1, maxTries: 1 },
			...setup.parameters,
		},
	});
	expect(sandbox.calls.length).toBe(baseUrl === undefined ? 1 + sent : 0);
	expect(elsewhere.calls).toEqual([]);
	expectNoKey(world(), execution);
	return execution;
};

// Where nothing can be reached, the first item ends the same way.
const places = ({ baseUrl }: Ending): readonly number[] => (baseUrl === undefined ? [1] : [0, 1]);

describe('with Output per Outcome each ending leaves on its own output', () => {
	test.each(endings)('$name', async (ending) => {
		const { outcome, output, status, message } = ending;
		const execution = await runEnding(ending, { parameters: { outputPerOutcome: true } });
		expect(execution.status).toBe('success');
		const outputs = execution.outputs(leadNode);
		expect(outputs).toHaveLength(8);
		expect(outputs[output]?.map(({ pairedItem }) => pairedItem)).toEqual(places(ending).map((item) => ({ item })));
		expect(outputs[output]?.at(-1)?.json).toMatchObject({
			outcome,
			status,
			message: expect.stringMatching(message),
			issues: expect.any(Array),
		});
		expect(outputs.flat()).toHaveLength(2);
	});
});

describe('with Stop the first ending stops the workflow with its words', () => {
	test.each(sampleOf(endings, 7, 1))('$name', async (ending) => {
		const { status, message, baseUrl } = ending;
		const execution = await runEnding(ending, {});
		const item = baseUrl === undefined ? 2 : 1;
		expect(execution.status).toBe('error');
		expect(execution.error?.message).toMatch(message);
		expect(execution.error?.message).toMatch(new RegExp(` \\[Item ${item}\\]$`));
		expect(execution.error?.description).toMatch(
			/\w+\. The other leads of this run: (?:1 created\. Created: item 1|1 not sent)\.$/,
		);
		expect(execution.error?.httpCode ?? null).toBe(status === null ? null : String(status));
	});
});

const failure = ({ outcome, message }: Ending): unknown => ({
	error: expect.stringMatching(message),
	message: expect.stringMatching(message),
	details: expect.objectContaining({ outcome }),
});

describe('with Continue each ending goes on as an item', () => {
	test.each(sampleOf(endings, 7, 2))('$name', async (ending) => {
		const execution = await runEnding(ending, { onError: 'continueRegularOutput' });
		expect(execution.status).toBe('success');
		const [items = []] = execution.outputs(leadNode);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(items.at(-1)?.json).toEqual(failure(ending));
	});
});

describe('with Error Output each ending leaves there, with what came in', () => {
	test.each(sampleOf(endings, 7, 3))('$name', async (ending) => {
		const execution = await runEnding(ending, { onError: 'continueErrorOutput' });
		expect(execution.status).toBe('success');
		const [, failed = []] = execution.outputs(leadNode);
		expect(failed.map(({ pairedItem }) => pairedItem)).toEqual(places(ending).map((item) => ({ item })));
		expect(failed.at(-1)?.json).toEqual({ phone: expect.any(String), ...(failure(ending) as object) });
	});
});
