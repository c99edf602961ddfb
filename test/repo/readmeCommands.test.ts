import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const place = mkdtempSync(join(tmpdir(), 'icloud-ready-readme-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const readmes = [
	'README.md',
	'CONTRIBUTING.md',
	'packages/node-red/README.md',
	'packages/gateway/README.md',
	'packages/sandbox/README.md',
];

/** `here`: below. Otherwise the test that runs it, or why none does. */
type How = 'here' | { readonly runBy: string } | { readonly why: string };

const makesSecret = `node -p "crypto.randomBytes(32).toString('hex')" > gateway-secret`;
const how: Readonly<Record<string, How>> = {
	'npm start': { runBy: 'test/node-red/npmStart.test.ts' },
	'npm start -- n8n': { runBy: 'test/hosts/n8n/npmStart.test.ts' },
	'NODE_RED_PORT=1881 SANDBOX_PORT=4011 npm start': { runBy: 'test/node-red/npmStart.test.ts' },
	'npm test': { why: 'this test is part of it' },
	'npm run test:hosts': { why: '.ci/run runs its suites' },
	'npm ci': { why: '.ci/run begins with it' },
	'npm run build': { why: 'npm test builds what is missing before this test runs' },
	[makesSecret]: 'here',
	'GATEWAY_SECRET="$(cat gateway-secret)" npx @icloud-ready/gateway --folder ./leads': 'here',
	'GATEWAY_SECRET="$(cat gateway-secret)" node packages/gateway/dist/cli.js --folder ./leads': 'here',
	'GATEWAY_SECRET="$(cat gateway-secret)" GATEWAY_REDIS=rediss://:password@redis.example:6379 npx @icloud-ready/gateway':
		{ runBy: 'test/hosts/gateway/redisStart.test.ts' },
	'npx @icloud-ready/sandbox': 'here',
};

const fenced = (text: string): readonly string[] =>
	[...text.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)].flatMap(([, language = '', block = '']) =>
		language === '' || language === 'sh' ? block.trim().split('\n') : [],
	);
const inline = (text: string): readonly string[] =>
	[...text.matchAll(/`((?:[A-Z_]+=\S+ )*(?:npm start|npx @)[^`]*)`/g)].map(([, command = '']) => command);
const commands = readmes.flatMap((file) => {
	const text = read(file);
	return [...fenced(text), ...inline(text)].map((line) => line.replace(/\s+# .*$/, ''));
});

test('every command of a README is run by a test, or is here with the reason why not', () => {
	expect(commands.length).toBeGreaterThan(10);
	expect(commands.filter((command) => how[command] === undefined)).toEqual([]);
	expect(Object.keys(how).filter((command) => !commands.includes(command))).toEqual([]);
	const named = Object.values(how).flatMap((each) => (typeof each === 'object' && 'runBy' in each ? [each.runBy] : []));
	expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

/** What is not published yet is run from where it was built; any free port will do. */
const asBuilt = (command: string): string =>
	command
		.replace('npx @icloud-ready/gateway', 'node packages/gateway/dist/cli.js')
		.replace('npx @icloud-ready/sandbox', 'node packages/sandbox/dist/cli.js --port 0')
		.replace('node packages/', `exec "${process.execPath}" ${root}/packages/`);

/** Runs what a reader would, until it says that it is ready; it is ended afterwards. */
const untilReady = async (command: string): Promise<string> => {
	const child: ChildProcess = spawn('bash', ['-e', '-c', `${makesSecret}\n${asBuilt(command)}`], {
		cwd: place,
		env: { PATH: process.env.PATH, HOME: place, GATEWAY_PORT: '0' },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
	let printed = '';
	await new Promise<void>((resolve, reject) => {
		const look = (chunk: Buffer): void => {
			printed += String(chunk);
			if (/http:\/\/127\.0\.0\.1:\d+/.test(printed)) resolve();
		};
		child.stdout?.on('data', look);
		child.stderr?.on('data', look);
		void ended.then(() => reject(new Error(`${command}\nended: ${printed}`)));
	});
	child.kill('SIGTERM');
	await ended;
	return printed;
};

test.each(Object.keys(how).filter((command) => how[command] === 'here' && command !== makesSecret))(
	'%s, as it stands in its README',
	async (command) => {
		expect(await untilReady(command)).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
	},
);

test('the code of the README of the sandbox runs as it stands there', async () => {
	const code = /```js\n([\s\S]*?)```/.exec(read('packages/sandbox/README.md'))?.[1] ?? '';
	const program = `(async () => {\n${code.replace("'@icloud-ready/sandbox'", JSON.stringify(join(root, 'packages/sandbox')))}\n})()`;
	const child = spawn(process.execPath, ['-e', program], { cwd: place, stdio: ['ignore', 'pipe', 'inherit'] });
	let printed = '';
	child.stdout.on('data', (chunk) => (printed += String(chunk)));
	const status = await new Promise((resolve) => child.once('close', resolve));
	expect([status, printed]).toEqual([0, '[] []\n']);
});

const testFiles = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
	.map((file) => `test/${file}`)
	.filter((file) => file.endsWith('.test.ts'));
const documents = [
	...readdirSync(join(root, 'docs'))
		.filter((file) => file.endsWith('.md'))
		.map((file) => `docs/${file}`),
	...readmes,
	'bench/README.md',
];

test('every command that a document gives with a figure chooses a test that is there', () => {
	const given = documents.flatMap((file) =>
		[...read(file).matchAll(/`(?:[A-Z_]+=\S+ )*(npm test|npm run test:hosts|npx jest) (?:-- )?([^`]*)`/g)].flatMap(
			([, , words = '']) => words.split(' ').filter((word) => word !== ''),
		),
	);
	expect(given.length).toBeGreaterThan(40);
	expect(given.filter((word) => !testFiles.some((file) => new RegExp(word).test(file)))).toEqual([]);
});
