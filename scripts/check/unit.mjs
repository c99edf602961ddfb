/** `npm test`: installs and builds what is missing, then runs every test that needs no host of its own. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { prepare, root } from '../build/prepare.mjs';

prepare();
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const { status } = spawnSync(
	process.execPath,
	[jest, '--config', join(root, 'jest.config.mjs'), ...process.argv.slice(2)],
	{ cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
