/** The product's own code and the simulation's, each as one text that runs anywhere; with a planted fault where asked for. */
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import crypto from 'node:crypto';
import { createRequire } from 'node:module';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import { build } from 'esbuild';
import { smallNumbers } from './smallNumbers.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);

const options = {
	absWorkingDir: root,
	bundle: true,
	write: false,
	platform: 'node',
	format: 'cjs',
	target: 'node20',
	charset: 'utf8',
	logLevel: 'error',
	// Modules that are loaded on first use are lent by the simulation too.
	supported: { 'dynamic-import': false },
	external: [
		'classic-level',
		'bullmq',
		'ioredis',
		'undici',
		'hono',
		'@hono/node-server',
		'zod',
		'n8n-workflow',
		'esbuild',
	],
	define: { __dirname: '"/"' },
};

/** Sources that make schemas: these have no state, and take longer to make than a whole run does. What does I/O is none. */
const schemaFiles = ['outbox', 'web', 'node-red', 'gateway'].flatMap((name) =>
	readdirSync(join(root, 'packages', name, 'src'), { recursive: true, encoding: 'utf8' })
		.filter((file) => /\.ts$/.test(file) && !/^(?:editor|inbox.client)/.test(file))
		.map((file) => join('packages', name, 'src', file))
		.filter((file) => {
			const text = readFileSync(join(root, file), 'utf8');
			return /from 'zod\//.test(text) && !/from 'node:fs/.test(text);
		})
		.map((file) => file.split(sep).join('/').replace(/\.ts$/, '')),
);
const sharedName = (file) => `sim:shared/${file}`;

/** What is lent: the transport, and the core and all schemas, which have no state and are loaded once for all programs. */
const lent = (isCoreShared, areSchemasShared) => ({
	name: 'lent',
	setup(build) {
		if (areSchemasShared)
			build.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
				const file = relative(root, resolve(resolveDir, path)).split(sep).join('/');
				return schemaFiles.includes(file) ? { path: sharedName(file), external: true } : undefined;
			});
		if (areSchemasShared)
			build.onResolve({ filter: /^@icloud-ready\/outbox\/view\// }, ({ path }) => {
				const file = path.replace('@icloud-ready/outbox/', 'packages/outbox/src/');
				return schemaFiles.includes(file) ? { path: sharedName(file), external: true } : undefined;
			});
		build.onResolve({ filter: /http\/src\/transport$|^@icloud-ready\/http$/ }, () => ({
			path: 'sim:transport',
			external: true,
		}));
		if (isCoreShared)
			build.onResolve({ filter: /^@icloud-ready\/core$|packages\/core\/src$/ }, () => ({
				path: '@icloud-ready/core',
				external: true,
			}));
	},
});

/** How often a text stands in another. */
const count = (text, part) => text.split(part).length - 1;

/**
 * Files that are read with something changed in them, such as a planted fault. Rejects where the place is not there any more,
 * or is there twice.
 */
const changed = (changes) => ({
	name: 'changed',
	setup(build) {
		for (const file of new Set(changes.map((each) => each.file)))
			build.onLoad({ filter: new RegExp(`${file.replace(/[.\\/]/g, '\\$&')}$`) }, async () => {
				let contents = await readFile(join(root, file), 'utf8');
				for (const { name, search, replace } of changes.filter((each) => each.file === file)) {
					const times = count(contents, search);
					if (times !== 1)
						throw new Error(`The planted fault "${name}" does not apply: its text stands ${times} times in ${file}.`);
					contents = contents.replace(search, () => replace);
				}
				return { contents, loader: 'ts' };
			});
	},
});

const textOf = async (more) => (await build({ ...options, ...more })).outputFiles[0].text;

const entries = {
	core: "export * from '@icloud-ready/core';",
	schemas: schemaFiles.map((file, at) => `export * as schemas${at} from './${file}';`).join('\n'),
	nodeRed: "export * from './packages/node-red/src/runtime/index';",
	n8n: "export * from './nodes/IcloudReady/IcloudReady.node';",
	gateway: [
		"export { openGateway } from './packages/gateway/src/main/openGateway';",
		"export { readSettings } from './packages/gateway/src/main/settings';",
	].join('\n'),
};

/** The gateway on Redis with a world of its own; see `redis/world.ts`. */
const redisEntry = [
	"export { openGateway } from './packages/gateway/src/main/openGateway';",
	"export { readSettings } from './packages/gateway/src/main/settings';",
	"export { runSeed } from './test/simulation/redis/world';",
	"export { register, seedChance, randomBytes } from './test/simulation/redis/lent';",
].join('\n');

const redisLent = {
	name: 'redis lent',
	setup(build) {
		build.onResolve({ filter: /^(?:ioredis|bullmq)$/ }, () => ({ path: join(root, 'test/simulation/redis/lent.ts') }));
	},
};

/** The text of that world's bundle, with a map. */
export const buildRedisText = async () =>
	await textOf({
		stdin: { contents: redisEntry, resolveDir: root, sourcefile: 'redis.ts', loader: 'ts' },
		plugins: [redisLent, lent(true, false)],
		sourcemap: 'inline',
		sourcesContent: false,
		outdir: root,
	});

/** esbuild's own helper, which copies what a bundle imports; on the same line, so that maps stay true. See `copiesOnce`. */
const copyHelper = 'var __toESM = (mod, isNodeMode, target) =>';
const copyHelperOnce = 'var __toESM = (...of) => copyOnce(__copyOf, ...of), __copyOf = (mod, isNodeMode, target) =>';

/** With numbers of `smallNumbers.mjs`: the text of another bundle of the same code. */
const smallOnes = { nodeRedSmall: 'nodeRed', gatewaySmall: 'gateway' };

/** The texts of all bundles; `fault` is a row of `planted.mjs`, `withMaps` puts a map to the sources behind each. */
export const buildTexts = async (fault, withMaps = false) => {
	const plugins = (name) => [
		lent(name !== 'core', name !== 'core' && name !== 'schemas'),
		changed([...(name in smallOnes ? smallNumbers : []), ...(fault === undefined ? [] : [fault])]),
	];
	const product = async (name) =>
		await textOf({
			stdin: {
				contents: entries[smallOnes[name] ?? name],
				resolveDir: root,
				sourcefile: `${name}.ts`,
				loader: 'ts',
			},
			plugins: plugins(name),
			...(withMaps ? { sourcemap: 'inline', sourcesContent: false, outdir: root } : {}),
		}).then((text) => (name === 'core' || name === 'schemas' ? text : text.replace(copyHelper, copyHelperOnce)));
	const names = [...Object.keys(entries), ...Object.keys(smallOnes)];
	const texts = await Promise.all(names.map(product));
	return {
		simulation: await textOf({ entryPoints: ['test/simulation/main.ts'] }),
		...Object.fromEntries(names.map((name, at) => [name, texts[at]])),
	};
};

/** What a program has of its own in place of Node.js' globals; see `host/process.ts`. */
const globals = [
	'setTimeout',
	'clearTimeout',
	'setInterval',
	'clearInterval',
	'setImmediate',
	'clearImmediate',
	'performance',
	'Date',
	'Math',
	'process',
];

const plain = (name, text, required = require) => {
	const module = { exports: {} };
	compileFunction(text, ['require', 'module', 'exports'], { filename: `sim:${name}.js` })(
		required,
		module,
		module.exports,
	);
	return module.exports;
};
/** Each start copies what it imports, all of zod among it: of a module that stays the same one copy is enough. */
const copiesOnce = () => {
	const copies = new WeakMap();
	return (copy, module, ...others) => {
		const known = copies.get(module) ?? copy(module, ...others);
		copies.set(module, known);
		return known;
	};
};
const bundleOf = (name, text) => {
	const run = compileFunction(text, ['require', 'module', 'exports', 'copyOnce', ...globals], {
		filename: `sim:${name}.js`,
	});
	const copyOnce = copiesOnce();
	return (required, module, given) =>
		run(required, module, module.exports, copyOnce, ...globals.map((each) => given[each]));
};

/** Makes a reader once for all programs: it is nothing but its schema, which takes long to make. */
const once = (module, name, keyOf) => {
	if (module[name] === undefined) return module;
	const made = new Map();
	return {
		...module,
		[name]: (of) => {
			const key = keyOf(of);
			const reader = made.get(key) ?? module[name](of);
			made.set(key, reader);
			return reader;
		},
	};
};
const readersOnce = (module) =>
	once(
		once(module, 'entryReader', (format) => format),
		'createSearchReader',
		({ lists, place }) => `${lists} ${place}`,
	);

/** The world of gateways over one Redis, ready to run seeds with the core of these texts. */
export const loadRedis = (texts) => {
	const core = plain('core', texts.core);
	// It takes long on purpose, and every gateway makes the same key.
	const derived = new Map();
	const scryptSync = (...given) => {
		const name = JSON.stringify(given);
		if (!derived.has(name)) derived.set(name, crypto.scryptSync(...given));
		return derived.get(name);
	};
	const lentCrypto = { ...crypto, scryptSync, randomBytes: (size) => world.randomBytes(size) };
	const lent = { '@icloud-ready/core': core, 'node:crypto': lentCrypto };
	const world = plain('redis', texts.redis, (name) => lent[name] ?? require(name));
	const { openGateway, readSettings, runSeed, register, seedChance } = world;
	const { settings } = readSettings(['--api', 'https://crm.test/api/v2'], {
		GATEWAY_SECRET: 'a secret that nobody guesses',
	});
	return { run: async (seed) => await runSeed({ openGateway, settings, register, seedChance }, seed) };
};

/** The simulation, ready to run seeds; `focus`: see `worlds/focus.ts`. */
export const load = (texts, focus) => {
	const core = plain('core', texts.core);
	const withCore = (name) => (name === '@icloud-ready/core' ? core : require(name));
	const schemas = plain('schemas', texts.schemas, withCore);
	const shared = new Map(schemaFiles.map((file, at) => [sharedName(file), readersOnce(schemas[`schemas${at}`])]));
	return plain('simulation', texts.simulation).createSimulation(
		{
			core,
			nodeRed: bundleOf('nodeRed', texts.nodeRed),
			n8n: bundleOf('n8n', texts.n8n),
			gateway: bundleOf('gateway', texts.gateway),
			small: {
				nodeRed: bundleOf('nodeRedSmall', texts.nodeRedSmall),
				gateway: bundleOf('gatewaySmall', texts.gatewaySmall),
			},
			required: (name) => shared.get(name) ?? require(name),
		},
		focus,
	);
};
