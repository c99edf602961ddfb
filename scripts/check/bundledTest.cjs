/** Jest's transform of a test: its bundle takes its place where `bundleTests.mjs` made one. */
const { createTransformer } = require('@swc/jest');
const { existsSync } = require('node:fs');
const { join, relative } = require('node:path');

const root = join(__dirname, '../..');

/** Where the bundle of a test lies in the folder of this run; undefined: there is none. */
const bundleOf = (test) => {
	const folder = process.env.TESTS_BUNDLED;
	const name = relative(root, test).replace(/\.ts$/, '.js').replaceAll('\\', '/');
	return folder !== undefined && existsSync(join(folder, name)) ? name : undefined;
};

module.exports = {
	createTransformer: (options) => {
		const plain = createTransformer(options);
		return {
			...plain,
			process: (source, path, more) => {
				const name = bundleOf(path);
				// The same in each run, or jest would keep one more of each.
				return name === undefined
					? plain.process(source, path, more)
					: { code: `require(\`\${process.env.TESTS_BUNDLED}/${name}\`);\n` };
			},
			getCacheKey: (source, path, more) => plain.getCacheKey(source, path, more) + (bundleOf(path) ?? ''),
		};
	},
};
