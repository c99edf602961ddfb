/** Builds the Node-RED package: one runtime that all nodes share, and what the editor loads. */
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeNotices } from '../../scripts/build/licenses.mjs';
import { phoneMetadataOnFirstUse } from '../../scripts/build/phoneMetadata.mjs';
import { undiciAgents } from '../../scripts/build/undici.mjs';
import { buildEditor } from './editor.build.mjs';

const packageRoot = fileURLToPath(new URL('.', import.meta.url));

const nodes = {
	'icloud-ready-account': 'account',
	'icloud-ready-create-lead': 'createLead',
	'icloud-ready-lead-form': 'leadForm',
	'icloud-ready-alerts': 'alerts',
};

export async function buildNodeRed({ root = join(packageRoot, '../..') } = {}) {
	const outDir = join(packageRoot, 'dist');
	await rm(outDir, { recursive: true, force: true });
	await mkdir(outDir, { recursive: true });
	const { metafile } = await build({
		metafile: true,
		absWorkingDir: root,
		entryPoints: [join(packageRoot, 'src/runtime/index.ts')],
		outfile: join(outDir, 'runtime.js'),
		bundle: true,
		platform: 'node',
		// It carries native code, which a bundle cannot; `duplicates: always` loads it on first use.
		external: ['classic-level'],
		format: 'cjs',
		target: 'node20',
		charset: 'utf8',
		plugins: [phoneMetadataOnFirstUse, undiciAgents],
		legalComments: 'none',
		logLevel: 'error',
	});
	for (const [type, name] of Object.entries(nodes)) {
		await writeFile(join(outDir, `${type}.js`), `module.exports = require('./runtime.js').${name};\n`);
	}
	await buildEditor({ root: packageRoot, outDir });
	await writeNotices(root, outDir, [metafile]);
	await cp(join(root, 'LICENSE'), join(packageRoot, 'LICENSE'));
}
