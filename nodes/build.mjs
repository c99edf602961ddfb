/** Builds the n8n package: readable bundles without run-time dependencies, and the files that n8n wants beside them. */
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { englishOnly } from '../scripts/build/englishOnly.mjs';
import { writeNotices } from '../scripts/build/licenses.mjs';
import { made, madeAtBuild } from '../scripts/build/madeAtBuild.mjs';
import { phoneMetadataOnFirstUse } from '../scripts/build/phoneMetadata.mjs';

const nodes = ['IcloudReady', 'IcloudReadyTrigger'];
const entries = [
	...nodes.map((name) => `nodes/${name}/${name}.node.ts`),
	'credentials/IcloudReadyApi.credentials.ts',
	'credentials/IcloudReadyTriggerApi.credentials.ts',
];

const besideTheNode = /\.(?:svg|node\.json)$/;

/** Writes `dist/`; `root` is the repository's folder. */
export async function buildN8n({ root }) {
	const dist = join(root, 'dist');
	await rm(dist, { recursive: true, force: true });
	const { metafile } = await build({
		metafile: true,
		absWorkingDir: root,
		entryPoints: entries,
		outbase: root,
		outdir: dist,
		bundle: true,
		format: 'cjs',
		platform: 'node',
		target: 'node20',
		external: ['n8n-workflow'],
		charset: 'utf8',
		// Countries come as texts, so that n8n starts without reading what is known of phones and of names.
		plugins: [
			englishOnly,
			phoneMetadataOnFirstUse,
			madeAtBuild(root, 'nodes/IcloudReady/panel/countries.ts', 'countries'),
			madeAtBuild(root, 'nodes/IcloudReady/panel/suggestionHints.ts', 'suggestionHints'),
		],
		legalComments: 'none',
		logLevel: 'error',
	});
	await writeNotices(root, dist, [metafile]);
	for (const node of nodes) {
		const from = join(root, 'nodes', node);
		for (const name of (await readdir(from)).filter((each) => besideTheNode.test(each)))
			await cp(join(from, name), join(dist, 'nodes', node, name));
	}
	const schema = join(dist, 'nodes', 'IcloudReady', '__schema__', 'v1.0.0', 'lead');
	await mkdir(schema, { recursive: true });
	// n8n previews the first, since Simplify is on by default; the other is for who turns it off.
	for (const [file, name] of [
		['create.json', 'simplifiedSchema'],
		['create.raw.json', 'answerSchema'],
	])
		await writeFile(
			join(schema, file),
			`${JSON.stringify(await made(root, 'nodes/IcloudReady/panel/outputSchema.ts', name), null, '\t')}\n`,
		);
}
