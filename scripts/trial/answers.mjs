/** One trial: calls to an example whose Node-RED is killed again and again, and what each answered call is worth then. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApi } from './api.mjs';
import { callThroughKills, createCallers, pause, randomOf } from './callers.mjs';
import { exampleCalls, phoneOf } from './calls.mjs';
import { openNodeRed } from './nodeRed.mjs';

/** A kill comes so long after Node-RED first answers. */
const killWindowMs = [200, 1500];
const longestEndMs = 180_000;
const accountPath = '/icloud-ready/outbox/icr-account/leads';

const leadsOf = async (nodeRed, shelf) => {
	const found = [];
	for (let after = ''; ; ) {
		const page = await nodeRed.admin(
			`${accountPath}?shelf=${shelf}&limit=100${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`,
		);
		if (page === undefined) return found;
		found.push(...page.leads.map(({ phone }) => phone));
		if (page.next === undefined) return found;
		after = page.next;
	}
};

/** Waits until nothing waits in the outbox and the API hears nothing more. */
const settled = async (nodeRed, api) => {
	const untilMs = Date.now() + longestEndMs;
	for (let before = -1; Date.now() < untilMs; await pause(500)) {
		const [outbox] = (await nodeRed.admin('/icloud-ready/outbox')) ?? [];
		const open = outbox?.counts === undefined ? 0 : outbox.counts.waiting + outbox.counts.sending;
		if (open === 0 && before === api.count()) return;
		before = api.count();
	}
};

/**
 * `{ example, outbox, calls, kills, expiredSeconds, seed, version?, log }` to counts. `nowhere`: answered 2xx, and neither at
 * the API nor named as waiting or unconfirmed. `lost`: that, and each call of a platform that was never answered 2xx.
 * `doubled`: at the API more than once. The key has expired for `expiredSeconds` from a third of the kills on.
 */
export const tryAnswers = async ({ example, outbox, calls, kills, expiredSeconds, seed, version, log }) => {
	const random = randomOf(seed);
	const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-trial-'));
	const api = await startApi({ latencyMs: 5 });
	const nodeRed = await openNodeRed({ folder, example, account: { baseUrl: api.baseUrl, outbox }, version, log });
	try {
		const callers = createCallers(nodeRed.url, exampleCalls[example], calls);
		await callThroughKills({
			callers,
			calls,
			kills,
			random,
			windowMs: killWindowMs,
			begin: async (life) => {
				nodeRed.start();
				while ((await nodeRed.admin('/settings')) === undefined) await pause(20);
				if (kills > 0 && life === Math.floor(kills / 3)) api.expireKeyFor(expiredSeconds * 1000);
			},
			kill: nodeRed.kill,
		});
		await settled(nodeRed, api);
		const named = new Set([
			...(await leadsOf(nodeRed, 'waiting')),
			...(await leadsOf(nodeRed, 'unconfirmed')),
			...[...callers.unconfirmed].map(phoneOf),
		]);
		await nodeRed.stop();
		const answered = [...callers.answered];
		const nowhere = answered.filter((number) => api.timesOf(phoneOf(number)) === 0 && !named.has(phoneOf(number)));
		const unanswered = exampleCalls[example].repeats ? calls - answered.length : 0;
		return {
			example,
			outbox,
			calls,
			kills,
			expiredSeconds,
			refusedByApi: api.refused(),
			seed,
			answered: answered.length,
			cut: callers.cut.length,
			statuses: callers.statuses,
			atApi: answered.filter((number) => api.timesOf(phoneOf(number)) === 1).length,
			named: answered.filter((number) => api.timesOf(phoneOf(number)) === 0 && named.has(phoneOf(number))).length,
			nowhere: nowhere.length,
			lost: nowhere.length + unanswered,
			doubled: Array.from({ length: calls }, (_, number) => number).filter((number) => api.timesOf(phoneOf(number)) > 1)
				.length,
		};
	} finally {
		await nodeRed.kill();
		await api.close();
		rmSync(folder, { recursive: true, force: true });
	}
};
