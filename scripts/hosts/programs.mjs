/** Programs on this machine that a test needs and npm does not bring: found, or installed where that is possible. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const debianFolder = '/usr/lib/postgresql';
const isRoot = process.getuid?.() === 0;

/** Debian keeps the programs of a PostgreSQL server out of the path, in a folder for each version. */
const folders = () => {
	const versions = existsSync(debianFolder) ? readdirSync(debianFolder).sort((a, b) => Number(b) - Number(a)) : [];
	return [
		...(process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== ''),
		...versions.map((version) => join(debianFolder, version, 'bin')),
	];
};

/** The path of a program; undefined: it is not on this machine. */
export const program = (name) =>
	folders()
		.map((folder) => join(folder, name))
		.find(existsSync);

const databases = { initdb: 'postgresql', postgres: 'postgresql', 'redis-server': 'redis-server' };

/** Whether it ended well. */
const aptGet = (...args) => {
	const command = ['apt-get', ...args];
	const [name, ...rest] = isRoot ? command : ['sudo', '-n', ...command];
	// What it prints is no answer of ours.
	const { status } = spawnSync(name, rest, {
		stdio: ['ignore', process.stderr, process.stderr],
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
	});
	return status === 0;
};

/** Others may install something at the same time, for which apt-get waits or ends: it is asked again. */
const mostTries = 6;
const pauseSeconds = '10';

/** Installs with apt-get the packages of those programs that are missing; throws with `advice` where that does not bring them. */
const provide = (packageOf, advice, log) => {
	const missing = () => Object.keys(packageOf).filter((name) => program(name) === undefined);
	const packages = () => [...new Set(missing().map((name) => packageOf[name]))];
	if (packages().length === 0) return;
	log(`Installing ${packages().join(' and ')} …`);
	for (let tries = 1; packages().length > 0 && tries <= mostTries; tries++) {
		if (tries > 1) spawnSync('sleep', [pauseSeconds]);
		const hasList = aptGet('update', '-qq');
		const isDone = aptGet(
			'install',
			'-y',
			'-qq',
			'--no-install-recommends',
			'-o',
			'DPkg::Lock::Timeout=300',
			...packages(),
		);
		// It was free to do what it can, or there is none: another try brings no more.
		if ((hasList && isDone) || program('apt-get') === undefined) break;
	}
	const still = missing();
	if (still.length > 0) throw new Error(`${still.join(', ')} not found. ${advice}`);
};

/** PostgreSQL and Redis, which n8n's queue mode needs. */
export const provideDatabases = (log) =>
	provide(databases, 'Install PostgreSQL and Redis (their services need not run), then start again.', log);

/** The path of a Chromium, in which the editors are tried. */
export const provideChromium = (log) => {
	const found = () => ['chromium', 'chromium-browser', 'google-chrome'].map(program).find((path) => path !== undefined);
	if (found() === undefined) provide({ chromium: 'chromium' }, 'Install Chromium, then start again.', log);
	return found();
};

/** As whom a database runs: PostgreSQL refuses root, so its package's own user takes it over. Empty for anybody else. */
export const databaseUser = () => {
	if (!isRoot) return {};
	const id = (flag) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
	return { uid: id('-u'), gid: id('-g') };
};

/** The Redis that the tests of the gateway start. */
export const provideRedis = (log) =>
	provide({ 'redis-server': 'redis-server' }, 'Install Redis (its service need not run), then start again.', log);
