import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const place = mkdtempSync(join(tmpdir(), 'icloud-ready-docs-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

interface Block {
	readonly file: string;
	/** Nothing: it needs what is not here, such as Docker or a published package. */
	readonly mark: '' | 'run' | 'run-in-repository';
	readonly commands: string;
}

const blocks: readonly Block[] = readdirSync(join(root, 'docs'))
	.filter((file) => file.endsWith('.md'))
	.flatMap((file) =>
		[...readFileSync(join(root, 'docs', file), 'utf8').matchAll(/^```sh ?([\w-]*)\n([\s\S]*?)^```$/gm)].map(
			([, mark = '', commands = '']) => ({ file, mark: mark as Block['mark'], commands }),
		),
	);

/** Runs commands as a reader would, in a home folder of their own. */
const run = (commands: string, cwd: string): string => {
	const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', commands], {
		cwd,
		encoding: 'utf8',
		env: { PATH: process.env.PATH, HOME: place, PLACE: place },
	});
	if (status !== 0) throw new Error(`${commands}\nended with ${status}:\n${stderr}`);
	return stdout;
};

const runAll = (mark: Block['mark'], cwd: string, file?: string): string =>
	blocks
		.filter((block) => block.mark === mark && (file === undefined || block.file === file))
		.map(({ commands }) => run(commands, cwd))
		.join('');

test('the packages are made, installed without internet, asked for their version and removed as the documents say', () => {
	const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
	runAll('run-in-repository', root);
	expect(readdirSync(place).filter((file) => file.endsWith('.tgz'))).toEqual([
		`icloud-ready-node-red-leads-${version}.tgz`,
		`n8n-nodes-icloud-ready-${version}.tgz`,
	]);
	expect(runAll('run', place, 'offline-install.md')).toContain(`${version}\n`);
	expect(readdirSync(join(place, '.n8n/nodes/node_modules/n8n-nodes-icloud-ready/dist'))).toEqual(
		expect.arrayContaining(['credentials', 'nodes']),
	);
	expect(readdirSync(join(place, '.node-red/node_modules/@icloud-ready/node-red-leads/dist'))).toContain('runtime.js');
	runAll('run', place, 'upgrading.md');
	expect(readdirSync(join(place, '.n8n/nodes/node_modules'))).toEqual([]);
});

test('the secret of alerts is made as the document says', () => {
	expect(runAll('run', place, 'alerts.md')).toMatch(/^whsec_[\w+/]{32,}=*\n$/);
});

test('every marked block belongs to a document that is run above', () => {
	expect([...new Set(blocks.filter(({ mark }) => mark === 'run').map(({ file }) => file))].sort()).toEqual([
		'alerts.md',
		'offline-install.md',
		'upgrading.md',
	]);
});

test.each(blocks.filter(({ mark }) => mark === ''))(
	'what is not run needs Docker or the published package: $commands',
	({ commands }) => {
		for (const line of commands.trim().split('\n'))
			expect(line).toMatch(/^docker run |npm install (?:n8n-nodes-icloud-ready|@icloud-ready\/node-red-leads)@latest$/);
	},
);
