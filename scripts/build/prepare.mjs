/** What every command needs first: installed packages and a fresh build. Plain Node, since nothing is installed yet. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

const leastNode = [20, 19];
const sources = ['nodes', 'credentials', 'packages', 'build.mjs', 'package.json', 'LICENSE'];
/** What a build writes is no source, or each one would ask for the next. */
const ignored = new Set(['node_modules', 'dist', 'examples', 'LICENSE']);
const built = ['packages/sandbox/dist/cli.js', 'packages/node-red/dist/runtime.js', 'packages/gateway/dist/cli.js'];

const run = (command, args) => {
	// npm is a script on Windows, which only a shell starts.
	const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
	if (status !== 0) {
		console.error(`\n"${command} ${args.join(' ')}" did not finish. The lines above say why.`);
		process.exit(1);
	}
};

const checkNode = () => {
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1])) return;
	console.error(
		`Node ${leastNode.join('.')} or newer is needed, and this is Node ${process.versions.node}. Install a newer one, then start again.`,
	);
	process.exit(1);
};

const hash = (text) => createHash('sha256').update(text).digest('hex');
const stampFile = (name) => join(root, 'node_modules', `.icloud-ready-${name}`);
const stamped = (name) => (existsSync(stampFile(name)) ? readFileSync(stampFile(name), 'utf8') : '');

const install = () => {
	const wanted = hash(readFileSync(join(root, 'package-lock.json')));
	if (stamped('install') === wanted) return;
	console.log('Installing packages (about 450 MB on disk, one to three minutes)…');
	// Not `npm ci`: it stops where the lock lacks an optional package of another platform, which is none of ours. And it
	// must not write the lock, or the next command would find another one and install once more, in the middle of a test.
	run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
	writeFileSync(stampFile('install'), wanted);
};

const fingerprint = (path) => {
	const stat = statSync(path);
	if (!stat.isDirectory()) return `${path}:${stat.size}:${stat.mtimeMs}\n`;
	return readdirSync(path)
		.filter((name) => !ignored.has(name))
		.sort()
		.map((name) => fingerprint(join(path, name)))
		.join('');
};

const buildAll = () => {
	const state = hash(
		sources
			.map((name) => join(root, name))
			.filter(existsSync)
			.map(fingerprint)
			.join(''),
	);
	if (stamped('build') === state && built.every((file) => existsSync(join(root, file)))) return;
	run(process.execPath, ['build.mjs']);
	writeFileSync(stampFile('build'), state);
};

/** Installs what is missing and builds what is stale; ends the process with plain words where that cannot be done. */
export const prepare = () => {
	checkNode();
	install();
	buildAll();
};
