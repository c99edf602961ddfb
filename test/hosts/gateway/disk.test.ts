import { pause, until } from '../until';
import { type End, give, inLanes, people } from './clients';
import { type GatewayProcess, gatewayProcess, program } from './gatewayProcess';
import { type KeyedApi, openKeyedApi } from './keyedApi';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder = '';
let api: KeyedApi;
let gateway: GatewayProcess;
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'icloud-ready-gateway-disk-'));
	api = await openKeyedApi();
	gateway = await gatewayProcess({ GATEWAY_API: api.baseUrl, GATEWAY_FOLDER: join(folder, 'leads') });
	await gateway.start();
});
afterEach(async () => {
	await gateway.kill();
	await api.close();
	rmSync(folder, { recursive: true, force: true });
});

/** Everything that the gateway wrote: its files, and what it printed. */
const written = (): string =>
	[
		...readdirSync(folder, { recursive: true, withFileTypes: true })
			.filter((each) => each.isFile())
			.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1')),
		...gateway.lines(),
	].join('\n');
/** The key of every client here, and what a reader of base64 would know it by. */
const key = 'key-1';
const holdsKey = (text: string): boolean =>
	[key, Buffer.from(key).toString('base64').replace(/=+$/, '')].some((form) => text.includes(form));
const of = (ends: readonly End[], status: number): number => ends.filter((end) => end.status === status).length;

test('60 leads and kill -9 in the middle, five times: each is created once, but for those that are named as unconfirmed', async () => {
	const leads = people(60, 3);
	api.latencyMs = 100;
	let isOver = false;
	const kills = (async () => {
		let count = 0;
		for (; !isOver && count < 5; count++) {
			await pause(300 + Math.random() * 200);
			await gateway.kill();
			await gateway.start();
		}
		return count;
	})();
	const ends = await inLanes(leads, 10, async (lead) => await give([gateway.baseUrl], lead));
	isOver = true;
	await kills;
	const [created, unconfirmed] = [of(ends, 201), of(ends, 504)];
	process.stdout.write(
		`Killed ${await kills} times: ${created} created, ${unconfirmed} unconfirmed, ${api.phones.length - new Set(api.phones).size} doubles\n`,
	);
	expect([created + unconfirmed, new Set(api.phones).size]).toEqual([60, api.phones.length]);
	const known = new Set(api.phones);
	expect(leads.filter(({ phone }, index) => ends[index]?.status === 201 && !known.has(phone))).toEqual([]);
	expect(unconfirmed).toBeLessThan(50);
}, 180_000);

test('a key that is refused holds its leads, over a restart too, and they leave once it is good again', async () => {
	api.isGood = false;
	const leads = people(20, 4);
	const ends = inLanes(leads, 20, async (lead) => await give([gateway.baseUrl], lead));
	await until(() => api.refused() > 0);
	expect(await gateway.stop()).toBe(0);
	await gateway.start();
	await until(() => api.refused() > 2);
	expect(api.phones).toEqual([]);
	api.isGood = true;
	expect(of(await ends, 201)).toBe(20);
	expect([...api.phones].sort()).toEqual(leads.map(({ phone }) => phone));
	await gateway.stop();
	expect(written()).toContain(leads[0]?.phone);
	expect(holdsKey(written())).toBe(false);
}, 180_000);

test('a lead that waits when the machine goes down holds its key encrypted, and one that ended holds none', async () => {
	api.latencyMs = 60_000;
	const [lead] = people(1, 5);
	if (lead === undefined) throw new Error('There is no lead.');
	void give([gateway.baseUrl], lead).catch(() => undefined);
	await until(() => api.phones.length === 1);
	await gateway.kill();
	expect([written().includes('"sealed"'), holdsKey(written())]).toEqual([true, false]);
	await gateway.start();
	expect((await give([gateway.baseUrl], lead)).status).toBe(504);
	await gateway.stop();
	expect(holdsKey(written())).toBe(false);
	expect(api.phones).toHaveLength(1);
}, 180_000);

test('a second gateway on the same folder says so and ends', () => {
	const { status, stderr } = spawnSync(process.execPath, [program, '--port', '0'], {
		env: { ...process.env, GATEWAY_SECRET: 'a secret that nobody guesses', GATEWAY_FOLDER: join(folder, 'leads') },
		encoding: 'utf8',
	});
	expect([status, stderr]).toEqual([1, expect.stringContaining('Another gateway uses the folder')]);
}, 180_000);
