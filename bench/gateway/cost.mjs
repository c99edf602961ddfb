/**
 * `node bench/gateway/cost.mjs [leads]`: what a lead costs at a gateway that keeps leads on disk: requests to the API, bytes
 * on disk while it waits and after it ended, memory while it waits. Needs `npm run build`; Linux.
 */
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runGateway } from '../../scripts/hosts/gateway.mjs';
import { root } from '../../scripts/build/prepare.mjs';

const leads = Number(process.argv[2] ?? 10_000);
const atOnce = 50;
const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-cost-'));
const lead = JSON.parse(readFileSync(join(root, 'test/fixtures/guideLead.json'), 'utf8'));
const bodyOf = (number) =>
	JSON.stringify({
		...lead,
		leadInformation: { ...lead.leadInformation, phone: `+20101${String(number).padStart(7, '0')}` },
	});

/** Takes every lead, but with a key that has expired. */
let [created, refused] = [0, 0];
const api = createServer((incoming, outgoing) => {
	incoming.resume().on('end', () => {
		const isRefused = incoming.headers['x-api-key'] === 'expired';
		if (isRefused) refused++;
		else created++;
		outgoing
			.writeHead(isRefused ? 401 : 201, { 'content-type': 'application/json' })
			.end(JSON.stringify(isRefused ? { statusCode: 401 } : { _id: String(created), leadNumber: created }));
	});
});
await once(api.listen(0, '127.0.0.1'), 'listening');

const start = async () =>
	await runGateway({
		args: [
			'--folder',
			join(folder, 'store'),
			'--wait-seconds',
			'0',
			'--concurrency',
			'50',
			'--api',
			`http://127.0.0.1:${api.address().port}/api/v2`,
		],
	});
const give = async (url, key, from) => {
	let next = from;
	await Promise.all(
		Array.from({ length: atOnce }, async () => {
			while (next < from + leads) {
				const response = await fetch(`${url}/api/v2/leads`, {
					method: 'POST',
					headers: { 'x-api-key': key, organizationid: '686f894eaf67193dd6e124ce', 'content-type': 'application/json' },
					body: bodyOf(next++),
				});
				if (response.status !== 202 && response.status !== 201)
					throw new Error(`The gateway answered ${response.status}.`);
				await response.arrayBuffer();
			}
		}),
	);
};
const residentBytes = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
const storedBytes = () =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((each) => each.isFile())
		.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
const waiting = async (url) =>
	Number(/^gateway_waiting (\d+)/m.exec(await (await fetch(`${url}/metrics`)).text())?.[1]);

try {
	let gateway = await start();
	await give(gateway.origin, 'works', 0);
	while ((await waiting(gateway.origin)) > 0) await new Promise((resolve) => setTimeout(resolve, 200));
	await gateway.stop();
	const ended = storedBytes();
	const requests = created;
	gateway = await start();
	const before = residentBytes(gateway.pid);
	await give(gateway.origin, 'expired', leads);
	// What was freed is only gone from the process a while later.
	await new Promise((resolve) => setTimeout(resolve, 5000));
	const [grown, left] = [residentBytes(gateway.pid) - before, await waiting(gateway.origin)];
	await gateway.stop();
	const bodyBytes = Buffer.byteLength(bodyOf(0));
	const each = (bytes) =>
		`${Math.round(bytes / leads)} (${(bytes / leads / bodyBytes).toFixed(1)} x its body of ${bodyBytes})`;
	console.log(`leads: ${leads} ended, ${left} waiting`);
	console.log(`requests to the API for each that ended: ${requests / leads}`);
	console.log(`requests to the API while ${leads} waited for their key: ${refused}`);
	console.log(`bytes on disk, ended: ${each(ended)}`);
	console.log(`bytes on disk, waiting: ${each(storedBytes() - ended)}`);
	console.log(`memory, waiting: ${each(grown)}`);
} finally {
	api.close();
	api.closeAllConnections();
	rmSync(folder, { recursive: true, force: true });
}
