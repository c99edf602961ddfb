/** Builds `packages/gateway/dist`: the command with everything bundled but what keeps leads, which is loaded on first use. */
import { chmod, copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { writeNotices } from '../../scripts/licenses.mjs';

export async function buildGateway({ root }) {
	const here = join(root, 'packages/gateway');
	const dist = join(here, 'dist');
	await rm(dist, { recursive: true, force: true });
	await mkdir(dist, { recursive: true });
	const command = await build({
		metafile: true, absWorkingDir: root, bundle: true, platform: 'node', target: 'node20', format: 'cjs', charset: 'utf8', legalComments: 'none', logLevel: 'warning',
		entryPoints: [join(here, 'src/bin.ts')], outfile: join(dist, 'cli.js'), banner: { js: '#!/usr/bin/env node' },
		external: ['classic-level', 'bullmq', 'ioredis'],
	});
	await writeNotices(root, dist, [command.metafile]);
	await chmod(join(dist, 'cli.js'), 0o755);
	await copyFile(join(root, 'LICENSE'), join(here, 'LICENSE'));
}
