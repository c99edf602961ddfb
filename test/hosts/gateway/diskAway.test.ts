import { openLevel } from '../../../packages/outbox/src';
import { until } from '../until';
import { give, people } from './clients';
import { type GatewayProcess, gatewayProcess } from './gatewayProcess';
import { type KeyedApi, openKeyedApi } from './keyedApi';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let place = '';
let folder = '';
let isMounted = false;
let api: KeyedApi;
let gateway: GatewayProcess;
beforeEach(async () => {
	place = mkdtempSync(join(tmpdir(), 'icloud-ready-gateway-away-'));
	execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', place]);
	isMounted = true;
	folder = join(place, 'leads');
	api = await openKeyedApi();
	gateway = await gatewayProcess({ GATEWAY_API: api.baseUrl, GATEWAY_FOLDER: folder });
	await gateway.start();
});
afterEach(async () => {
	await gateway.kill();
	await api.close();
	if (isMounted) execFileSync('umount', ['--lazy', place]);
	rmSync(place, { recursive: true, force: true });
});

const filler = (): string => join(place, 'filler');
/** Fills the disk to its last byte. */
const fill = (): void => {
	mkdirSync(filler());
	for (let size = 1 << 18; size >= 1; size >>= 1) {
		for (let part = 0; ; part++) {
			try {
				writeFileSync(join(filler(), `${size}-${part}`), Buffer.alloc(size));
			} catch {
				break;
			}
		}
	}
};
const status = async (path: string): Promise<readonly [status: number, text: string]> => {
	const response = await fetch(gateway.origin + path);
	return [response.status, await response.text()];
};
/** One try, without waiting for a second: what a gateway says that cannot keep it. */
const post = async (number: number, name?: string): Promise<number> => {
	const response = await fetch(`${gateway.baseUrl}/leads`, {
		method: 'POST',
		headers: {
			'x-api-key': 'key-1',
			organizationid: 'org-1',
			'content-type': 'application/json',
			prefer: 'wait=0',
			...(name === undefined ? {} : { 'idempotency-key': name }),
		},
		body: JSON.stringify({
			leadInformation: { firstName: `Mona ${number}`, phone: `+2010019${String(number).padStart(5, '0')}` },
		}),
	});
	await response.text();
	return response.status;
};
const noticed = (text: string): number => gateway.lines().filter((line) => line.includes(text)).length;

test.each<[name: string, isNamed: boolean, takeAway: () => void, giveBack: () => void, because: string]>([
	['a full disk', true, fill, () => rmSync(filler(), { recursive: true }), 'its disk is full'],
	[
		'a full disk, of leads without a name',
		false,
		fill,
		() => rmSync(filler(), { recursive: true }),
		'its disk is full',
	],
	[
		'a folder that was moved away',
		true,
		() => renameSync(folder, `${folder}-moved`),
		() => renameSync(`${folder}-moved`, folder),
		'it is not there',
	],
])(
	'%s: said once, what waits leaves by itself when it is back, and the next lead is taken',
	async (_name, isNamed, takeAway, giveBack, because) => {
		const nameOf = (number: number): string | undefined => (isNamed ? `name-${number}` : undefined);
		api.isGood = false;
		for (const number of [1, 2, 3]) expect(await post(number, nameOf(number))).toBe(202);
		await until(() => api.refused() > 0);
		// Its files are looked at once a second.
		await new Promise((resolve) => setTimeout(resolve, 1100));
		takeAway();
		let refused = 0;
		for (let number = 100; refused < 3 && number < 1500; number++)
			if ((await post(number, nameOf(number))) === 503) refused++;
		expect(refused).toBe(3);
		const [readyStatus, words] = await status('/readyz');
		expect([readyStatus, words]).toEqual([503, expect.stringContaining(because)]);
		expect((await status('/metrics'))[1]).toContain('gateway_store_ready 0\n');
		expect(noticed('The store cannot be used')).toBe(1);

		api.isGood = true;
		giveBack();
		// Without any call.
		await until(() => noticed('The store can be used again') === 1);
		await until(() => api.phones.length >= 3, 60_000);
		expect((await status('/readyz'))[0]).toBe(200);
		expect([200, 201, 202]).toContain(await post(9000, nameOf(9000)));
		await until(() => api.phones.includes('+201001909000'), 60_000);
		expect(new Set(api.phones).size).toBe(api.phones.length);
		expect([noticed('The store cannot be used'), noticed('The store can be used again')]).toEqual([1, 1]);
		expect((await status('/metrics'))[1]).toContain('gateway_store_ready 1\n');
	},
	240_000,
);

test.each<[name: string, damage: (text: string) => string]>([
	['no JSON', () => 'nonsense'],
	['cut short', (text) => text.slice(0, 120)],
	['another version', (text) => text.replace('"outcome":', '"result":')],
	['a key that was sealed with another secret', (text) => text.replace(/"sealed":"..../, '"sealed":"AAAA')],
])(
	'one lead that cannot be read stands aside, and the others of its account leave: %s',
	async (name, damage) => {
		api.isGood = false;
		const leads = people(4, 6);
		for (const lead of leads) void give([gateway.baseUrl], lead).catch(() => undefined);
		await until(() => api.refused() > 0);
		await gateway.stop();
		const level = await openLevel(folder);
		const [first] = await level.iterator({ gt: 'waiting!', lt: 'waiting"', limit: 1 }).all();
		if (first === undefined) throw new Error('Nothing waits.');
		await level.put(first[0], damage(first[1]), { sync: true });
		await level.close();
		api.isGood = true;
		await gateway.start();
		// With the key of another lead of its account, where one still waits, it leaves as well.
		const mayLeave = name === 'a key that was sealed with another secret';
		const unconfirmed = async (): Promise<number> =>
			Number(/gateway_unconfirmed (\d+)/.exec((await status('/metrics'))[1])?.[1]);
		await until(async () => api.phones.length + (await unconfirmed()) === leads.length, 60_000);
		const aside = await unconfirmed();
		expect(mayLeave ? [0, 1] : [1]).toContain(aside);
		expect(noticed('cannot be read')).toBe(aside);
	},
	180_000,
);
