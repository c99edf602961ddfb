/** Builds the n8n package: readable bundles without run-time dependencies, and the files that n8n wants beside them. */
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { writeNotices } from '../scripts/licenses.mjs';
import { phoneMetadataOnFirstUse } from '../scripts/phoneMetadata.mjs';

const entries = ['nodes/IcloudReady/IcloudReady.node.ts', 'credentials/IcloudReadyApi.credentials.ts'];

const besideTheNode = /\.(?:svg|node\.json)$/;

/** Data made by a module of the sources, which only the build needs. */
const made = async (root, file, name) => {
	const { outputFiles } = await build({
		entryPoints: [join(root, file)],
		bundle: true,
		write: false,
		format: 'esm',
		platform: 'node',
	});
	const { [name]: found } = await import(
		`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
	);
	return typeof found === 'function' ? found() : found;
};

/** The list of countries as it comes out, in place of the code that makes it. */
const countriesMade = (root) => ({
	name: 'countries-made',
	setup: ({ onLoad }) => {
		onLoad({ filter: /nodes[\\/]IcloudReady[\\/]panel[\\/]countries\.ts$/ }, async ({ path }) => ({
			loader: 'js',
			contents: `export const countries = ${JSON.stringify(await made(root, relative(root, path), 'countries'))};\n`,
		}));
	},
});

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
		plugins: [phoneMetadataOnFirstUse, countriesMade(root)],
		legalComments: 'none',
		logLevel: 'error',
	});
	await writeNotices(root, dist, [metafile]);
	const from = join(root, 'nodes', 'IcloudReady');
	const to = join(dist, 'nodes', 'IcloudReady');
	for (const name of (await readdir(from)).filter((each) => besideTheNode.test(each)))
		await cp(join(from, name), join(to, name));
	const schema = join(to, '__schema__', 'v1.0.0', 'lead');
	await mkdir(schema, { recursive: true });
	await writeFile(
		join(schema, 'create.json'),
		`${JSON.stringify(await made(root, 'nodes/IcloudReady/panel/outputSchema.ts', 'answerSchema'), null, '\t')}\n`,
	);
}
