/** For the builds of both nodes: what is known of phone numbers stays a text in the bundle until a first phone is read. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/** A plugin of esbuild's. Text is skipped while a bundle is loaded, and `JSON.parse` reads it faster than code is read. */
export const phoneMetadataOnFirstUse = {
	name: 'phone-metadata-on-first-use',
	setup: ({ onLoad }) => {
		onLoad({ filter: /packages[\\/]core[\\/]src[\\/]phoneMetadata\.ts$/ }, async () => {
			const text = JSON.stringify(JSON.parse(await readFile(resolve('libphonenumber-js/metadata.max.json'), 'utf8')));
			return {
				loader: 'js',
				contents: `let metadata;\nexport const phoneMetadata = () => (metadata ??= JSON.parse(${JSON.stringify(text)}));\n`,
			};
		});
	},
};
