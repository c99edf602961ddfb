import { readFileSync } from 'node:fs';
import { join } from 'node:path';

declare const PAGE_IS_BUILT: boolean;

/** What a page loads, as text. */
export interface PageFiles {
	readonly style: () => Promise<string>;
	readonly script: () => Promise<string>;
	readonly icon: () => string;
}

/** A page's file, made from its source: a built package holds it ready, tests and development do not. */
const bundled = async (file: string): Promise<string> => {
	const { build } = await import('esbuild');
	const { outputFiles } = await build({
		entryPoints: [file],
		bundle: true,
		write: false,
		format: 'iife',
		target: 'es2022',
	});
	return outputFiles[0]?.text ?? '';
};

/** `folder` holds `page.css` and `client/main.ts` in the source, and what is made of them in a built package. */
export const pageFiles = (folder: string): PageFiles => {
	if (typeof PAGE_IS_BUILT !== 'undefined') {
		const ready = (name: string): string => readFileSync(join(folder, name), 'utf8');
		return {
			style: async () => await Promise.resolve(ready('page.css')),
			script: async () => await Promise.resolve(ready('page.js')),
			icon: () => ready('icon.svg'),
		};
	}
	let style: Promise<string> | undefined;
	let script: Promise<string> | undefined;
	return {
		style: async () => await (style ??= bundled(join(folder, 'page.css'))),
		script: async () => await (script ??= bundled(join(folder, 'client/main.ts'))),
		icon: () => readFileSync(join(__dirname, 'icon.svg'), 'utf8'),
	};
};
