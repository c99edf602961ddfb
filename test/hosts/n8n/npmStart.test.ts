import { type Sandbox, startSandbox } from '../../../packages/sandbox/src';
import { freePort } from '../freePort';
import { hostFolder } from '../hosts';
import { until } from '../until';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

// Installed while the file is loaded, since a test has less time than that may take.
hostFolder('n8n');

const root = resolve(__dirname, '../../..');
const script = `
	import { startN8n } from ${JSON.stringify(pathToFileURL(join(root, 'scripts/start/startN8n.mjs')).href)};
	const n8n = await startN8n({ ...JSON.parse(process.argv[1]), log: console.error });
	process.stdin.on('end', () => n8n.stop().then(() => process.exit())).resume();
	console.log(JSON.stringify(n8n.addresses));
`;

interface Running {
	readonly addresses: readonly (readonly [string, string])[];
	readonly stop: () => Promise<void>;
}

/** n8n as `npm start -- n8n` starts it, with its folder elsewhere. */
const start = async (sandbox: Sandbox, folder: string): Promise<Running> => {
	const options = JSON.stringify({ port: await freePort(), sandboxBaseUrl: sandbox.baseUrl, root, folder });
	const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', script, options], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const ended = new Promise<void>((done) => child.once('close', () => done()));
	const line = await new Promise<string>((done, fail) => {
		if (child.stdout !== null) createInterface(child.stdout).once('line', done);
		child.once('close', () => fail(new Error('n8n did not start; the lines above say why.')));
	});
	return {
		addresses: JSON.parse(line) as Running['addresses'],
		stop: async () => {
			child.stdin?.end();
			await ended;
		},
	};
};

/** Fills in the form and goes on to its last page as the form's own script does, once n8n says that it is there. */
const submitted = async (address: string, answers: readonly string[]): Promise<string> => {
	const form = new FormData();
	answers.forEach((answer, index) => form.set(`field-${index}`, answer));
	const { formWaitingUrl } = (await (await fetch(address, { method: 'POST', body: form })).json()) as {
		formWaitingUrl: string;
	};
	const status = new URL(formWaitingUrl);
	status.pathname += '/n8n-execution-status';
	await until(async () => (await (await fetch(status)).text()) === 'form-waiting');
	return (await fetch(formWaitingUrl)).text();
};

let sandbox: Sandbox;
let folder: string;
let running: Running | undefined;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	folder = mkdtempSync(join(tmpdir(), 'icloud-ready-start-'));
});
afterEach(() => running?.stop());
afterAll(async () => {
	await sandbox.close();
	rmSync(folder, { recursive: true, force: true });
});

const formOf = ({ addresses }: Running): string => addresses.find(([what]) => what === 'n8n lead form')?.[1] ?? '';

test('the form of npm start -- n8n creates leads, and says what happened', async () => {
	running = await start(sandbox, folder);
	expect(await submitted(formOf(running), ['Mona Ali', '010 0000 0001', 'mona@example.com', 'Hello'])).toContain(
		'Thank you, Mona',
	);
	expect(sandbox.leads).toMatchObject([
		{ leadInformation: { firstName: 'Mona', lastName: 'Ali', phone: '+201000000001' }, leadDescription: 'Hello' },
	]);
	expect(await submitted(formOf(running), ['Mona Ali', '12', '', ''])).toMatch(
		/Phone (?:"|&quot;)12(?:"|&quot;) is not a valid phone number/,
	);
	expect(sandbox.leadCount).toBe(1);
});

test('a second start keeps the workflow and follows the sandbox to its new address', async () => {
	await sandbox.close();
	sandbox = await startSandbox({ port: 0 });
	running = await start(sandbox, folder);
	expect(await submitted(formOf(running), ['Adham', '01000000002', '', ''])).toContain('Thank you, Adham');
	expect(sandbox.leadCount).toBe(1);
});
