import { cases, sampleOf } from '../../fixtures/cases';
import { endings } from './endings';
import { openMcp } from './mcpClient';
import { type ScriptedModel, startScriptedModel, type Turn } from './scriptedModel';
import type { Execution } from './stand';
import { expectNoKey, useWorld } from './world';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The workflow that is shipped, as imported, with accounts chosen; only the model behind it follows a script. */
const world = useWorld();
const file = join(__dirname, '../../../docs/workflows/ai-agent.json');

interface StoredNode {
	readonly name: string;
	readonly typeVersion: number;
	readonly parameters: Readonly<Record<string, unknown>>;
}

let model: ScriptedModel;
let openAi: { readonly id: string; readonly name: string };
beforeAll(async () => {
	model = await startScriptedModel();
	openAi = await world().stand.rest('POST', '/credentials', {
		name: 'A model',
		type: 'openAiApi',
		data: { apiKey: 'model-key', url: model.url },
	});
});
afterAll(() => model.close());

interface Chat {
	/** One message of the person, to the end of the agent's answer to it. */
	readonly send: (text: string, turns: readonly Turn[]) => Promise<Execution>;
}

/** A conversation with the workflow; `change` may rewrite a node of it. */
const openChat = async (
	change: (node: StoredNode) => StoredNode = (node) => node,
	sessionId = Math.random().toString(36).slice(2),
): Promise<Chat> => {
	const stored = JSON.parse(readFileSync(file, 'utf8')) as { nodes: readonly StoredNode[] };
	const { stand, credential } = world();
	const nodes = stored.nodes.map(change).map((node) => {
		if (node.name === 'Create Lead') return { ...node, credentials: { icloudReadyApi: credential } };
		return node.name === 'Model' ? { ...node, credentials: { openAiApi: openAi } } : node;
	});
	const { id } = await stand.rest<{ id: string }>('POST', '/workflows', { ...stored, nodes });
	return {
		send: async (chatInput, turns) => {
			model.script(turns);
			const { executionId } = await stand.rest<{ executionId: string }>('POST', `/workflows/${id}/run`, {
				triggerToStartFrom: {
					name: 'Chat',
					data: {
						startTime: 0,
						executionTime: 0,
						executionIndex: 0,
						executionStatus: 'success',
						source: [],
						data: { main: [[{ json: { sessionId, action: 'sendMessage', chatInput } }]] },
					},
				},
			});
			const execution = await stand.finished(executionId);
			expectNoKey(world(), execution);
			return execution;
		},
	};
};

const mona = { First_Name: 'Mona', Phone: '010 0000 0001', Lead_Description: 'A villa with a garden' };
const sara = { First_Name: 'Sara', Phone: '01000000002', Lead_Description: '' };
const phones = (): readonly unknown[] =>
	world().sandbox.leads.map((lead) => (lead.leadInformation as { phone: string }).phone);

test('a chat over three messages ends in one lead, and its last message knows its first', async () => {
	const chat = await openChat();
	await chat.send('Hello, I look for a villa', [{ say: 'What is your name?' }]);
	await chat.send('Mona', [{ say: 'And your phone number?' }]);
	const last = await chat.send('010 0000 0001', [{ call: [mona] }, { say: 'Thank you, Mona.' }]);
	expect(last.status).toBe('success');
	expect(JSON.stringify(model.asked()[0])).toContain('I look for a villa');
	expect(phones()).toEqual(['+201000000001']);
	expect(last.outputs('Agent').flat()[0]?.json).toMatchObject({ output: 'Thank you, Mona.' });
});

test('a step of a chat that is sent twice, and a second call in other words, create no second lead', async () => {
	const chat = await openChat();
	await chat.send('I am Mona, 010 0000 0001', [{ call: [mona] }, { say: 'Done' }]);
	await chat.send('I am Mona, 010 0000 0001', [
		{ call: [{ ...mona, First_Name: 'Mona Ali', Phone: '+20 100 000 0001' }] },
		{ say: 'Done' },
	]);
	expect(phones()).toEqual(['+201000000001']);
	expect(model.toolAnswers().join(' ')).toMatch(/created earlier/);
});

test('two people of one chat are two leads', async () => {
	const chat = await openChat();
	await chat.send('Two of us', [{ call: [mona, sara] }, { say: 'Done' }]);
	expect([...phones()].sort()).toEqual(['+201000000001', '+201000000002']);
});

test.each([3.1, 2])(
	'agent %s reads what is wrong, and that it was created after it was mended',
	async (typeVersion) => {
		const chat = await openChat((node) => (node.name === 'Agent' ? { ...node, typeVersion } : node));
		const execution = await chat.send('I am Mona', [
			{ call: [{ ...mona, Phone: '12' }] },
			{ call: [mona] },
			{ say: 'Thank you.' },
		]);
		expect(execution.status).toBe('success');
		const [wrong = '', created = ''] = model.toolAnswers();
		expect(wrong).toMatch(/phone number/);
		expect(created).toMatch(/leadNumber/);
		expect(phones()).toEqual(['+201000000001']);
	},
);

test('a field that the model leaves out is told, and ends nothing', async () => {
	const chat = await openChat();
	const execution = await chat.send('Hello', [
		{ call: [{ First_Name: 'Mona' }] },
		{ say: 'May I have your phone number?' },
	]);
	expect(execution.status).toBe('success');
	expect(phones()).toEqual([]);
	expect(model.toolAnswers().join(' ')).toMatch(/[Pp]hone/);
});

test.each([
	['a refused key', { status: 401 }, /did not accept the API key/],
	['no permission', { status: 403 }, /may not create leads/],
	['a lost answer', { cut: 'after' as const }, /It may exist/],
	['a refusal of the API', { status: 400, body: { message: 'email is taken' } }, /email is taken/],
])('%s is told to the agent in words, and no other lead comes of it', async (_name, answer, words) => {
	const chat = await openChat();
	world().sandbox.failNext(answer);
	const execution = await chat.send('I am Mona', [{ call: [mona] }, { say: 'Sorry.' }]);
	expect(execution.status).toBe('success');
	expect(model.toolAnswers().join(' ')).toMatch(words);
	expect(phones().length).toBeLessThanOrEqual('cut' in answer ? 1 : 0);
});

/** One try of half a second, so that no ending is waited for. */
const quick = { maxTries: 1, maxWaitSeconds: 0, timeoutSeconds: 1, duplicates: 'run', duplicateKey: 'phone' };
const modes = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'];
const told = endings.filter(({ baseUrl }) => baseUrl === undefined);
const ends = told.flatMap((ending) =>
	[3.1, 2].flatMap((version) => modes.map((onError) => [ending.name, version, onError, ending] as const)),
);

/** Nothing that a person or a model has to decipher: words, and no more than a model reads. */
const expectReadable = (answer: string): void => {
	expect(answer).not.toMatch(/\[object|undefined|NodeApiError|\bat .*\.js:\d/);
	expect(Buffer.byteLength(answer)).toBeLessThanOrEqual(4000);
};

test.each(sampleOf(ends, cases === 'few' ? 6 : 18))(
	'%s, agent %s, On Error %s',
	async (_name, typeVersion, onError, ending) => {
		const chat = await openChat((node) => {
			if (node.name === 'Agent') return { ...node, typeVersion };
			return node.name === 'Create Lead'
				? { ...node, onError, parameters: { ...node.parameters, options: quick } }
				: node;
		});
		const answer = ending.answer?.('http://127.0.0.1:9');
		if (answer !== undefined) world().sandbox.failNext(answer);
		const execution = await chat.send('I am Mona', [
			{ call: [{ ...mona, Phone: ending.phone ?? mona.Phone }] },
			{ call: [{ ...mona, First_Name: 'Mona Ali', Phone: ending.phone ?? '+20 100 000 0001' }] },
			{ say: 'Thank you.' },
		]);
		expect(execution.status).toBe('success');
		const [first = ''] = model.toolAnswers();
		expect(first).toMatch(new RegExp(ending.message.source.replace(/^\^/, '').replaceAll('"', '\\\\?"')));
		expectReadable(first);
		// The second call is of the same person: what may exist is not made twice.
		expect(phones().length).toBeLessThanOrEqual(1);
	},
);

test.each(modes.flatMap((onError) => [3.1, 2].map((version) => [version, onError] as const)))(
	'agent %s, On Error %s: a created lead is at most 400 bytes, and its person has no second one',
	async (typeVersion, onError) => {
		const chat = await openChat((node) => {
			if (node.name === 'Agent') return { ...node, typeVersion };
			return node.name === 'Create Lead' ? { ...node, onError } : node;
		});
		await chat.send('I am Mona', [
			{ call: [mona, { ...mona, First_Name: 'Mona Ali' }] },
			{ call: [mona] },
			{ say: 'Done' },
		]);
		const answers = model.toolAnswers();
		expect(answers).toHaveLength(3);
		for (const answer of answers) expect(Buffer.byteLength(answer)).toBeLessThanOrEqual(400);
		expect(phones()).toEqual(['+201000000001']);
	},
);

describe('behind an MCP Server Trigger', () => {
	test.each(modes)('On Error %s: the tool is listed, creates a lead, and says what is wrong', async (onError) => {
		const call = await openMcp(world(), `mcp-${onError}`, onError, quick);
		const created = await call({ First_Name: 'Mona', Phone: '010 0000 0001', Lead_Description: '' });
		expect(created).toMatch(/Lead \d+ was created/);
		expect(Buffer.byteLength(created)).toBeLessThanOrEqual(400);
		expect(await call({ First_Name: 'Sara', Phone: '12', Lead_Description: '' })).toMatch(/not a valid phone number/);
		world().sandbox.failNext({ status: 401 });
		const refused = await call({ First_Name: 'Sara', Phone: '010 0000 0002', Lead_Description: '' });
		expect(refused).toMatch(/did not accept the API key/);
		for (const each of [created, refused]) expectReadable(each);
		expect(phones()).toEqual(['+201000000001']);
	});
});
