/** Packs a workspace as npm would publish it, and unpacks it where a host looks for it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const run = (command, args, options) => {
	const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', ...options });
	if (status !== 0) throw new Error(`"${command} ${args.join(' ')}" did not finish: ${error?.message ?? stderr}`);
	return stdout;
};

/** Packs the built package in `folder` into the folder `to`. Returns the tarball's path. */
export const pack = (folder, to) => {
	mkdirSync(to, { recursive: true });
	const output = run('npm', ['pack', '--json', '--loglevel=error', '--pack-destination', to], {
		cwd: folder,
		shell: process.platform === 'win32',
	});
	const printed = JSON.parse(output);
	const [{ filename }] = Array.isArray(printed) ? printed : Object.values(printed);
	return join(to, filename.replace('@', '').replace('/', '-'));
};

/** Unpacks a tarball into `folder`, without npm's own level `package`. */
export const unpack = (tarball, folder) => {
	mkdirSync(folder, { recursive: true });
	run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
};
