import { chmod, copyFile, mkdir, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { writeNotices } from '../../scripts/build/licenses.mjs';
import { madeAtBuild } from '../../scripts/build/madeAtBuild.mjs';

const leadSchemaMade = (root) => madeAtBuild(root, 'packages/sandbox/src/leadJsonSchema.ts', 'leadSchema');

/** The command takes the server from beside it, so that the package holds the bundle once. */
const serverBeside = {
	name: 'server-beside',
	setup: (esbuild) => esbuild.onResolve({ filter: /^\.\/index$/ }, () => ({ path: './index.js', external: true })),
};

/**
 * Builds `packages/sandbox/dist`: `index.js` (CommonJS, everything bundled), `cli.js` (the command) and `inbox/` (the
 * page's files, read at run time).
 */
export async function buildSandbox({ root }) {
	const here = join(root, 'packages/sandbox');
	const source = (name) => join(here, 'src', name);
	const built = (name) => join(here, 'dist', name);
	await rm(join(here, 'dist'), { recursive: true, force: true });
	await mkdir(built('inbox'), { recursive: true });

	const server = {
		metafile: true,
		absWorkingDir: root,
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		legalComments: 'none',
		// Named in a branch that only the source takes; the bundle does without it.
		external: ['esbuild'],
		define: { PAGE_IS_BUILT: 'true' },
		minifySyntax: true,
		logLevel: 'warning',
	};
	const bundles = await Promise.all([
		build({
			...server,
			entryPoints: [source('index.ts')],
			outfile: built('index.js'),
			plugins: [leadSchemaMade(root)],
		}),
		build({
			...server,
			entryPoints: [source('bin.ts')],
			outfile: built('cli.js'),
			banner: { js: '#!/usr/bin/env node' },
			plugins: [serverBeside],
		}),
		build({
			entryPoints: [source('inbox/client/main.ts')],
			outfile: built('inbox/page.js'),
			metafile: true,
			absWorkingDir: root,
			bundle: true,
			format: 'iife',
			target: 'es2022',
			minify: true,
			logLevel: 'warning',
		}),
		copyFile(source('inbox/page.css'), built('inbox/page.css')),
		copyFile(join(root, 'packages/web/src/icon.svg'), built('inbox/icon.svg')),
	]);
	await writeNotices(
		root,
		join(here, 'dist'),
		bundles.flatMap((each) => each?.metafile ?? []),
	);
	await chmod(built('cli.js'), 0o755);
	const license = join(root, 'LICENSE');
	if (existsSync(license)) await copyFile(license, join(here, 'LICENSE'));
}
