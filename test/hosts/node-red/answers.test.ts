import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const script = join(__dirname, '../../../scripts/trial/examples.mjs');

/** A sample of `npm run trial:answers`, the same each time but for what the machine makes of it. */
test('ad-platforms under kill -9: an answered call is at the API or named, none is doubled', () => {
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		[script, '--example', 'ad-platforms', '--outbox', 'disk', '--calls', '80', '--kills', '3', '--seed', '7'],
		{ encoding: 'utf8' },
	);
	const line = stdout.split('\n').find((each) => each.startsWith('{'));
	if (line === undefined) throw new Error(stderr);
	expect(JSON.parse(line)).toMatchObject({ answered: 80, nowhere: 0, doubled: 0 });
	expect(status).toBe(0);
}, 300_000);
