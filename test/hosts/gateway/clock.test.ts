import { sampleOf } from '../../fixtures/cases';
import { openScriptedApi, type Scripted, type ScriptedApi } from '../scriptedApi';
import { hourMs, type SettableClock, settableClock, yearMs } from '../settableClock';
import { pause, until } from '../until';
import { type GatewayProcess, gatewayProcess } from './gatewayProcess';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder = '';
let api: ScriptedApi;
let clock: SettableClock;
let gateway: GatewayProcess;
const start = async (more: Readonly<Record<string, string>> = {}): Promise<void> => {
	gateway = await gatewayProcess({
		GATEWAY_API: api.baseUrl,
		GATEWAY_FOLDER: join(folder, 'leads'),
		GATEWAY_CONCURRENCY: '1',
		...clock.env,
		...more,
	});
	await gateway.start();
};
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'icloud-ready-gateway-clock-'));
	api = await openScriptedApi();
	clock = settableClock();
});
afterEach(async () => {
	await gateway.kill();
	await api.close();
	clock.close();
	rmSync(folder, { recursive: true, force: true });
});

/** Gives a lead and does not wait for its end; resolves when it is safe. */
const give = async (number: number, organization = '686f894eaf67193dd6e124ce'): Promise<void> => {
	const answer = await fetch(`${gateway.baseUrl}/leads`, {
		method: 'POST',
		headers: {
			'x-api-key': 'key-1',
			organizationid: organization,
			'content-type': 'application/json',
			prefer: 'wait=0',
		},
		body: JSON.stringify({ leadInformation: { firstName: 'Mona', phone: `+2010${10_000_000 + number}` } }),
	});
	// Where this machine is slow, it may have ended by then.
	expect([[201, 202].includes(answer.status), await answer.text()]).toEqual([true, expect.any(String)]);
};
const giveAll = async (from: number, count: number): Promise<void> => {
	for (let number = from; number < from + count; number++) await give(number);
};

describe('what the lead that is let through to see meets', () => {
	const rows: readonly (readonly [name: string, script: readonly Scripted[], created: number])[] = [
		['a key that is refused', ['403', '401'], 3],
		['the limit', ['403', '429'], 3],
		['a limit that says how long', ['403', '429 2'], 3],
		['no answer', ['403', 'no answer'], 2],
		['a fault there', ['403', '500'], 2],
		['the same, then the key', ['403', '403', '401'], 3],
	];
	test.each(sampleOf(rows, 2))(
		'%s: the leads of its organization leave all the same',
		async (_name, script, created) => {
			await start();
			api.script = [...script];
			await giveAll(0, 3);
			await until(() => api.phones.length === created, 60_000);
		},
		180_000,
	);
});

describe('a clock that is set', () => {
	const steps: readonly (readonly [name: string, byMs: readonly number[]])[] = [
		['two hours back', [-2 * hourMs]],
		['three years back', [-3 * yearMs]],
		['a year forward, then back again', [yearMs, 0]],
		['a minute back, over and over', Array.from({ length: 20 }, (_, index) => -60_000 * (index + 1))],
	];
	const walk = async (byMs: readonly number[]): Promise<void> => {
		for (const each of byMs) {
			clock.set(each);
			await pause(50);
		}
	};
	test.each(sampleOf(steps, 1, 1))(
		'%s: what is held leaves when its pause is over',
		async (_name, byMs) => {
			await start();
			api.script = ['401', '401'];
			await giveAll(0, 3);
			await until(() => api.requests() >= 2, 60_000);
			await walk(byMs);
			await until(() => api.phones.length === 3, 60_000);
		},
		180_000,
	);
	test.each(sampleOf(steps, 1, 2))(
		'%s: a cap holds nothing for longer than it says',
		async (_name, byMs) => {
			await start({ GATEWAY_MAX_PER_SECOND: '5' });
			const beganAtMs = performance.now();
			await giveAll(0, 10);
			await walk(byMs);
			await giveAll(10, 10);
			await until(() => api.phones.length === 20, 60_000);
			// Nor does it let them go at once.
			expect(performance.now() - beganAtMs).toBeGreaterThan(3000);
		},
		180_000,
	);
	test.each(sampleOf(steps, 1, 3))(
		'%s: a limit that said how long',
		async (_name, byMs) => {
			await start();
			api.script = ['429 2'];
			await giveAll(0, 3);
			await until(() => api.requests() >= 1, 60_000);
			await walk(byMs);
			await until(() => api.phones.length === 3, 60_000);
		},
		180_000,
	);
	test('a limit that names a date, read by a machine whose clock is a day behind, or two hours ahead', async () => {
		for (const [index, byMs] of [-24 * hourMs, 2 * hourMs].entries()) {
			clock.set(byMs);
			if (index === 0) await start();
			api.script = ['429 date'];
			await giveAll(index * 2, 2);
			await until(() => api.phones.length === 2 * (index + 1), 60_000);
		}
	}, 180_000);
	test('two hours back while it is down: what waited leaves after the start', async () => {
		await start();
		api.script = ['401', '401', '401'];
		await giveAll(0, 3);
		await until(() => api.requests() >= 2, 60_000);
		// Killed, what is on its way would be unconfirmed.
		await gateway.stop();
		clock.set(-2 * hourMs);
		await gateway.start();
		await until(() => api.phones.length === 3, 60_000);
		await giveAll(3, 2);
		await until(() => api.phones.length === 5, 60_000);
	}, 180_000);
});
