/** Runs Jest with a configuration of this repository and ends the process as it did. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../build/prepare.mjs';

/**
 * A process that ends waits for its lookups of names, which nothing can call off: where no server for names answers, the
 * system asks again for minutes. Tests look up names that do not exist.
 */
const shortLookups = { RES_OPTIONS: 'timeout:1 attempts:1 ndots:1' };

/** `config`: a path below the root; `words` choose test files, or are options of Jest; `env` is added to the environment. */
export const runJest = (config, words, env = {}) => {
	const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
	const { status } = spawnSync(process.execPath, [jest, '--config', join(root, config), ...words], {
		cwd: root,
		stdio: 'inherit',
		env: { ...shortLookups, ...process.env, ...env },
	});
	process.exit(status ?? 1);
};
