/** Builds `packages/gateway/dist`: the command with everything bundled but what keeps leads, which is loaded on first use; `inbox/` holds the page's files. */
import { chmod, copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { writeNotices } from '../../scripts/build/licenses.mjs';
import { madeAtBuild } from '../../scripts/build/madeAtBuild.mjs';
import { undiciAgents } from '../../scripts/build/undici.mjs';

const common = (root) => ({
	metafile: true,
	absWorkingDir: root,
	bundle: true,
	charset: 'utf8',
	legalComments: 'none',
	logLevel: 'warning',
});

/** How the command is made, for esbuild; a test makes one of its own from a changed source. */
export const commandBuild = (root, outfile) => ({
	...common(root),
	platform: 'node',
	target: 'node20',
	format: 'cjs',
	entryPoints: [join(root, 'packages/gateway/src/main/bin.ts')],
	outfile,
	banner: { js: '#!/usr/bin/env node' },
	// esbuild is named in a branch that only the source takes; the bundle does without it.
	external: ['classic-level', 'bullmq', 'ioredis', 'esbuild'],
	define: { PAGE_IS_BUILT: 'true' },
	plugins: [undiciAgents, madeAtBuild(root, 'packages/gateway/src/api/leadJsonSchema.ts', 'leadSchema')],
	minifySyntax: true,
});

export async function buildGateway({ root }) {
	const here = join(root, 'packages/gateway');
	const dist = join(here, 'dist');
	const inbox = join(dist, 'inbox');
	await rm(dist, { recursive: true, force: true });
	await mkdir(inbox, { recursive: true });
	const bundles = await Promise.all([
		build(commandBuild(root, join(dist, 'cli.js'))),
		build({
			...common(root),
			entryPoints: [join(here, 'src/inbox/client/main.ts')],
			outfile: join(inbox, 'page.js'),
			format: 'iife',
			target: 'es2022',
			minify: true,
		}),
		build({
			...common(root),
			entryPoints: [join(here, 'src/inbox/page.css')],
			outfile: join(inbox, 'page.css'),
			minify: true,
		}),
	]);
	await copyFile(join(root, 'packages/web/src/icon.svg'), join(inbox, 'icon.svg'));
	await writeNotices(
		root,
		dist,
		bundles.map(({ metafile }) => metafile),
	);
	await chmod(join(dist, 'cli.js'), 0o755);
	await copyFile(join(root, 'LICENSE'), join(here, 'LICENSE'));
}
