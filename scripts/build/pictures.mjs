/** `npm run pictures`: the browser tests once more, which this time also write what they see into `docs/pictures`. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './prepare.mjs';

const { status } = spawnSync(
	process.execPath,
	[join(root, 'scripts/check/hosts.mjs'), 'test/hosts/browser', ...process.argv.slice(2)],
	{
		cwd: root,
		stdio: 'inherit',
		// A picture may stand in any look.
		env: { ...process.env, PICTURES: '1', TEST_CASES: 'all' },
	},
);
process.exit(status ?? 1);
