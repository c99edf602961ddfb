/** Runs a PostgreSQL and a Redis of our own, each on a free port of 127.0.0.1 and in a folder that is gone afterwards. */
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './freePort.mjs';
import { databaseUser, program } from './programs.mjs';

const host = '127.0.0.1';
const longestStartMs = 30_000;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const answers = (port) =>
	new Promise((resolve) => {
		const socket = connect(port, host);
		socket.once('connect', () => resolve(true));
		socket.once('error', () => resolve(false));
		socket.once('close', () => socket.destroy());
		socket.once('connect', () => socket.end());
	});

/** Starts a server and waits until it listens. `quit` is the signal that ends it at once and in good order. */
const start = async ({ name, args, port, folder, user, quit }) => {
	const printed = [];
	const child = spawn(program(name), args, { cwd: folder, ...user, stdio: ['ignore', 'pipe', 'pipe'] });
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => printed.push(chunk));
	// Whatever ends us ends it too: nobody else knows that it runs.
	const reap = () => child.kill(quit);
	process.once('exit', reap);
	const ended = new Promise((resolve) => child.once('close', resolve));
	const stop = async () => {
		child.kill(quit);
		await ended;
		process.off('exit', reap);
		rmSync(folder, { recursive: true, force: true });
	};
	for (const lastMs = Date.now() + longestStartMs; !(await answers(port)); await pause(50)) {
		if (child.exitCode === null && Date.now() < lastMs) continue;
		await stop();
		throw new Error(`${name} did not start:\n${Buffer.concat(printed).toString().slice(-2000)}`);
	}
	return { host, port, stop };
};

/** A fresh PostgreSQL with the database and superuser `postgres`, whom it lets in without a password. Resolves with `{ host, port, stop() }`. */
export const startPostgres = async () => {
	const user = databaseUser();
	const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-postgres-'));
	if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
	const data = join(folder, 'data');
	const made = spawnSync(
		program('initdb'),
		['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
		{ cwd: folder, ...user, encoding: 'utf8' },
	);
	if (made.status !== 0) throw new Error(`initdb did not finish:\n${made.stderr}`);
	const port = await freePort();
	const args = ['-D', data, '-p', String(port), '-c', `listen_addresses=${host}`, '-c', 'unix_socket_directories='];
	return await start({ name: 'postgres', args, port, folder, user, quit: 'SIGINT' });
};

/** A fresh Redis; `fsync` (`everysec`, `always`) has it keep its data, which it does not without. Resolves with `{ host, port, stop() }`. */
export const startRedis = async (fsync) => {
	const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-redis-'));
	const port = await freePort();
	const args = [
		'--bind',
		host,
		'--port',
		String(port),
		'--save',
		'',
		...(fsync === undefined ? ['--appendonly', 'no'] : ['--appendonly', 'yes', '--appendfsync', fsync]),
		'--dir',
		folder,
	];
	return await start({ name: 'redis-server', args, port, folder, user: {}, quit: 'SIGTERM' });
};
