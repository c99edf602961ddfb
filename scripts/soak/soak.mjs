/**
 * `npm run soak -- --minutes 20`: both nodes in real hosts, with faults of every kind at 50 leads a second. At the end the
 * books must balance: what went in came out, each as what it must be, and the API's own count agrees.
 * `--host n8n` or `--host node-red` runs one; `--per-second 50` is the pace; `--gateway` puts a gateway between them and the API.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runGateway } from '../hosts/gateway.mjs';
import { prepare, root } from '../build/prepare.mjs';
import { createLeads } from './leads.mjs';
import { startN8n } from './n8n.mjs';
import { startNodeRed } from './nodeRed.mjs';
import { watch } from './watch.mjs';

const { values } = parseArgs({
	options: {
		minutes: { type: 'string', default: '20' },
		'per-second': { type: 'string', default: '50' },
		host: { type: 'string' },
		gateway: { type: 'boolean', default: false },
	},
});
const minutes = Number(values.minutes);
const perSecond = Number(values['per-second']);
const starts = Object.entries({ 'node-red': startNodeRed, n8n: startN8n }).filter(
	([name]) => values.host === undefined || values.host === name,
);

/** A run shorter than this has no second half without warming up, and its slopes are only shown. */
const leastMinutes = 10;
const mostMbPerMinute = 3;
/** Garbage is collected in large steps, so that a slope alone says little: a process that is as large as at its start does not grow. */
const mostGrowth = 1.25;
const mostHandlesPerMinute = 2;
/** Of all leads. */
const mostLate = 0.02;
const longestEndMs = 120_000;

prepare();
const { startSandbox } = createRequire(import.meta.url)(join(root, 'packages/sandbox/dist/index.js'));
const sum = (counts) => Object.values(counts).reduce((all, each) => all + each, 0);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What a process held, as rows of the table. */
const shown = (of, { firstMb, lastMb, mbPerMinute, firstHandles, lastHandles, handlesPerMinute }) => ({
	[`${of}MB first`]: Math.round(firstMb),
	[`${of}MB last`]: Math.round(lastMb),
	[`${of}MB/min`]: mbPerMinute.toFixed(1),
	[`${of}files first`]: firstHandles,
	[`${of}files last`]: lastHandles,
	[`${of}files/min`]: handlesPerMinute.toFixed(1),
});

/** What is wrong with it: it must not grow. */
const growth = (of, { firstMb, lastMb, mbPerMinute, handlesPerMinute }) => [
	...(minutes < leastMinutes || mbPerMinute <= mostMbPerMinute || lastMb <= firstMb * mostGrowth
		? []
		: [`${of}memory grows by ${mbPerMinute.toFixed(1)} MB a minute`]),
	...(minutes < leastMinutes || handlesPerMinute <= mostHandlesPerMinute
		? []
		: [`${of}open files grow by ${handlesPerMinute.toFixed(1)} a minute`]),
];

/** One host over its time. Resolves with what was found, in rows of the table, and with what is wrong. */
const soak = async (name, start) => {
	const folder = mkdtempSync(join(tmpdir(), `icloud-ready-soak-${name}-`));
	const sandbox = await startSandbox({ port: 0 });
	const gateway = values.gateway
		? await runGateway({
				args: [
					'--api',
					sandbox.baseUrl,
					'--folder',
					join(folder, 'gateway'),
					'--concurrency',
					'40',
					'--timeout-seconds',
					'8',
				],
			})
		: undefined;
	// Behind a gateway a lead may wait for others, which it does not otherwise.
	const account =
		gateway === undefined
			? { baseUrl: sandbox.baseUrl, gateway: false, maxWaitSeconds: 2 }
			: { baseUrl: gateway.baseUrl, gateway: true, maxWaitSeconds: 60 };
	const host = await start({ account, folder: join(folder, 'host'), log: (line) => console.error(line) });
	try {
		const { batch, expected } = createLeads(perSecond);
		const refused = [];
		const send = async () => {
			const { leads, taken } = batch();
			const words = await host.send(leads);
			if (words === undefined) taken();
			else refused.push(words);
		};
		await send();
		const stopWatching = watch(host.pid);
		const stopWatchingGateway = gateway === undefined ? undefined : watch(gateway.pid);
		const sending = new Set();
		const beganAtMs = Date.now();
		let second = 0;
		for (; second < minutes * 60; second++) {
			await pause(beganAtMs + second * 1000 - Date.now());
			const sent = send().finally(() => sending.delete(sent));
			sending.add(sent);
		}
		await Promise.all(sending);
		for (const lastMs = Date.now() + longestEndMs; sum(await host.counts()) < expected.entered && Date.now() < lastMs; )
			await pause(200);
		const tookSeconds = (Date.now() - beganAtMs) / 1000;
		const held = stopWatching();
		const heldByGateway = stopWatchingGateway?.();
		const counts = await host.counts();
		const phones = new Set(sandbox.leads.map(({ leadInformation }) => leadInformation.phone)).size;
		const late = (counts.unconfirmed ?? 0) - (expected.outcomes.unconfirmed ?? 0);
		const wrong = [
			...(sum(counts) === expected.entered ? [] : [`${expected.entered} entered and ${sum(counts)} ended`]),
			// On a busy machine an answer may come too late, and its lead is then rightly unconfirmed; nothing else may be more than it must.
			...Object.keys(counts)
				.filter((outcome) => outcome !== 'unconfirmed' && counts[outcome] > (expected.outcomes[outcome] ?? 0))
				.map((outcome) => `${outcome}: ${counts[outcome]}, and no more than ${expected.outcomes[outcome] ?? 0} can be`),
			...(late < 0 || late > expected.entered * mostLate
				? [`unconfirmed: ${counts.unconfirmed ?? 0}, and ${expected.outcomes.unconfirmed ?? 0} must be`]
				: []),
			...(sandbox.leadCount === expected.exists
				? []
				: [`the API has ${sandbox.leadCount} leads, and ${expected.exists} must be`]),
			...(refused.length <= minutes ? [] : [`${refused.length} batches were not taken, the first with: ${refused[0]}`]),
			...(sandbox.leads.length === phones ? [] : [`${sandbox.leads.length - phones} leads are there twice`]),
			...growth('', held),
			...(heldByGateway === undefined ? [] : growth("the gateway's ", heldByGateway)),
		];
		const rows = {
			host: name,
			seconds: Math.round(tookSeconds),
			'not taken': refused.length * perSecond,
			entered: expected.entered,
			...counts,
			'answers late': late,
			'at the API': sandbox.leadCount,
			doubled: sandbox.leads.length - phones,
			...shown('', held),
			...(heldByGateway === undefined ? {} : shown('gateway ', heldByGateway)),
		};
		return { rows, wrong: wrong.map((each) => `${name}: ${each}.`) };
	} finally {
		await host.stop();
		await gateway?.stop();
		await sandbox.close();
		rmSync(folder, { recursive: true, force: true });
	}
};

const found = [];
for (const [name, start] of starts) found.push(await soak(name, start));
for (const title of Object.keys(Object.assign({}, ...found.map(({ rows }) => rows))))
	console.log([title.padEnd(20), ...found.map(({ rows }) => String(rows[title] ?? 0).padStart(12))].join(''));
const wrong = found.flatMap((each) => each.wrong);
for (const each of wrong) console.log(each);
console.log(wrong.length === 0 ? 'The books balance.' : 'The books do not balance.');
process.exitCode = wrong.length === 0 ? 0 : 1;
