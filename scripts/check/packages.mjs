/**
 * `npm run check:packages`: what n8n and Node-RED ask of a package before they list it. The packed n8n package goes
 * through both legs of n8n's own scanner and its strict lint, the packed Node-RED package through its scorecard, and all
 * of them through the linters of packages. What is bundled must be named in each package's notices.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hostFolder, node24 } from '../hosts/hosts.mjs';
import { knip, publintOf } from './linters.mjs';
import { pack, unpack } from '../build/pack.mjs';
import { prepare, root } from '../build/prepare.mjs';
import { alertRules } from './promtool.mjs';
import { scorecard } from './scorecard.mjs';

const log = (line) => console.log(line);

/** What n8n looks at in the repository: the package's own sources, and the core since they are bundled from it. */
const sources = [
	'package.json',
	'tsconfig.json',
	'nodes',
	'credentials',
	'packages/core/package.json',
	'packages/core/src',
];

/** The sources beside n8n's tools, with the packages that the core bundles, and the lint's one permitted configuration. */
const stage = (tools, folder) => {
	for (const name of sources) cpSync(join(root, name), join(folder, name), { recursive: true });
	const theirs = join(tools, 'node_modules');
	cpSync(
		join(theirs, '@n8n/node-cli/dist/template/templates/shared/default/eslint.config.mjs'),
		join(folder, 'eslint.config.mjs'),
	);
	const modules = join(folder, 'node_modules');
	mkdirSync(modules);
	const bundled = Object.keys(
		JSON.parse(readFileSync(join(root, 'packages/core/package.json'), 'utf8')).devDependencies ?? {},
	);
	for (const name of bundled) symlinkSync(join(root, 'node_modules', name), join(modules, name));
	for (const name of readdirSync(theirs))
		if (!existsSync(join(modules, name))) symlinkSync(join(theirs, name), join(modules, name));
};

const scan = async (tools, folder, patterns) => {
	const { analyzePackage } = await import(
		pathToFileURL(join(tools, 'node_modules/@n8n/scan-community-package/scanner/scanner.mjs'))
	);
	const { passed, message, details } = await analyzePackage(folder, patterns);
	return passed ? [] : [details ?? message];
};

const lint = async (tools, folder) => {
	const { node, env } = await node24(log);
	const program = join(tools, 'node_modules/@n8n/node-cli/bin/n8n-node.mjs');
	const { status, stdout, stderr } = spawnSync(node, [program, 'lint'], {
		cwd: folder,
		encoding: 'utf8',
		env: { ...process.env, ...env },
	});
	return status === 0 ? [] : [`${stdout}${stderr}`];
};

/** Only what n8n loads and what people read: no source, no test, nothing to be installed with it. */
const contents = (folder) => {
	const { dependencies = {}, n8n } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	const files = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((each) => each.isFile())
		.map(({ parentPath, name }) =>
			join(parentPath, name)
				.slice(folder.length + 1)
				.replaceAll('\\', '/'),
		);
	const strange = files.filter(
		(file) =>
			!/^(?:package\.json|README(?:\.ar)?\.md|LICENSE|CHANGELOG\.md|dist\/(?:THIRD-PARTY-NOTICES|.+\.(?:js|json|svg)))$/.test(
				file,
			),
	);
	const missing = [...n8n.nodes, ...n8n.credentials, `${dirname(n8n.nodes[0])}/IcloudReady.node.json`].filter(
		(file) => !files.includes(file),
	);
	return [
		...Object.keys(dependencies).map((name) => `${name} would be installed with the package.`),
		...strange.map((file) => `${file} should not be in the package.`),
		...missing.map((file) => `${file} is missing in the package.`),
	];
};

/** Every package that a bundle has code of is named with its license's text. */
const notices = (folder) => {
	const file = join(folder, 'dist/THIRD-PARTY-NOTICES');
	if (!existsSync(file)) return [`${file.slice(place.length + 1)} is missing.`];
	const text = readFileSync(file, 'utf8');
	const bundles = readdirSync(join(folder, 'dist'), { recursive: true, withFileTypes: true })
		.filter(({ name }) => name.endsWith('.js'))
		.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
	// esbuild names the file of each module above it.
	const named = new Set(
		bundles.flatMap((code) =>
			[...code.matchAll(/^\s*\/\/ (?:\.\.\/)*node_modules\/((?:@[^/\s]+\/)?[^/\s]+)\//gm)].map(([, name]) => name),
		),
	);
	return [...named]
		.filter((name) => !text.includes(`\n${name} `))
		.map((name) => `${name} is bundled and not in ${file.slice(place.length + 1)}.`);
};

prepare();
const tools = await hostFolder('tools', log);
const place = mkdtempSync(join(tmpdir(), 'icloud-ready-check-'));
const staged = join(place, 'source');
const packed = join(place, 'packed');
mkdirSync(staged);
stage(tools, staged);
unpack(pack(root, place), packed);
const workspaces = ['packages/node-red', 'packages/sandbox', 'packages/gateway'];
const others = workspaces.map((workspace) => join(place, workspace));
for (const workspace of workspaces) unpack(pack(join(root, workspace), place), join(place, workspace));

const { SOURCE_FILE_PATTERNS } = await import(
	pathToFileURL(join(tools, 'node_modules/@n8n/scan-community-package/scanner/scanner.mjs'))
);
const checks = [
	['n8n package: contents', () => contents(packed)],
	["n8n package: n8n's scanner, sources", () => scan(tools, staged, SOURCE_FILE_PATTERNS)],
	["n8n package: n8n's scanner, packed", () => scan(tools, packed, ['**/*.js', 'package.json'])],
	['n8n package: n8n-node lint, strict', () => lint(tools, staged)],
	...[packed, ...others].flatMap((folder) => [
		[`${folder.slice(place.length + 1)}: notices of what is bundled`, () => notices(folder)],
		[`${folder.slice(place.length + 1)}: publint`, () => publintOf(folder, log)],
	]),
	['gateway: rules for Prometheus', () => alertRules(log)],
	['repository: knip', () => knip(log)],
	['Node-RED package: scorecard', () => scorecard({ folder: join(root, 'packages/node-red'), log })],
];

let failed = 0;
try {
	for (const [name, check] of checks) {
		const complaints = await check();
		console.log(`${complaints.length === 0 ? 'passed' : 'FAILED'}  ${name}`);
		for (const complaint of complaints) console.log(complaint);
		failed += complaints.length === 0 ? 0 : 1;
	}
} finally {
	rmSync(place, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;
