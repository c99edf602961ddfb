/** `npm run test:oldest`: the packed n8n package in the oldest n8n that it is for, by the tests of what users see first. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { prepare, root } from '../build/prepare.mjs';

/** The rest is about n8n's own insides, which the newest shows as well. */
const files = ['n8n/credential', 'n8n/outcomes', 'n8n/form', 'n8n/fields', 'n8n/golden', 'n8n/trigger'];

prepare();
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const words = process.argv.slice(2);
const { status } = spawnSync(
	process.execPath,
	[jest, '--config', join(root, 'test/hosts/jest.config.mjs'), ...(words.length > 0 ? words : files)],
	{
		cwd: root,
		stdio: 'inherit',
		env: { ...process.env, ICLOUD_READY_N8N: 'n8n-oldest' },
	},
);
process.exit(status ?? 1);
