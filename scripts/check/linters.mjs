/** Two linters of packages: publint, of what is published, and knip, of files and dependencies that nothing needs. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hostFolder } from '../hosts/hosts.mjs';
import { root } from '../build/prepare.mjs';

/** What publint finds in an unpacked package, one text each; suggestions count too, but for those about a module system that hosts do not know. */
export const publintOf = async (folder, log) => {
	const theirs = join(await hostFolder('linters', log), 'node_modules/publint/src');
	const { publint } = await import(pathToFileURL(join(theirs, 'index-node.js')));
	const { formatMessage } = await import(pathToFileURL(join(theirs, 'utils.js')));
	const { messages, pkg } = await publint({ pkgDir: folder, level: 'suggestion', strict: true, pack: false });
	// Both hosts load CommonJS, which is what a package without "type" is.
	return messages
		.filter(({ code }) => code !== 'USE_TYPE')
		.map((message) => `${message.type}: ${formatMessage(message, pkg) ?? message.code}`);
};

/** What knip finds in the repository; its configuration is knip.json. */
export const knip = async (log) => {
	const program = join(await hostFolder('linters', log), 'node_modules/knip/bin/knip.js');
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		[program, '--directory', root, '--no-progress', '--no-config-hints'],
		{ cwd: root, encoding: 'utf8' },
	);
	return status === 0 ? [] : [`${stdout}${stderr}`];
};
