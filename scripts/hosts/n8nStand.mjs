/**
 * A real n8n for a test, as a process of its own: `node scripts/hosts/n8nStand.mjs <folder> [environment as JSON]`. Prints one
 * line of JSON when it is up. When its input ends it stops and removes the folder, so that nothing is left over when a
 * test run is cut short.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './freePort.mjs';
import { runN8n, signIn } from './n8n.mjs';
import { pack } from '../build/pack.mjs';
import { root } from '../build/prepare.mjs';

const owner = { email: 'owner@example.com', password: 'Sandbox-Owner-1', firstName: 'Sandbox', lastName: 'Owner' };
const [folder, more = '{}'] = process.argv.slice(2);

const tarball = pack(root, join(folder, 'packed'));
const n8n = await runN8n({
	port: await freePort(),
	brokerPort: await freePort(),
	userFolder: folder,
	tarball,
	// Everything that n8n can be made to write into its log is looked through for the key.
	env: { N8N_LOG_LEVEL: 'debug', EXECUTIONS_TIMEOUT: '60', ...JSON.parse(more) },
	log: (line) => console.error(line),
});
const end = async () => {
	await n8n.stop();
	rmSync(folder, { recursive: true, force: true });
	process.exit();
};
process.stdin.on('end', () => void end()).resume();
const rest = await signIn(n8n.url, owner);
console.log(JSON.stringify({ url: n8n.url, logFile: n8n.logFile, pid: n8n.pid, cookie: rest.cookie() }));
