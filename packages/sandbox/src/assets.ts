import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// The page's parts lie in `inbox/` beside this file, in the source as in the built package.
const inboxFile = (name: string): string => join(__dirname, 'inbox', name);

declare const SANDBOX_IS_BUILT: boolean;

/** The page's script, made from the source: a built package holds it ready, tests and development do not. */
async function bundleScript(): Promise<string> {
	const { build } = await import('esbuild');
	const { outputFiles } = await build({ entryPoints: [inboxFile('client/main.ts')], bundle: true, write: false, format: 'iife', target: 'es2022' });
	return outputFiles[0]?.text ?? '';
}

let script: Promise<string> | null = null;

export const readStyle = (): string => readFileSync(inboxFile('page.css'), 'utf8');
export const readIcon = (): string => readFileSync(inboxFile('icon.svg'), 'utf8');
export const readScript = (): string | Promise<string> =>
	typeof SANDBOX_IS_BUILT === 'undefined' ? (script ??= bundleScript()) : readFileSync(inboxFile('page.js'), 'utf8');
