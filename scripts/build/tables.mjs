/** `npm run tables`: writes the tables of every document anew from the catalog and the words. */
import { spawnSync } from 'node:child_process';
import { prepare, root } from './prepare.mjs';

prepare();
const { status } = spawnSync(
	process.execPath,
	['node_modules/jest/bin/jest.js', 'test/repo/documents', '-t', 'are those of the catalog'],
	{
		cwd: root,
		stdio: 'inherit',
		env: { ...process.env, WRITE_TABLES: '1' },
	},
);
process.exit(status ?? 1);
