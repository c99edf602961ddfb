/**
 * `npm run test:queue`: the packed n8n node in queue mode, over two workers. Brings its own PostgreSQL and Redis up; no
 * service of this machine is touched.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { prepare, root } from '../build/prepare.mjs';
import { provideDatabases } from '../hosts/programs.mjs';

prepare();
provideDatabases((line) => console.error(line));
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const { status } = spawnSync(
	process.execPath,
	[jest, '--config', join(root, 'test/hosts/queue/jest.config.mjs'), ...process.argv.slice(2)],
	{ cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
