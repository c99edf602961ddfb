import { type Account, createSecrets, type Credentials } from '../../../packages/gateway/src/leads/accounts';
import type { AttemptResult } from '../../../packages/gateway/src/leads/leadState';
import {
	endedWithoutCredentials,
	entryFor,
	type SealedLead,
	sealedLeadFormat,
} from '../../../packages/gateway/src/stores/disk/sealedEntry';
import { indexState } from '../../../packages/gateway/src/stores/redis/facetIndex';
import { indexKeys, jobKey, newId, queueKey } from '../../../packages/gateway/src/stores/redis/redisKeys';
import { storedLead } from '../../../packages/gateway/src/stores/redis/schema/lead';
import { type Lead, outcomeOf } from '../../../packages/core/src';
import { type Change, type Entry, entryId, openDiskStore, type Shelf } from '../../../packages/outbox/src';
import { cases } from '../../fixtures/cases';
import { pause, until } from '../until';
import { type GatewayProcess, gatewayProcess } from './gatewayProcess';
import { openKeyedApi } from './keyedApi';
import { startRedis } from './redisServer';
import { Redis } from 'ioredis';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const adminToken = 'the token of whoever runs it';
/** Few leads show that every filter finds; as many as a busy year has, in a trial, how soon. */
const isTrial = cases === 'all';
const count = isTrial ? 200_000 : 2000;
const organizations = 50;
const mostMs = 300;
const dayMs = 86_400_000;

const verdicts = [
	[{ outcome: 'created', cause: { kind: 'answered' }, answer: {} }, 201, 'ended'],
	[{ outcome: 'unconfirmed', cause: { kind: 'timeout' } }, null, 'unconfirmed'],
	[{ outcome: 'invalid', cause: { kind: 'apiCheck' } }, 400, 'ended'],
	[{ outcome: 'failed', cause: { kind: 'status', text: 'Not Found' } }, 404, 'ended'],
] as const;
const sources = ['Facebook', 'Google', 'Website', 'Walk-in'];

interface Filled {
	readonly number: number;
	readonly account: Account;
	readonly credentials: Credentials;
	readonly lead: Lead;
	readonly arrivedAtMs: number;
	readonly outcome: AttemptResult;
	readonly shelf: 'ended' | 'unconfirmed';
}

const secrets = createSecrets('a secret that nobody guesses');
const accounts = Array.from({ length: organizations }, (_, at) => {
	const credentials = { apiKey: `key-${at}`, organizationId: `organization-${at}` };
	return { credentials, account: secrets.accountOf(credentials) };
});

/** The leads of a busy year, 500 at a time. */
function* busyYear(): Generator<readonly Filled[]> {
	for (let first = 1; first <= count; first += 500)
		yield Array.from({ length: Math.min(500, count - first + 1) }, (_, at): Filled => {
			const number = first + at;
			// One in a hundred is not created, and each of the others one in a thousand or so.
			const [verdict, status, shelf] =
				verdicts[number % 100 === 0 ? 1 : number % 997 === 0 ? 2 : number % 1999 === 0 ? 3 : 0] ?? verdicts[0];
			// The last of 50 has a thousandth of the leads.
			const { credentials, account } = accounts[
				number % 1000 === 7 ? organizations - 1 : number % (organizations - 1)
			] as (typeof accounts)[number];
			const leadSource = sources[number % 5000 === 3 ? 3 : number % 3] ?? '';
			const firstName = number === 12 ? 'Zuzanna' : `Mona ${number}`;
			const lead = { leadInformation: { firstName, phone: `+2010${String(10_000_000 + number)}` }, leadSource };
			const outcome = { ...outcomeOf(verdict, { lead, attempts: 1 }), status } as AttemptResult;
			const arrivedAtMs = Date.now() - 29 * dayMs + Math.floor((number / count) * 28 * dayMs);
			return { number, account, credentials, lead, arrivedAtMs, outcome, shelf };
		});
}

const fillFolder = async (folder: string): Promise<void> => {
	const { store } = await openDiskStore(folder, Date.now(), sealedLeadFormat);
	const kept = endedWithoutCredentials(store);
	for (const leads of busyYear())
		await kept.write(
			leads.map(({ number, account, credentials, lead, arrivedAtMs, outcome, shelf }): Change<SealedLead> => {
				const { payload, partition } = entryFor({ credentials, account, lead, body: JSON.stringify(lead) }, secrets);
				const entry: Entry<SealedLead> = {
					id: entryId(number, account.id),
					partition,
					payload,
					arrivedAtMs,
					endedAtMs: arrivedAtMs + 1000,
					outcome,
				};
				return { kind: 'put', entry, shelf: shelf satisfies Shelf };
			}),
		);
	// As of any store that a gateway of this version has opened: it looks through all that ended once, and never again.
	await kept.write([{ kind: 'note', name: 'verified-before', value: '1' }]);
	await store.close();
};

const idOn = (arrivedAtMs: number, number: number): string => newId(arrivedAtMs, number.toString(16).padStart(16, '0'));

/** As a gateway that knew no index left them. Gives the id of the eleventh. */
const fillRedis = async (redis: Redis): Promise<string> => {
	let eleventh = '';
	for (const leads of busyYear()) {
		const batch = redis.pipeline();
		for (const { number, account, credentials, lead, arrivedAtMs, outcome, shelf } of leads) {
			const id = idOn(arrivedAtMs, number);
			if (number === 11) eleventh = id;
			const record = { account: account.id, arrivedAtMs, body: JSON.stringify(lead), lead, outcome };
			const data = JSON.stringify(
				storedLead({ ...record, organizationId: credentials.organizationId, endedAtMs: arrivedAtMs + 1000 }),
			);
			batch
				.hset(queueKey(account.group, id), 'name', 'lead', 'data', data, 'opts', '{}', 'timestamp', arrivedAtMs)
				.zadd(queueKey(account.group, shelf === 'ended' ? 'completed' : 'failed'), arrivedAtMs + 1000, id)
				.zadd(shelf === 'ended' ? indexKeys.ended : indexKeys.unconfirmed, 0, jobKey(account, id))
				.sadd(indexKeys.groups, account.group)
				.zadd(indexKeys.verified, arrivedAtMs, account.id, arrivedAtMs, account.group);
		}
		await batch.set(indexKeys.verifiedBefore, '1').exec();
	}
	return eleventh;
};

/** Redis's own processor time so far, in ms. */
const processorMsOf = async (redis: Redis): Promise<number> => {
	const info = await redis.info('cpu');
	const of = (name: string): number => Number(new RegExp(`${name}:([\\d.]+)`).exec(info)?.[1] ?? 0);
	return 1000 * (of('used_cpu_user') + of('used_cpu_sys'));
};

const bytesOf = async (redis: Redis): Promise<number> =>
	Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1] ?? 0);

/** Who takes the machine from here on, in parts of one processor, and what kept Redis from answering. */
const usedFrom = async (gateway: GatewayProcess, redis: Redis | undefined): Promise<() => Promise<string>> => {
	await redis?.config('SET', 'latency-monitor-threshold', '20');
	await redis?.call('LATENCY', 'RESET');
	await redis?.slowlog('RESET');
	const now = async () => ({
		atMs: performance.now(),
		gatewayMs: gateway.processorMs(),
		ownMs: process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000,
		redisMs: redis === undefined ? 0 : await processorMsOf(redis),
	});
	const before = await now();
	return async () => {
		const after = await now();
		const part = (of: 'gatewayMs' | 'ownMs' | 'redisMs'): string =>
			((after[of] - before[of]) / (after.atMs - before.atMs)).toFixed(2);
		const parts = `of one processor the gateway took ${part('gatewayMs')}, this test and its API ${part('ownMs')}`;
		if (redis === undefined) return parts;
		const events = JSON.stringify(await redis.call('LATENCY', 'LATEST'));
		const slow = (await redis.slowlog('GET', 8)) as readonly (readonly [number, number, number, readonly string[]])[];
		const commands = slow.map(([, , us, [name = '', ...words]]) => `${name} ${words[0] ?? ''} ${us} us`).join('; ');
		return `${parts}, Redis ${part('redisMs')}; its latencies ${events}; its slowest ${commands}`;
	};
};

/** Asks for the first rows of everything; `id`: of the eleventh lead. `indexed` resolves when filters go by an index. */
const findAll = async (
	settings: Readonly<Record<string, string>>,
	id: string,
	indexed: (gateway: GatewayProcess, ask: Ask) => Promise<unknown>,
	redis?: Redis,
): Promise<void> => {
	const api = await openKeyedApi();
	const gateway = await gatewayProcess({
		GATEWAY_API: api.baseUrl,
		GATEWAY_ADMIN_TOKEN: adminToken,
		GATEWAY_KEEP_DAYS: '365',
		...settings,
	});
	try {
		await gateway.start();
		const signedIn = await fetch(`${gateway.origin}/inbox/sign-in`, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: gateway.origin, 'content-type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams({ token: adminToken }).toString(),
		});
		const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
		const ask: Ask = async (path, text = '') => {
			const began = performance.now();
			const response = await fetch(`${gateway.origin}/inbox/${path}`, {
				headers: { cookie, ...(text === '' ? {} : { 'x-search': encodeURIComponent(text) }) },
			});
			const json = (await response.json()) as Answer;
			return { ms: performance.now() - began, json };
		};
		const began = performance.now();
		await indexed(gateway, ask);
		const indexedMs = performance.now() - began;
		const { organizations: offered = [] } = (await ask('facets?list=ended')).json;
		expect(offered).toHaveLength(organizations);
		const rare = offered.at(-1)?.value ?? '';
		const [from, to] = [Date.now() - 20 * dayMs, Date.now() - 19 * dayMs];
		const searches: readonly (readonly [name: string, query: string, text: string, mayBeNone?: true])[] = [
			['no filter', 'list=ended', ''],
			['outcome, common', 'list=ended&outcome=created', ''],
			['outcome, rare', 'list=ended&outcome=failed', ''],
			['organization', `list=ended&organization=${offered[0]?.value ?? ''}`, ''],
			['organization, rare', `list=ended&organization=${rare}`, ''],
			['source, rare', 'list=ended&source=Walk-in', ''],
			['date', `list=ended&from=${from}&to=${to}`, ''],
			[
				'all of them',
				`list=ended&organization=${offered[0]?.value ?? ''}&outcome=created&source=Google&from=${from}`,
				'',
			],
			['unconfirmed, organization', `list=unconfirmed&organization=${offered[0]?.value ?? ''}`, '', true],
			['phone', 'list=ended', `+2010${String(10_000_000 + 11)}`],
			['id', 'list=ended', id],
			['text that is new', 'list=ended', `mona ${count - 3}`],
			['whole name', 'list=ended', `Mona ${count - 3}`],
			['source and text', 'list=ended&source=Facebook', 'mona'],
		];
		const seen = async (title: string): Promise<void> => {
			const slow: string[] = [];
			const used = await usedFrom(gateway, redis);
			for (const [name, query, text, mayBeNone] of searches) {
				const times: number[] = [];
				for (let round = 0; round < 3; round++) {
					const { ms, json } = await ask(`leads?${query}`, text);
					times.push(ms);
					if (mayBeNone !== true) expect([name, (json.leads ?? []).length > 0]).toEqual([name, true]);
				}
				times.sort((one, other) => one - other);
				process.stdout.write(`${title}, ${name}: ${times.map((ms) => ms.toFixed(0)).join(' ')} ms\n`);
				if ((times[1] ?? 0) > mostMs) slow.push(name);
			}
			process.stdout.write(`${title}: ${await used()}\n`);
			if (isTrial) expect(slow).toEqual([]);
		};
		/** Goes on until there is a row, or all was looked through, as the page does. */
		const firstRows = async (title: string, text: string, rows: number): Promise<void> => {
			const [processorMs, began] = [gateway.processorMs(), performance.now()];
			let [parts, found, first, after] = [0, 0, 0, ''];
			do {
				const { json } = await ask(
					`leads?list=ended${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`,
					text,
				);
				parts++;
				found += (json.leads ?? []).length;
				if (found > 0 && first === 0) first = performance.now() - began;
				after = json.next ?? '';
			} while ((rows === 0 || found < rows) && after !== '');
			expect([title, found > 0]).toEqual([title, rows > 0]);
			const [tookMs, usedMs] = [performance.now() - began, gateway.processorMs() - processorMs];
			process.stdout.write(
				`${title}: ${found} rows, the first after ${first.toFixed(0)} ms, all after ${tookMs.toFixed(0)} ms in ${parts} parts, ${usedMs.toFixed(0)} ms of the processor\n`,
			);
		};
		process.stdout.write(`The index of ${count} leads was there after ${indexedMs.toFixed(0)} ms\n`);
		await seen('quiet');
		await firstRows('a common word', 'mona', 50);
		await firstRows('a rare word far back', 'zuzanna', 1);
		await firstRows('a rare word of four letters', 'zuza', 1);
		await firstRows('a word that no lead has', 'nobody of this name', 0);
		await firstRows('one of four letters', 'xqzt', 0);
		if (!isTrial) return;
		// A hundred leads a second arrive meanwhile.
		let isOver = false;
		const arrivals = (async () => {
			for (let number = 1; !isOver; number++) {
				void fetch(`${gateway.baseUrl}/leads`, {
					method: 'POST',
					headers: {
						'content-type': 'application/json',
						prefer: 'wait=0',
						'x-api-key': 'key-0',
						organizationid: 'organization-0',
					},
					body: JSON.stringify({ leadInformation: { firstName: 'New', phone: `+2011${10_000_000 + number}` } }),
				}).catch(() => undefined);
				await pause(10);
			}
		})();
		await pause(2000);
		await seen('100 leads a second');
		isOver = true;
		await arrivals;
	} finally {
		await gateway.kill();
		await api.close();
	}
};

test(`${count} leads of ${organizations} organizations on disk: the first rows of every filter and search`, async () => {
	const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-filters-'));
	try {
		await fillFolder(join(folder, 'leads'));
		await findAll(
			{ GATEWAY_FOLDER: join(folder, 'leads') },
			'11',
			async (_gateway, ask) =>
				await until(async () => (await ask('facets?list=ended')).json.isPending !== true, 300_000),
		);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}, 1_200_000);

test(`the same on Redis, where an earlier version left them without an index`, async () => {
	const server = await startRedis();
	const redis = new Redis(server.url);
	try {
		const id = await fillRedis(redis);
		const [bytes, processorMs] = [await bytesOf(redis), await processorMsOf(redis)];
		await findAll(
			{ GATEWAY_REDIS: server.url },
			id,
			async (_gateway, ask) => {
				// Found before that as well, only more slowly.
				expect((await ask('leads?list=ended&outcome=created')).json.leads).toHaveLength(50);
				// Not so often that the looking is a load.
				await until(async () => {
					await pause(250);
					return (await indexState(redis)).isExact;
				}, 300_000);
				const [more, usedMs] = [(await bytesOf(redis)) - bytes, (await processorMsOf(redis)) - processorMs];
				process.stdout.write(
					`Redis took ${usedMs.toFixed(0)} ms of its processor for the index, and ${(more / count).toFixed(0)} bytes a lead beside ${(bytes / count).toFixed(0)}\n`,
				);
			},
			redis,
		);
	} finally {
		redis.disconnect();
		await server.close();
	}
}, 1_200_000);

type Ask = (path: string, text?: string) => Promise<{ readonly ms: number; readonly json: Answer }>;

interface Answer {
	readonly isPending?: boolean;
	readonly leads?: readonly unknown[];
	readonly next?: string;
	readonly organizations?: readonly { readonly value: string }[];
}
