/**
 * `npm run test:hosts`: the packed packages in real hosts. The first run installs the hosts into a cache folder outside
 * the checkout. Words after `--` choose test files: `npm run test:hosts -- node-red`.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { prepare, root } from './prepare.mjs';

prepare();
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const { status } = spawnSync(process.execPath, [jest, '--config', join(root, 'test/hosts/jest.config.mjs'), ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
process.exit(status ?? 1);
