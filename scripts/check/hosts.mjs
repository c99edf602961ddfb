/**
 * `npm run test:hosts`: the packed packages in real hosts. The first run installs the hosts into a cache folder outside
 * the checkout. Words after `--` choose test files: `npm run test:hosts -- node-red`. Those of the gateway start a Redis,
 * which Debian is asked for where there is none.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { prepare, root } from '../build/prepare.mjs';
import { provideRedis } from '../hosts/programs.mjs';

const chosen = process.argv.slice(2);
prepare();
if (chosen.length === 0 || chosen.some((word) => /gateway|^test\/hosts\/?$/.test(word)))
	provideRedis((line) => console.error(line));
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const { status } = spawnSync(
	process.execPath,
	[jest, '--config', join(root, 'test/hosts/jest.config.mjs'), ...chosen],
	{ cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
