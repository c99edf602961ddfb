/** A module of the sources as one file that plain Node loads, made as the builds of both nodes make theirs. */
import { join } from 'node:path';
import { build } from 'esbuild';
import { phoneMetadataOnFirstUse } from '../scripts/build/phoneMetadata.mjs';
import { root } from '../scripts/build/prepare.mjs';

/** `external`: packages that are found beside it instead. */
export const bundle = async (from, to, external = []) => {
	await build({
		absWorkingDir: root,
		entryPoints: [join(root, from)],
		outfile: to,
		bundle: true,
		external,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		charset: 'utf8',
		plugins: [phoneMetadataOnFirstUse],
		logLevel: 'error',
	});
};
