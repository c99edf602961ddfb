/** `npm run simulate`: seeded runs of the product's own code in a world that misbehaves; see test/simulation. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
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
	supported: { 'dynamic-import': false },
};

/** The transport is the one thing that is not the product's own; the core has no state and is loaded once for all. */
const modelTransport = (isCoreShared) => ({
	name: 'model transport',
	setup(build) {
		if (isCoreShared) build.onResolve({ filter: /^@icloud-ready\/core$/ }, ({ path }) => ({ path, external: true }));
		build.onResolve({ filter: /http\/src\/transport$/ }, () => ({ path: 'sim:transport', external: true }));
	},
});

const textOf = async (more) => (await build({ ...options, ...more })).outputFiles[0].text;
const product = async (contents, isCoreShared, plugins = []) =>
	await textOf({
		stdin: { contents, resolveDir: root, sourcefile: 'entry.ts', loader: 'ts' },
		external: ['classic-level'],
		plugins: [modelTransport(isCoreShared), ...plugins],
	});

const globals = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate', 'performance', 'Date', 'Math'];
const bundleOf = (text) => {
	const run = new Function('require', 'module', 'exports', ...globals, text);
	return (required, module, given) => run(required, module, module.exports, ...globals.map((name) => given[name]));
};
const plain = (text) => {
	const module = { exports: {} };
	new Function('require', 'module', 'exports', text)(require, module, module.exports);
	return module.exports;
};

const simulation = plain(await textOf({ entryPoints: ['test/simulation/main.ts'] }));
const core = plain(await product("export * from '@icloud-ready/core';", false));
const nodeRed = bundleOf(await product("export * from './packages/node-red/src/runtime/index';", true));

const [from, count] = [Number(process.argv[2] ?? 1), Number(process.argv[3] ?? 1)];
const begun = performance.now();
let bad = 0;
let leads = 0, arrivals = 0;
const rules = new Map();
for (let seed = from; seed < from + count; seed++) {
	const result = await simulation.runNodeRed(simulation.planOf(seed), nodeRed, core);
	leads += result.leads; arrivals += result.arrivals;
	if (result.violations.length > 0) {
		bad++;
		for (const { rule } of result.violations) rules.set(rule, [...(rules.get(rule) ?? []), seed]);
	}
	if (count === 1) {
		console.log(JSON.stringify(simulation.planOf(seed), null, 1));
		console.log(result.trace.lines.join('\n'), result.trace.digest(), result.violations);
	}
}
console.log({ bad, count, leads, arrivals, perSecond: (count * 1000) / (performance.now() - begun) });
for (const [rule, seeds] of rules) console.log(rule, seeds.length, seeds.slice(0, 12).join(' '));
