/**
 * A real n8n in queue mode for a test: PostgreSQL, Redis, one main and so many workers of its own, as a process
 * like `n8nStand.mjs`: `node scripts/hosts/queueStand.mjs <folder> <workers>`. Prints one line of JSON when all are up, and stops them when its
 * input ends. A worker that somebody killed meanwhile is no matter: a number on its input asks for so many that live, and is
 * answered by a line with them.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startPostgres, startRedis } from './database.mjs';
import { freePort } from './freePort.mjs';
import { runN8n, signIn } from './n8n.mjs';
import { pack } from '../build/pack.mjs';
import { root } from '../build/prepare.mjs';
import { provideDatabases } from './programs.mjs';

const owner = { email: 'owner@example.com', password: 'Sandbox-Owner-1', firstName: 'Sandbox', lastName: 'Owner' };
/** What one worker executes at the same time; n8n's own default. */
const concurrency = 10;
const [folder, workers] = process.argv.slice(2);
const log = (line) => console.error(line);

provideDatabases(log);
const running = [];
const stopAll = async () => {
	for (const one of running.splice(0).reverse()) await one.stop();
};
const started = async (one) => {
	const it = await one;
	running.push(it);
	return it;
};
const asked = createInterface({ input: process.stdin });
asked.once('close', () => void stopAll().then(() => process.exit()));

try {
	const postgres = await started(startPostgres());
	const redis = await started(startRedis());
	const tarball = pack(root, join(folder, 'packed'));
	const shared = {
		EXECUTIONS_MODE: 'queue',
		EXECUTIONS_TIMEOUT: '-1',
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		N8N_LOG_LEVEL: 'info',
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: postgres.host,
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: 'postgres',
		QUEUE_BULL_REDIS_HOST: redis.host,
		QUEUE_BULL_REDIS_PORT: String(redis.port),
	};

	const main = await started(
		runN8n({
			port: await freePort(),
			brokerPort: await freePort(),
			userFolder: join(folder, 'main'),
			tarball,
			env: shared,
			log,
		}),
	);
	const startWorker = async (index) => {
		const port = await freePort();
		const env = {
			...shared,
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		};
		const command = ['worker', `--concurrency=${concurrency}`];
		const { pid, logFile, ended } = await started(
			runN8n({
				port,
				brokerPort: await freePort(),
				userFolder: join(folder, `worker-${index}`),
				tarball,
				env,
				log,
				command,
			}),
		);
		const worker = { pid, logFile, lives: true };
		void ended.then(() => {
			worker.lives = false;
		});
		return worker;
	};
	let all = [];
	let begun = 0;
	/** Those that live, once there are so many. */
	const living = async (count) => {
		all = all.filter(({ lives }) => lives);
		const missing = Array.from({ length: Math.max(0, count - all.length) }, () => startWorker(begun++));
		all = [...all, ...(await Promise.all(missing))];
		return all.map(({ pid, logFile }) => ({ pid, logFile }));
	};
	const first = await living(Number(workers));
	const rest = await signIn(main.url, owner);
	const { url, logFile, pid } = main;
	console.log(JSON.stringify({ url, logFile, pid, cookie: rest.cookie(), workers: first }));
	for await (const count of asked) console.log(JSON.stringify(await living(Number(count))));
} catch (error) {
	await stopAll();
	throw error;
}
