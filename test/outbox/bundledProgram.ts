import { build } from 'esbuild';
import { join } from 'node:path';

/** Bundles a program beside these tests into one file, to be run by a Node of its own. `source` is a path from here. */
export const bundleProgram = async (source: string, outfile: string): Promise<void> => {
	await build({
		entryPoints: [join(__dirname, source)],
		outfile,
		bundle: true,
		platform: 'node',
		target: 'node20',
		logLevel: 'error',
		external: ['classic-level'],
		// Modules are found beside the checkout, where only `require` looks.
		supported: { 'dynamic-import': false },
	});
};
