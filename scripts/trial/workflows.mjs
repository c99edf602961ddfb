/**
 * `npm run trial:workflows`: each shipped n8n workflow that receives, as shipped but for its accounts, gets calls while its n8n
 * is killed (kill -9). Whoever calls repeats what is not answered 2xx, and now and then what was; a person at n8n's own form
 * does not, and believes its last page alone. No answered call may be nowhere: its lead is at the API, or an execution that
 * ended red names it. None may be doubled.
 * `--calls 1000`, `--kills 10`, `--expired-seconds 0` (of an expired key), `--seed 1`, `--workflow google-ads-webhook` choose.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepare } from '../build/prepare.mjs';
import { startApi } from './api.mjs';
import { afterReplies, callThroughKills, createCallers, pause, randomOf } from './callers.mjs';
import { phoneOf, workflowCalls } from './calls.mjs';
import { startGraph } from './graph.mjs';
import { openN8n } from './n8n.mjs';

const { values } = parseArgs({
	options: {
		calls: { type: 'string', default: '1000' },
		kills: { type: 'string', default: '10' },
		'expired-seconds': { type: 'string', default: '0' },
		seed: { type: 'string', default: '1' },
		workflow: { type: 'string' },
	},
});
const [calls, kills, expiredSeconds, seed] = [values.calls, values.kills, values['expired-seconds'], values.seed].map(
	Number,
);

/** So many of the answered calls come once more at the end. */
const repeatedShare = 0.1;

const tryWorkflow = async (workflow) => {
	const random = randomOf(seed);
	const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-trial-'));
	const [api, graph] = [await startApi({ latencyMs: 5 }), await startGraph()];
	const n8n = await openN8n({
		folder,
		workflow,
		baseUrl: api.baseUrl,
		graphUrl: graph.url,
		log: (line) => console.error(line),
	});
	try {
		const { repeats } = workflowCalls[workflow];
		const callers = createCallers(n8n.url, workflowCalls[workflow], calls);
		await callThroughKills({
			callers,
			calls,
			kills,
			random,
			when: afterReplies,
			begin: async (life) => {
				await n8n.start();
				if (life === Math.floor(kills / 3)) api.expireKeyFor(expiredSeconds * 1000);
			},
			kill: n8n.kill,
		});
		if (repeats) callers.left.push(...[...callers.answered].filter(() => random() < repeatedShare));
		await callers.run(() => false);
		// Nobody waits for the execution that tells of an unconfirmed lead.
		while ((await n8n.executions('running')).length + (await n8n.executions('new')).length > 0) await pause(500);
		const red = [...(await n8n.executions('error')), ...(await n8n.executions('crashed'))].join('\n');
		const green = (await n8n.executions('success')).join('\n');
		await n8n.stop();
		const answered = [...callers.answered];
		const timesOf = (number) => api.timesOf(phoneOf(number));
		const isNamed = (number) => red.includes(phoneOf(number));
		const absent = answered.filter((number) => timesOf(number) === 0);
		return {
			workflow,
			calls,
			kills,
			expiredSeconds,
			refusedByApi: api.refused(),
			seed,
			answered: answered.length,
			cut: callers.cut.length,
			statuses: callers.statuses,
			atApi: answered.filter((number) => timesOf(number) === 1).length,
			named: absent.filter(isNamed).length,
			nowhere: absent.filter((number) => !isNamed(number)).length,
			ofThoseInGreen: absent.filter((number) => !isNamed(number) && green.includes(phoneOf(number))).length,
			neverAnswered: calls - answered.length,
			repeats,
			doubled: Array.from({ length: calls }, (_, number) => number).filter((number) => timesOf(number) > 1).length,
		};
	} finally {
		await n8n.kill();
		await Promise.all([api.close(), graph.close()]);
		rmSync(folder, { recursive: true, force: true });
	}
};

prepare();
const found = [];
for (const workflow of values.workflow === undefined ? Object.keys(workflowCalls) : [values.workflow]) {
	const counts = await tryWorkflow(workflow);
	console.log(JSON.stringify(counts));
	found.push(counts);
}
const isTrue = found.every(
	({ answered, nowhere, neverAnswered, doubled, repeats }) =>
		answered > 0 && nowhere + doubled + (repeats ? neverAnswered : 0) === 0,
);
console.log(
	isTrue ? 'Every answered call is accounted for once.' : 'An answered call is nowhere, or a lead is doubled.',
);
process.exitCode = isTrue ? 0 : 1;
