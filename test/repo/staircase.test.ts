import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../..');
const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** What lint says of these files, laid out as the repository is. */
const cruised = (
	files: Readonly<Record<string, string>>,
): { readonly status: number | null; readonly told: string } => {
	const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-staircase-'));
	try {
		for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json']) copyFileSync(join(root, name), join(folder, name));
		for (const [name, text] of Object.entries(files)) {
			mkdirSync(dirname(join(folder, name)), { recursive: true });
			writeFileSync(join(folder, name), text);
		}
		const { status, stdout, stderr } = spawnSync(
			process.execPath,
			[cruiser, '--config', '.dependency-cruiser.cjs', 'packages'],
			{ cwd: folder, encoding: 'utf8' },
		);
		return { status, told: stdout + stderr };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
};

const wrong: readonly (readonly [name: string, told: string, files: Readonly<Record<string, string>>])[] = [
	[
		'an arrow up the staircase of a package',
		'staircase: packages/core/src/text',
		{
			'packages/core/src/text/text.ts': "import { policy } from '../delivery/policy';\nexport const clean = policy;\n",
			'packages/core/src/delivery/policy.ts': 'export const policy = 1;\n',
		},
	],
	[
		'an arrow up that only types go',
		'staircase: packages/outbox/src/store',
		{
			'packages/outbox/src/store/entry.ts':
				"import type { Outbox } from '../queue/outbox';\nexport type Entry = Outbox;\n",
			'packages/outbox/src/queue/outbox.ts': 'export type Outbox = string;\n',
		},
	],
	[
		'a package that imports one above it',
		'packages: outbox',
		{
			'packages/outbox/src/index.ts': "import { start } from '../../gateway/src/index';\nexport const begin = start;\n",
			'packages/gateway/src/index.ts': 'export const start = 1;\n',
		},
	],
	[
		'a circle',
		'no-cycle',
		{
			'packages/web/src/one.ts': "import { two } from './two';\nexport const one = (): unknown => two;\n",
			'packages/web/src/two.ts': "import { one } from './one';\nexport const two = (): unknown => one;\n",
		},
	],
];

let told = '';
beforeAll(() => {
	const found = cruised(Object.assign({}, ...wrong.map(([, , files]) => files)) as Record<string, string>);
	told = found.told;
	expect(found.status).not.toBe(0);
});

test.each(wrong)('lint tells %s', (_name, rule) => {
	expect(told).toContain(`error ${rule}`);
});

test('lint tells nothing of imports that go down', () => {
	const { status, told: said } = cruised({
		'packages/core/src/delivery/policy.ts': "import { clean } from '../text/text';\nexport const policy = clean;\n",
		'packages/core/src/text/text.ts': 'export const clean = 1;\n',
	});
	expect([status, said]).toEqual([0, expect.stringContaining('no dependency violations')]);
});
