import { freePort } from '../hosts/freePort';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-start-'));
let child: ChildProcess;
let printed = '';
let form = '';
let inbox = '';

const start = (ports: Readonly<Record<string, string>>): ChildProcess =>
	spawn(process.execPath, [join(root, 'scripts/start/start.mjs')], {
		cwd: root,
		env: { ...process.env, ...ports, NODE_RED_USER_FOLDER: folder },
		stdio: ['ignore', 'pipe', 'pipe'],
	});

let ports: Record<string, string>;
beforeAll(async () => {
	ports = { SANDBOX_PORT: String(await freePort()), NODE_RED_PORT: String(await freePort()) };
	form = `http://127.0.0.1:${ports.NODE_RED_PORT}/lead-form`;
	inbox = `http://127.0.0.1:${ports.SANDBOX_PORT}`;
	child = start(ports);
	await new Promise<void>((resolve, reject) => {
		const read = (chunk: Buffer): void => {
			printed += String(chunk);
			if (/^Ready/m.test(printed)) resolve();
		};
		child.stdout?.on('data', read);
		child.stderr?.on('data', read);
		child.once('exit', () => reject(new Error(printed)));
	});
});
afterAll(async () => {
	const ended = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGTERM');
	await ended;
	rmSync(folder, { recursive: true, force: true });
});

const post = async (
	fields: Record<string, string>,
	language = 'en',
): Promise<{ readonly status: number; readonly page: string }> => {
	const response = await fetch(`${form}?lang=${language}`, { method: 'POST', body: new URLSearchParams(fields) });
	return { status: response.status, page: await response.text() };
};
const mona = {
	firstName: 'Mona',
	lastName: 'Hassan',
	phone: '010 0123 4567',
	email: 'mona@example.com',
	message: 'Call me <soon>',
};

test('it prints the addresses and, last, a line that begins "Ready"', () => {
	for (const address of [form, `${form}?lang=ar`, inbox]) expect(printed).toContain(address);
	expect(printed.trim().split('\n').at(-1)).toMatch(/^Ready/);
});

test('a form that is posted becomes a lead, and the answer says so', async () => {
	const { status, page } = await post(mona);
	expect([status, page.includes('Thank you, Mona.')]).toEqual([200, true]);
	const leads = (await (await fetch(`${inbox}/leads.json`)).json()) as readonly Record<string, unknown>[];
	expect(leads[0]).toMatchObject({
		leadInformation: { firstName: 'Mona', lastName: 'Hassan', phone: '+201001234567', email: 'mona@example.com' },
		leadDescription: 'Call me <soon>',
	});
});

test('what is wrong stands beside the field, in the language of the form, and what was typed is kept', async () => {
	const { status, page } = await post({ ...mona, phone: '12', message: '"><b>' }, 'ar');
	expect(status).toBe(400);
	expect(page).toMatch(/id="phone-wrong">[^<]*رقم الهاتف/);
	expect(page).toContain('value="Mona"');
	expect(page).toContain('dir="rtl"');
	expect(page).not.toContain('"><b>');
});

test('an empty form gets an answer too', async () => {
	expect(await post({})).toMatchObject({ status: 400, page: expect.stringContaining('First Name is missing.') });
});

test.each([
	['status-400', 400, 'iCloud-Ready did not accept the lead'],
	['status-401', 503, 'did not accept the API key'],
	['status-403', 503, 'may not create leads'],
	['status-500', 200, 'It may exist'],
	['lost', 200, 'was lost before the answer arrived'],
	['redirect', 503, 'redirected the request to another address'],
	['status-404', 503, 'Check the base URL'],
])('%s is said in plain words', async (scenario, status, words) => {
	const answer = await post({ ...mona, email: `${scenario}@sandbox.test` });
	expect(answer.status).toBe(status);
	expect(answer.page).toContain(words);
	expect(answer.page).not.toContain('sandbox-key');
});

test('a port in use gets a clear sentence', async () => {
	const second = start(ports);
	let said = '';
	second.stderr?.on('data', (chunk: Buffer) => {
		said += String(chunk);
	});
	const code = await new Promise((resolve) => second.once('exit', resolve));
	expect([code, said]).toEqual([1, expect.stringContaining(`Port ${ports.SANDBOX_PORT} is in use`)]);
});

test('the flow is the example, with the address from the environment', () => {
	const flows = readFileSync(join(folder, 'flows.json'), 'utf8');
	expect(flows).toContain('${SANDBOX_BASE_URL}');
	expect(flows).not.toContain('sandbox-key');
});
