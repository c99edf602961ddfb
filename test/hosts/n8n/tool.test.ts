import { leadNode, type Setup, toolWorkflow } from './workflow';
import { expectNoKey, useWorld } from './world';

const world = useWorld();

/** What an agent would read: the text that the tool gives back. */
const called = async (
	query: Readonly<Record<string, unknown>>,
	setup: Partial<Setup> = {},
): Promise<readonly Record<string, unknown>[]> => {
	const { stand, credential } = world();
	const parameters = {
		firstName: '={{ $fromAI("firstName", "given name", "string") }}',
		phone: '={{ $fromAI("phone", "phone number", "string") }}',
	};
	const execution = await stand.run(
		toolWorkflow({ credential, items: [], ...setup, parameters: { ...parameters, ...setup.parameters } }, query),
	);
	expect(execution.status).toBe('success');
	expectNoKey(world(), execution);
	const [[item] = []] = execution.outputs('PartialExecutionToolExecutor');
	expect(execution.outputs(leadNode, 'ai_tool')).toHaveLength(1);
	return JSON.parse(item?.json as unknown as string) as Record<string, unknown>[];
};

test('a created lead comes back with its number, the person and one sentence', async () => {
	expect(await called({ firstName: 'Mona', phone: '010 0000 0001' })).toEqual([
		expect.objectContaining({
			outcome: 'created',
			message: 'Lead 1 was created.',
			leadNumber: 1,
			phone: '+201000000001',
		}),
	]);
});

test.each([
	[
		'an invalid lead',
		undefined,
		{ phone: '12' },
		'invalid',
		/not a valid phone number.*Ask the person for a phone number with its country code/,
	],
	[
		'a refusal of the API',
		{ status: 400, body: { message: 'email is taken' } },
		{},
		'invalid',
		/email is taken.*Ask the person/,
	],
	['a refused key', { status: 401 }, {}, 'unauthorized', /did not accept the API key.*owner of this workflow/],
	['a lost answer', { cut: 'after' as const }, {}, 'unconfirmed', /connection was lost.*It may exist/],
])(
	'%s comes back with what to do in its message, and is not thrown',
	async (_name, answer, query, outcome, message) => {
		if (answer !== undefined) world().sandbox.failNext(answer);
		expect(await called({ firstName: 'Mona', phone: '01000000001', ...query })).toEqual([
			expect.objectContaining({ outcome, message: expect.stringMatching(message) }),
		]);
	},
);

test('Output per Outcome, left over from the plain node, changes nothing', async () => {
	expect(await called({ firstName: 'Mona', phone: '12' }, { parameters: { outputPerOutcome: true } })).toEqual([
		expect.objectContaining({ outcome: 'invalid' }),
	]);
});
