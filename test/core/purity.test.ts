import { buildSync } from 'esbuild';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '../..');
const source = join(root, 'packages/core/src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
/** Packages that the core may be bundled with, and how each may be imported: all of zod is too much to load, and refused by n8n. */
const allowed = ['libphonenumber-js', 'zod'];
const importable = /^(?:libphonenumber-js(?:\/.+)?|zod\/v4-mini)$/;

const parsed = (name: string): ts.SourceFile =>
	ts.createSourceFile(name, readFileSync(join(source, name), 'utf8'), ts.ScriptTarget.Latest, true);

const imported = (file: ts.SourceFile): readonly string[] =>
	ts.preProcessFile(file.text).importedFiles.map(({ fileName }) => fileName);

/** Names that a file takes from its surroundings: every identifier that is not a property of something else. */
const free = (node: ts.Node): readonly string[] => {
	if (ts.isIdentifier(node)) return [node.text];
	const children = node.getChildren();
	return (ts.isPropertyAccessExpression(node) ? children.slice(0, 1) : children).flatMap(free);
};

test('the core has files to look at', () => {
	expect(files).toEqual(
		expect.arrayContaining([
			'index.ts',
			...['delivery/sendLead.ts', 'forms/recognize.ts'].map((name) => name.replaceAll('/', sep)),
		]),
	);
});

test.each(files)('%s imports its own package, libphonenumber-js and zod/v4-mini only', (name) => {
	const foreign = imported(parsed(name)).filter(
		(each) => !each.startsWith('./') && !each.startsWith('../') && !importable.test(each),
	);
	const leaving = imported(parsed(name)).filter(
		(each) => each.startsWith('.') && relative(source, join(source, name, '..', each)).startsWith('..'),
	);
	expect([...foreign, ...leaving]).toEqual([]);
});

const impure = [
	'process',
	'console',
	'fetch',
	'setTimeout',
	'setInterval',
	'setImmediate',
	'queueMicrotask',
	'require',
	'globalThis',
	'Buffer',
	'performance',
	'crypto',
	'eval',
	'Function',
];

test.each(files)('%s has no timer, clock, chance, output or input of its own', (name) => {
	const file = parsed(name);
	expect(free(file).filter((each) => impure.includes(each))).toEqual([]);
	expect(file.text).not.toMatch(/Math\.random|Date\.now|new Date\b/);
});

test('what a host bundles of the core needs no builtin module', () => {
	const { outputFiles, metafile } = buildSync({
		entryPoints: [join(source, 'index.ts')],
		bundle: true,
		write: false,
		metafile: true,
		format: 'cjs',
		platform: 'neutral',
		mainFields: ['module', 'main'],
		logLevel: 'silent',
	});
	const packages = Object.keys(metafile.inputs).map(
		(path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? 'core',
	);
	expect([...new Set(packages)].filter((name) => name !== 'core' && !allowed.includes(name))).toEqual([]);
	const text = outputFiles[0]?.text ?? '';
	expect(text.length).toBeGreaterThan(50_000);
	const required = [...text.matchAll(/\brequire\(\s*["'`]([^"'`]+)/g)].map(([, name = '']) => name);
	expect(required.filter((name) => name.startsWith('node:') || builtinModules.includes(name))).toEqual([]);
	expect(required).toEqual([]);
});
