/** Builds what the editor loads: html, locales, help and the icon of all nodes. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const packageRoot = fileURLToPath(new URL('.', import.meta.url));

/** The generator is TypeScript over the catalog; it is bundled, loaded and thrown away. */
const loadGenerator = async (src) => {
	const folder = await mkdtemp(join(tmpdir(), 'icloud-ready-editor-'));
	try {
		const outfile = join(folder, 'page.cjs');
		await build({
			entryPoints: [join(src, 'editor/page/index.ts')],
			outfile,
			bundle: true,
			platform: 'node',
			format: 'cjs',
			logLevel: 'error',
		});
		return createRequire(import.meta.url)(outfile);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
};

/** Script or styles for the browser. Not minified: palettes and reviewers read the definition in it. */
const bundle = async (entry, define) => {
	const { outputFiles, metafile } = await build({
		metafile: true,
		entryPoints: [entry],
		bundle: true,
		write: false,
		format: 'iife',
		platform: 'browser',
		target: ['es2020', 'chrome100', 'firefox100', 'safari15'],
		charset: 'utf8',
		legalComments: 'none',
		logLevel: 'error',
		define,
	});
	const foreign = Object.keys(metafile.inputs).find((input) => input.includes('node_modules/'));
	if (foreign !== undefined)
		throw new Error(`The dialog bundles ${foreign}; its license must then go into THIRD-PARTY-NOTICES too.`);
	return outputFiles[0].text;
};

const readText = (...path) => readFile(join(...path), 'utf8');

/**
 * Writes `<type>.html`, `locales/<language>/<type>.json` and `.html`, and `icons/` into `outDir`.
 * A folder in `src/locales` (with its help texts in `src/help`) is a language.
 */
export async function buildEditor({ root = packageRoot, outDir = join(root, 'dist') } = {}) {
	const src = join(root, 'src');
	const { dialogFacts, localePages, nodePage, nodeTypes } = await loadGenerator(src);
	const define = Object.fromEntries(
		Object.entries(dialogFacts()).map(([name, value]) => [name, JSON.stringify(value)]),
	);
	await mkdir(outDir, { recursive: true });
	for (const type of nodeTypes) {
		const css = await bundle(join(src, 'editor/style', `${type}.css`));
		const code = await bundle(join(src, 'editor/dialog', `${type}.ts`), define);
		await writeFile(join(outDir, `${type}.html`), nodePage(type, css, code));
	}
	for (const language of await readdir(join(src, 'locales'))) {
		const folder = join(outDir, 'locales', language);
		await mkdir(folder, { recursive: true });
		for (const type of nodeTypes) {
			const written = JSON.parse(await readText(src, 'locales', language, `${type}.json`));
			const { json, html } = localePages(type, language, written, await readText(src, 'help', language, `${type}.md`));
			await writeFile(join(folder, `${type}.json`), json);
			await writeFile(join(folder, `${type}.html`), html);
		}
	}
	await cp(join(src, 'icons'), join(outDir, 'icons'), { recursive: true });
}
