/** What a module of the sources makes, for builds that put the data in place of the code. */
import { join, relative } from 'node:path';
import { build } from 'esbuild';

/** The export `name` of a source file, called where it is a function; `file` is relative to the repository. */
export const made = async (root, file, name) => {
	const { outputFiles } = await build({
		absWorkingDir: root,
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

/** An esbuild plugin: `file` exports the constant `name`, and the bundle gets its value. */
export const madeAtBuild = (root, file, name) => ({
	name: `made-${name}`,
	setup: ({ onLoad }) => {
		onLoad({ filter: new RegExp(`${file.replace(/\.ts$/, '').split('/').at(-1)}\\.ts$`) }, async ({ path }) =>
			relative(root, path).replaceAll('\\', '/') === file
				? { loader: 'js', contents: `export const ${name} = ${JSON.stringify(await made(root, file, name))};\n` }
				: undefined,
		);
	},
});
