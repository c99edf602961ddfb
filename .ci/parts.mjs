/**
 * What `.ci/run` runs: stages one after the other, and in each its parts in this order, `atOnce` of them side by side. What
 * is cheap comes first, and where that fails the rest does not begin. Real hosts go two at once, for two cores, the longest
 * first: with a third beside them, what waits for an answer met its limit. Those that mostly wait (`waits`) go one after the
 * other beside these two, since they leave the cores to them. Suites that hold something against the clock come last and alone.
 */

const npm = (name, ...words) => ['npm', 'run', name, '--silent', ...(words.length > 0 ? ['--', ...words] : [])];
/** Suites of real hosts, by words that choose their files; `timed`: those that measure time, or the others. */
const hosts = (name, timed, ...words) => ({ name, command: npm('test:hosts', ...words), env: { HOSTS_TIMED: timed } });

export const stages = [
	{
		needed: true,
		atOnce: 1,
		parts: [
			{
				name: 'install',
				command: [
					'node',
					'--input-type=module',
					'-e',
					"import('./scripts/build/prepare.mjs').then(({ prepare }) => prepare())",
				],
			},
		],
	},
	{
		needed: true,
		atOnce: 2,
		parts: [
			{ name: 'lint', command: npm('lint') },
			{ name: 'types', command: npm('typecheck') },
			{ name: 'build', command: npm('build') },
		],
	},
	// It takes both cores by itself.
	{ needed: true, atOnce: 1, parts: [{ name: 'unit', command: npm('test'), env: { TEST_CASES: 'more' } }] },
	{
		atOnce: 2,
		parts: [
			hosts('hosts-browser', 'none', 'test/hosts/browser/', 'test/hosts/inbox'),
			hosts('hosts-n8n', 'none', 'test/hosts/n8n/'),
			{ ...hosts('hosts-gateway', 'none', 'test/hosts/gateway/'), waits: true },
			hosts('hosts-node-red', 'none', 'test/hosts/node-red/'),
			{ name: 'queue', command: npm('test:queue') },
			{
				name: 'soak-gateway',
				command: npm('soak', '--minutes', '0.5', '--per-second', '20', '--gateway'),
				waits: true,
			},
			{ name: 'soak', command: npm('soak', '--minutes', '0.5', '--per-second', '20'), waits: true },
			{ name: 'oldest', command: npm('test:oldest') },
			{ name: 'packages', command: npm('check:packages') },
			{ name: 'answers', command: npm('trial:answers', '--calls', '60', '--kills', '3', '--example', 'through-nodes') },
			// Others than those of `npm test`, and some of the faults that they must find.
			{ name: 'simulation', command: npm('simulate', '--seeds', '600', '--from', '200000', '--workers', '1') },
			{
				name: 'planted',
				command: npm('simulate', '--planted', '--sample', '7', '--seeds', '300', '--workers', '1'),
			},
		],
	},
	{
		atOnce: 1,
		parts: [
			hosts('limits-n8n', 'only', 'test/hosts/n8n/limit'),
			hosts('limits-node-red', 'only', 'test/hosts/node-red/limit'),
		],
	},
	{
		atOnce: 1,
		parts: [hosts('hosts-timed', 'only', 'test/hosts/gateway/', 'node-red/lists', 'node-red/outbox/')],
	},
];
