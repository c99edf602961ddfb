/**
 * Before jest runs, each chosen test becomes one file together with all that it imports. Jest loads every module anew for
 * each test file, and those hundreds took more time than the tests. `bundledTest.cjs` has jest run the one file.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { phoneMetadataOnFirstUse } from '../build/phoneMetadata.mjs';
import { root } from '../build/prepare.mjs';
import { undiciAgents } from '../build/undici.mjs';

const runs = join(root, 'node_modules/.cache/tests');
const dayMs = 86_400_000;

/** A test that has jest load modules by itself looks at what each of them does, so it stays as it is. */
const loadsByItself = /\bjest\.(?:isolateModules|requireActual|mock|doMock)\b/;

/** Large and in many files: bundled once, and loaded by the tests that need it. */
const vendors = ['bullmq', 'fast-check', 'ioredis', 'n8n-workflow', 'undici'];

/** Programs rather than libraries, or native code. */
const external = [
	'classic-level',
	'esbuild',
	'eslint',
	'node-red',
	'node-red-node-test-helper',
	'playwright-core',
	'typescript',
];

/** Each source file goes on to know where it stands. */
const ownPlace = {
	name: 'own-place',
	setup: ({ onLoad }) => {
		onLoad({ filter: /\.ts$/ }, async ({ path }) => {
			const text = await readFile(path, 'utf8');
			if (!/\b__(?:dirname|filename)\b/.test(text)) return undefined;
			const place = `const __dirname = ${JSON.stringify(dirname(path))}, __filename = ${JSON.stringify(path)};`;
			return { loader: 'ts', contents: place + text };
		});
	},
};

const bundledOnce = (folder) => ({
	name: 'bundled-once',
	setup: ({ onResolve }) => {
		onResolve({ filter: new RegExp(`^(?:${vendors.join('|')})$`) }, ({ path, kind }) =>
			kind === 'entry-point' ? undefined : { path: join(folder, 'vendors', `${path}.js`), external: true },
		);
	},
});

const bundle = async (folder, entryPoints, more) =>
	await build({
		absWorkingDir: root,
		entryPoints,
		outdir: folder,
		outbase: root,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'es2022',
		// Jest's modules know none.
		supported: { 'dynamic-import': false },
		charset: 'utf8',
		legalComments: 'none',
		external,
		logLevel: 'error',
		...more,
	});

const testsIn = (folder) =>
	readdirSync(folder, { recursive: true })
		.map((name) => join(folder, name))
		.filter((path) => path.endsWith('.test.ts'));

/** A folder for this run alone, since another one may be under way. Those of runs that were cut short are removed. */
const ownFolder = () => {
	mkdirSync(runs, { recursive: true });
	for (const name of readdirSync(runs))
		if (Date.now() - statSync(join(runs, name)).mtimeMs > dayMs)
			rmSync(join(runs, name), { recursive: true, force: true });
	return join(runs, String(process.pid));
};

/** What jest calls with its own and the project's configuration before the first test. */
export default async ({ testPathPatterns }, { roots, rootDir, testPathIgnorePatterns }) => {
	const isChosen = testPathPatterns.toExecutor({ rootDir });
	const ignored = testPathIgnorePatterns.map((pattern) => new RegExp(pattern));
	const tests = roots
		.flatMap(testsIn)
		.filter((path) => isChosen.isMatch(path) && !ignored.some((pattern) => pattern.test(path)))
		.filter((path) => !loadsByItself.test(readFileSync(path, 'utf8')));
	const folder = ownFolder();
	await bundle(
		folder,
		vendors.map((name) => ({ in: name, out: `vendors/${name}` })),
		{ plugins: [undiciAgents, bundledOnce(folder)] },
	);
	await bundle(folder, tests, {
		sourcemap: 'linked',
		sourcesContent: false,
		// As in the packages, so that what these lack is missed here.
		plugins: [phoneMetadataOnFirstUse, undiciAgents, ownPlace, bundledOnce(folder)],
	}).catch(() => {
		// Jest says of the one that cannot be read what is wrong with it.
		rmSync(folder, { recursive: true, force: true });
	});
	// Its workers take it over.
	process.env.TESTS_BUNDLED = folder;
};
