import { type Node, parse } from 'acorn';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const packageRoot = join(__dirname, '../../packages/node-red');
export const nodeTypes = [
	'icloud-ready-account',
	'icloud-ready-create-lead',
	'icloud-ready-lead-form',
	'icloud-ready-alerts',
] as const;
export type NodeType = (typeof nodeTypes)[number];

/** A file of the package's source, as text. */
export const source = (...path: string[]): string => readFileSync(join(packageRoot, 'src', ...path), 'utf8');

/** Every TypeScript file of a folder of the editor, as one text. */
export const sourcesOf = (folder: string): string =>
	readdirSync(join(packageRoot, 'src/editor', folder))
		.map((name) => source('editor', folder, name))
		.join('\n');

/** Builds what the editor loads into a folder of its own; returns a reader of its files and what removes them. */
export const builtEditor = (): { readonly read: (...path: string[]) => string; readonly remove: () => void } => {
	const outDir = mkdtempSync(join(tmpdir(), 'icloud-ready-editor-test-'));
	const url = pathToFileURL(join(packageRoot, 'editor.build.mjs')).href;
	const program = `import { buildEditor } from ${JSON.stringify(url)}; await buildEditor({ outDir: ${JSON.stringify(outDir)} });`;
	execFileSync(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'ignore', 'inherit'] });
	return {
		read: (...path) => readFileSync(join(outDir, ...path), 'utf8'),
		remove: () => rmSync(outDir, { recursive: true, force: true }),
	};
};

/** What stands in the scripts of a type, as the flow library finds them. */
export const scriptsOf = (html: string, type: string): readonly string[] =>
	[...html.matchAll(/<script.+?type=['"]([^'"]+)['"].*?>([\S\s]*?)<\/script>/gi)]
		.filter(([, found]) => found === type)
		.map(([, , content]) => content ?? '');

type Tree = Node & Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree =>
	typeof value === 'object' && value !== null && typeof (value as Partial<Node>).type === 'string';

const everyNode = (tree: unknown): readonly Tree[] => {
	if (Array.isArray(tree)) return tree.flatMap(everyNode);
	return isTree(tree) ? [tree, ...Object.values(tree).flatMap(everyNode)] : [];
};

export interface Registration {
	readonly type: unknown;
	readonly definition: Tree;
}

/** Every `….registerType(type, definition)` of a script. */
export const registrationsIn = (code: string): readonly Registration[] =>
	everyNode(parse(code, { ecmaVersion: 'latest' })).flatMap((node) => {
		if (node.type !== 'CallExpression' || !isTree(node.callee)) return [];
		const { property } = node.callee;
		if (!isTree(property) || property.name !== 'registerType') return [];
		const [type, definition] = node.arguments as readonly Tree[];
		return isTree(definition) ? [{ type: type?.value, definition }] : [];
	});

/** The properties of an inline object by name; fails on a spread and on a computed name. */
export const propertiesOf = (object: unknown): ReadonlyMap<string, Tree> => {
	if (!isTree(object) || object.type !== 'ObjectExpression') throw new Error('Not an inline object');
	return new Map(
		(object.properties as readonly Tree[]).map((property) => {
			if (
				property.type !== 'Property' ||
				property.computed === true ||
				!isTree(property.key) ||
				!isTree(property.value)
			)
				throw new Error(`Not a plain property: ${property.type}`);
			return [String(property.key.name ?? property.key.value), property.value];
		}),
	);
};

export interface Words {
	readonly [key: string]: string | Words;
}

/** The words of a locale by dotted key. */
export const flatWords = (words: Words, before = ''): ReadonlyMap<string, string> =>
	new Map(
		Object.entries(words).flatMap(([key, value]) =>
			typeof value === 'string' ? [[before + key, value] as const] : [...flatWords(value, `${before}${key}.`)],
		),
	);
