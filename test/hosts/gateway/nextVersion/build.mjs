/** Builds a gateway that writes the next version of all that lies in Redis: `node build.mjs OUTFILE`. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { commandBuild } from '../../../../packages/gateway/build.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const [outfile] = process.argv.slice(2);
const next = join(here, 'stored.ts');

/** The one file that knows the version of what is written. */
const nextVersion = {
	name: 'next version',
	setup: ({ onResolve }) => {
		onResolve({ filter: /\/stored$/ }, ({ importer }) => (importer === next ? undefined : { path: next }));
	},
};

await build({ ...commandBuild(join(here, '../../../..'), outfile), plugins: [nextVersion] });
