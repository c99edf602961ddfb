/**
 * Which way imports go: down the staircase of packages, and inside a package down its own. A step may import itself and
 * what stands before it; folders in one step (`forms`, `api`) do not import each other. `npm run lint` enforces it.
 */
const staircases = [
	{
		root: 'packages/core/src',
		steps: [
			['text'],
			['catalog'],
			['values'],
			['lead'],
			['outcome'],
			['alerts'],
			['words'],
			['reading'],
			['forms', 'api'],
			['rateLimit', 'receiving'],
			['delivery'],
		],
	},
	{ root: 'packages/outbox/src', steps: [['store'], ['queue'], ['dedupe', 'view']] },
	{
		root: 'packages/gateway/src',
		steps: [['alerts'], ['leads'], ['stores/disk', 'stores/redis'], ['watch'], ['api'], ['inbox'], ['main']],
	},
	{
		root: 'packages/node-red/src/runtime',
		steps: [
			['config'],
			['message'],
			['dedupe'],
			['calls'],
			['outbox'],
			['account'],
			['preview'],
			['create-lead', 'lead-form', 'alerts'],
		],
	},
	{ root: 'nodes/IcloudReady', steps: [['panel'], ['dedupe'], ['read'], ['send'], ['report']] },
];

/** Each package with those of ours that it may import. */
const packages = {
	core: [],
	http: ['core'],
	web: [],
	outbox: ['core'],
	sandbox: ['core', 'web'],
	gateway: ['core', 'http', 'outbox', 'web'],
	'node-red': ['core', 'http', 'outbox', 'web'],
};

const inStep = (root, folder) => `^${root}/${folder}/`;

const stepRules = staircases.flatMap(({ root, steps }) =>
	steps.flatMap((step, at) =>
		step
			.map((folder) => {
				const forbidden = steps.flatMap((other, place) => (place < at ? [] : other.filter((name) => name !== folder)));
				return {
					name: `staircase: ${root}/${folder}`,
					comment: `${folder} imports only itself and what stands before it: ${steps.slice(0, at).flat().join(', ') || 'nothing'}.`,
					severity: 'error',
					from: { path: inStep(root, folder) },
					to: { path: forbidden.map((name) => inStep(root, name)) },
				};
			})
			.filter(({ to }) => to.path.length > 0),
	),
);

const packageRules = Object.entries(packages).map(([name, allowed]) => ({
	name: `packages: ${name}`,
	comment: `${name} imports, of ours, ${allowed.join(', ') || 'nothing'}.`,
	severity: 'error',
	from: { path: `^packages/${name}/src/` },
	to: { path: '^(?:packages|nodes|credentials)/', pathNot: [name, ...allowed].map((each) => `^packages/${each}/src/`) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		{
			name: 'no-cycle',
			comment: 'What imports each other in a circle can be read in no order.',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		...stepRules,
		...packageRules,
		{
			name: 'packages: n8n node',
			comment: 'The n8n package bundles the core and nothing else of ours.',
			severity: 'error',
			from: { path: '^(?:nodes|credentials)/' },
			to: { path: '^packages/', pathNot: '^packages/core/src/' },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '(?:^|/)(?:dist|node_modules)/' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['import', 'require', 'node', 'default', 'types'],
			mainFields: ['main', 'types'],
		},
	},
};
