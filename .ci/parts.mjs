/**
 * What `.ci/run` runs: stages one after the other, and in each its parts in this order, `atOnce` of them side by side. What
 * is cheap comes first, and where that fails the rest does not begin. Real hosts go two at once, for two cores:
 * with a third beside them a test met its limit. Suites that measure time come last and alone.
 */

const npm = (name, ...words) => ['npm', 'run', name, '--silent', ...(words.length > 0 ? ['--', ...words] : [])];
/** Suites of real hosts that do not measure time, by words that choose their files. */
const hosts = (name, ...words) => ({ name, command: npm('test:hosts', ...words), env: { HOSTS_TIMED: 'none' } });

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
			// Others than those of `npm test`, and some of the faults that they must find.
			{ name: 'simulation', command: npm('simulate', '--seeds', '600', '--from', '200000') },
			{ name: 'planted', command: npm('simulate', '--planted', '--sample', '7', '--seeds', '300') },
			hosts('hosts-n8n', 'test/hosts/n8n/'),
			hosts('hosts-browser', 'test/hosts/browser/', 'test/hosts/inbox'),
			hosts('hosts-gateway', 'test/hosts/gateway/'),
			hosts('hosts-node-red', 'test/hosts/node-red/'),
			{ name: 'queue', command: npm('test:queue') },
			{ name: 'oldest', command: npm('test:oldest') },
			{ name: 'soak', command: npm('soak', '--minutes', '0.5', '--per-second', '20') },
			{ name: 'soak-gateway', command: npm('soak', '--minutes', '0.5', '--per-second', '20', '--gateway') },
			{ name: 'answers', command: npm('trial:answers', '--calls', '60', '--kills', '3', '--example', 'through-nodes') },
			{ name: 'packages', command: npm('check:packages') },
		],
	},
	{
		atOnce: 1,
		parts: [{ name: 'hosts-timed', command: npm('test:hosts', 'test/hosts/'), env: { HOSTS_TIMED: 'only' } }],
	},
];
