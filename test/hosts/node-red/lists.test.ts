import { byCases, sampleOf } from '../../fixtures/cases';
import { freePort } from '../freePort';
import { type NodeRed, startWithNodes } from './host';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const megabyte = 1024 * 1024;
const all = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
const rows = (count: number): readonly unknown[] =>
	all(count).map((number) => ({
		name: `Mona ${number}`,
		phone: `+2010${10_000_000 + number}`,
		email: `mona${number}@example.com`,
	}));
const sameRows = (count: number): readonly unknown[] =>
	all(count).map(() => ({ name: 'Mona', phone: '+201001234567' }));
const junk = (count: number): readonly unknown[] => all(count).map(() => ({ name: 'A', phone: '1' }));
const notices = (count: number): unknown => ({
	object: 'page',
	entry: all(count).map((id) => ({ changes: [{ field: 'leadgen', value: { leadgen_id: String(id) } }] })),
});

/** An API that answers all leads alike, with what it takes for an answer. */
let answer: { readonly status: number; readonly headers?: Readonly<Record<string, string>> } = { status: 401 };
let api: Server;
let apiUrl = '';
let nodeRed: NodeRed;

const node = (
	id: string,
	type: string,
	more: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => ({ id, z: 'tab', x: 1, y: 1, type, ...more });
/** Counts what leaves by outcome, and how long the payloads are altogether. */
const count = `const told = global.get('told') ?? { count: 0, chars: 0, outcomes: {} };
told.count++; told.chars += (JSON.stringify(msg.payload) ?? '').length;
const kind = msg.icloudReady?.outcome ?? 'caught'; told.outcomes[kind] = (told.outcomes[kind] ?? 0) + 1;
global.set('told', told); return null;`;

/** Lists are answered at once and counted as they end; a way beside them shows how long others wait. */
const flow = (
	account: object,
	lead: object,
	{ isWired = true, catches = true } = {},
): readonly Readonly<Record<string, unknown>>[] => [
	{ id: 'tab', type: 'tab', label: 'test' },
	{
		id: 'account',
		type: 'icloud-ready-account',
		baseUrl: apiUrl,
		organizationId: 'org-1',
		maxTries: 1,
		maxWaitSeconds: 0,
		...account,
	},
	node('in', 'http in', { url: '/list', method: 'post', wires: [['taken', 'lead']] }),
	node('taken', 'http response', { statusCode: '200', wires: [] }),
	node('lead', 'icloud-ready-create-lead', {
		account: 'account',
		wires: all(8).map((index) => (isWired || index === 0 ? ['count'] : [])),
		...lead,
	}),
	node('count', 'function', { func: count, outputs: 1, wires: [[]] }),
	...(catches ? [node('catch', 'catch', { scope: ['lead'], wires: [['count']] })] : []),
	node('ping', 'http in', { url: '/ping', method: 'get', wires: [['pong']] }),
	node('pong', 'http response', { statusCode: '200', wires: [] }),
	node('told', 'http in', { url: '/told', method: 'get', wires: [['telling']] }),
	node('telling', 'function', {
		func: "msg.payload = global.get('told') ?? { count: 0, chars: 0, outcomes: {} }; return msg;",
		outputs: 1,
		wires: [['telled']],
	}),
	node('telled', 'http response', { statusCode: '200', wires: [] }),
	node('reset', 'http in', { url: '/reset', method: 'get', wires: [['forget']] }),
	node('forget', 'function', { func: "global.set('told', undefined); return msg;", outputs: 1, wires: [['pong']] }),
];

interface Told {
	readonly count: number;
	readonly chars: number;
	readonly outcomes: Readonly<Record<string, number>>;
}
const told = async (): Promise<Told> => (await (await fetch(`${nodeRed.url}/told`)).json()) as Told;
const post = async (path: string, payload: unknown): Promise<void> => {
	const { status } = await fetch(nodeRed.url + path, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(payload),
	});
	expect(status).toBe(200);
};

interface Run {
	readonly tookMs: number;
	/** How long the 95th of a hundred other messages was under way, and how long it was before. */
	readonly othersMs: number;
	readonly quietMs: number;
	readonly overIdleMegabytes: number;
	readonly told: Told;
}

/** Posts a list and looks on until all of it has ended. */
const run = async (payload: unknown, ends: number): Promise<Run> => {
	await fetch(`${nodeRed.url}/reset`);
	const quiet: number[] = [];
	for (const _ of all(40)) {
		const askedAtMs = performance.now();
		await fetch(`${nodeRed.url}/ping`);
		quiet.push(performance.now() - askedAtMs);
	}
	quiet.sort((one, other) => one - other);
	const idle = nodeRed.residentBytes();
	const begunAtMs = performance.now();
	await post('/list', payload);
	const waits: number[] = [];
	let most = 0;
	let last = await told();
	while (last.count < ends && performance.now() - begunAtMs < 120_000) {
		const askedAtMs = performance.now();
		await fetch(`${nodeRed.url}/ping`);
		waits.push(performance.now() - askedAtMs);
		most = Math.max(most, nodeRed.residentBytes());
		last = await told();
	}
	waits.sort((one, other) => one - other);
	return {
		tookMs: performance.now() - begunAtMs,
		othersMs: waits[Math.floor(waits.length * 0.95)] ?? 0,
		quietMs: quiet[Math.floor(quiet.length * 0.95)] ?? 0,
		overIdleMegabytes: (most - idle) / megabyte,
		told: last,
	};
};
/**
 * The run in which others waited least, of three at most: a neighbor on the same cores can slow one down, a list that does
 * not give way slows all.
 */
const bestRun = async (payload: unknown, ends: number): Promise<Run> => {
	let best = await run(payload, ends);
	for (let again = 0; again < 2 && !hardlyWait(best); again++) {
		const next = await run(payload, ends);
		if (next.othersMs < best.othersMs) best = next;
	}
	return best;
};
/** 50 ms, or where this machine does other things besides, what a message takes there anyway and a little more. */
const hardlyWait = ({ othersMs, quietMs }: Run): boolean => othersMs < Math.max(50, 5 * quietMs);
const show = (
	name: string,
	{ tookMs, othersMs, quietMs, overIdleMegabytes, told: { count: ended, chars } }: Run,
): void => {
	process.stdout.write(
		`${name}: ${ended} ended in ${(tookMs / 1000).toFixed(1)} s, others within ${othersMs.toFixed(0)} ms (${quietMs.toFixed(0)} before), ${overIdleMegabytes.toFixed(0)} MB over idle, ${chars} characters of payload\n`,
	);
};

beforeAll(async () => {
	api = createServer((request, response) => {
		request.resume().on('end', () => {
			response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
			response.end(answer.status === 201 ? JSON.stringify({ _id: 'a', leadNumber: 1 }) : '{"message":"no"}');
		});
	}).listen(0, '127.0.0.1');
	await new Promise((resolve) => api.once('listening', resolve));
	apiUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}/api/v2`;
	nodeRed = await startWithNodes('node-red-5', { env: { NODE_OPTIONS: '--max-old-space-size=512' } });
});
afterAll(async () => {
	await nodeRed.stop();
	api.closeAllConnections();
	api.close();
});

const away = async (): Promise<string> => `http://127.0.0.1:${await freePort()}/api/v2`;

test('10,000 rows with a refused key: soon over, in little memory, and others hardly wait', async () => {
	answer = { status: 401 };
	await nodeRed.deploy(flow({}, {}), { account: { apiKey: 'expired' } });
	await run(rows(500), 500);
	const ran = await bestRun(rows(10_000), 10_000);
	show('10,000 rows, refused key', ran);
	expect(ran.told).toMatchObject({ count: 10_000, outcomes: { unauthorized: 10_000 } });
	expect([ran.tookMs < 10_000, hardlyWait(ran), ran.overIdleMegabytes < 300]).toEqual([true, true, true]);
	// Each left with its own part.
	expect(ran.told.chars).toBe(rows(10_000).reduce<number>((sum, row) => sum + JSON.stringify(row).length, 0));
});

type Row = [
	name: string,
	given: typeof answer,
	payload: unknown,
	outcome: string,
	account?: object,
	lead?: object,
	wiring?: Parameters<typeof flow>[2],
];
const endings: readonly Row[] = [
	['an organization that is refused', { status: 403 }, rows(4000), 'forbidden'],
	['a limit', { status: 429, headers: { 'retry-after': '3600' } }, rows(4000), 'rateLimited'],
	['invalid rows', { status: 401 }, junk(4000), 'invalid'],
	['no API', { status: 401 }, rows(4000), 'failed', { baseUrl: 'away' }],
	['the same row again and again', { status: 201 }, sameRows(4000), 'duplicate', {}, { duplicates: 'run' }],
	['invalid rows with an outbox', { status: 401 }, junk(4000), 'invalid', { outbox: 'disk' }],
	['rows with an outbox', { status: 201 }, rows(4000), 'created', { outbox: 'disk' }],
	['a refused key and Catch', { status: 401 }, rows(4000), 'unauthorized', {}, { routing: 'catch' }],
	['a refused key and one output for the rest', { status: 401 }, rows(4000), 'unauthorized', {}, { routing: 'pair' }],
	['a refused key and outputs without wires', { status: 401 }, rows(4000), 'unauthorized', {}, {}, { isWired: false }],
	['a dry run', { status: 401 }, rows(4000), 'dryRun', {}, { dryRun: true }],
	['rows within an object', { status: 401 }, { rows: rows(4000) }, 'unauthorized'],
	['rows as text', { status: 401 }, { headers: {}, body: JSON.stringify(rows(4000)) }, 'unauthorized'],
	['notifications of Meta', { status: 401 }, notices(4000), 'invalid'],
];
test.each<Row>(sampleOf(endings, 6))(
	'4,000 rows, %s',
	async (name, given, payload, outcome, account = {}, lead = {}, wiring = {}) => {
		answer = given;
		await nodeRed.deploy(
			flow({ ...account, ...('baseUrl' in account ? { baseUrl: await away() } : {}) }, lead, wiring),
			{
				account: { apiKey: 'key' },
			},
		);
		const ran = await bestRun(payload, 4000);
		show(name, ran);
		expect(ran.told.count).toBe(4000);
		expect(ran.told.outcomes[outcome]).toBeGreaterThanOrEqual(3999);
		expect([hardlyWait(ran), ran.overIdleMegabytes < 300, ran.told.chars < 2 * megabyte]).toEqual([true, true, true]);
	},
);

test('a refused key and nobody who listens: the log says it in a few lines', async () => {
	answer = { status: 401 };
	await nodeRed.deploy(flow({}, { routing: 'catch' }, { isWired: false, catches: false }), {
		account: { apiKey: 'key' },
	});
	const before = nodeRed.log().split('\n').length;
	await post('/list', rows(4000));
	await fetch(`${nodeRed.url}/ping`);
	await nodeRed.deploy(flow({}, {}), { account: { apiKey: 'key' } });
	const lines = nodeRed
		.log()
		.split('\n')
		.slice(before)
		.filter((line) => line.includes('[error]'));
	process.stdout.write(`${lines.length} lines in the log, the last: ${lines.at(-1)}\n`);
	expect(lines.length).toBeLessThan(40);
	expect(lines.join('\n')).toMatch(/\d{4} more leads ended like this: /);
});

const times = byCases({ few: 15, more: 15, all: 50 });

test(`the example for ad platforms takes the list of junk ${times} times in 512 MB, and its memory stays flat`, async () => {
	const example = JSON.parse(
		readFileSync(join(__dirname, '../../../packages/node-red/examples/ad-platforms.json'), 'utf8'),
	) as readonly Readonly<Record<string, unknown>>[];
	await nodeRed.deploy(
		example.map((each) =>
			each.type === 'icloud-ready-account' ? { ...each, baseUrl: apiUrl, organizationId: 'org-1' } : each,
		),
		{ 'icr-account': { apiKey: 'key' } },
	);
	const held: number[] = [];
	for (const _ of all(times)) {
		await post('/ad-leads', junk(4000));
		held.push(nodeRed.residentBytes() / megabyte);
	}
	// One more is answered when those before it are read.
	await post('/ad-leads', { name: 'Mona', phone: '1' });
	await new Promise((resolve) => setTimeout(resolve, 5000));
	held.push(nodeRed.residentBytes() / megabyte);
	process.stdout.write(
		`junk ${times} times: ${held
			.filter((_, index) => index % 10 === 0)
			.map((each) => each.toFixed(0))
			.join(', ')} MB\n`,
	);
	expect((await fetch(`${nodeRed.url}/settings`)).ok).toBe(true);
	expect(Math.max(...held.slice(10)) - Math.max(...held.slice(0, 10))).toBeLessThan(150);
});
