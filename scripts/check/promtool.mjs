/** The gateway's rules for Prometheus, through Prometheus' own check of them. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../hosts/hosts.mjs';
import { program } from '../hosts/programs.mjs';
import { root } from '../build/prepare.mjs';

/** Taken out of Debian's package and not installed with it, which would start a server. */
const unpacked = (log) => {
	const folder = join(cacheFolder(), 'promtool');
	const path = join(folder, 'usr/bin/promtool');
	if (existsSync(path)) return path;
	mkdirSync(folder, { recursive: true });
	log('Fetching promtool…');
	const run = (name, ...args) => spawnSync(name, args, { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] });
	run('apt-get', 'download', '-qq', 'prometheus');
	for (const file of readdirSync(folder).filter((name) => name.endsWith('.deb'))) run('dpkg-deb', '-x', file, folder);
	return existsSync(path) ? path : undefined;
};

/** What is wrong with the rules; nothing where there is no promtool to ask, which the log says. */
export const alertRules = (log) => {
	const promtool = program('promtool') ?? unpacked(log);
	if (promtool === undefined) {
		log('There is no promtool here, so that the rules for Prometheus are not checked: install Prometheus.');
		return [];
	}
	const rules = join(root, 'packages/gateway/monitoring/alerts.yml');
	const { status, stdout, stderr } = spawnSync(promtool, ['check', 'rules', rules], { encoding: 'utf8' });
	return status === 0 ? [] : [`${stdout}${stderr}`];
};
