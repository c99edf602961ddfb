import { startGateway } from '../../../packages/gateway/src/main/server';
import { settingsOf } from '../../gateway/world';
import { seeded } from '../../fixtures/cases';
import { pause } from '../until';
import { type End, give, type Person } from './clients';
import { type FaultyProxy, openFaultyProxy } from './faultyProxy';
import { startRedis } from './redisServer';
import { openUnsteadyApi, type UnsteadyApi } from './unsteadyApi';
import { Redis } from 'ioredis';

/** What one seed came to. Empty `flaws`: everything that must hold held. */
export interface SeededRun {
	readonly seed: number;
	readonly flaws: readonly string[];
	/** How many requests met an API that misbehaves. */
	readonly requests: number;
	/** How many leads ended with each status. */
	readonly ends: Readonly<Record<string, number>>;
	readonly faults: readonly string[];
	readonly tookMs: number;
}

const accounts = [
	{ apiKey: 'key-one', organizationId: '686f894eaf67193dd6e12401' },
	{ apiKey: 'key-two', organizationId: '686f894eaf67193dd6e12402' },
] as const;
const leadCount = 24;
const troubleMs = 4000;
/** The trouble lasts until so many requests met it, however slow the machine is; but no longer than this. */
const leastRequests = 16;
const longestTroubleMs = 40_000;
/**
 * From the end of all faults on. A lead that a worker lost is found after half a minute, and again so long each time that
 * it is lost in the first moment of the next worker; a refused key pauses for a few seconds.
 */
const endsWithinMs = 240_000;

type Fault = (proxy: FaultyProxy, api: UnsteadyApi, random: () => number) => string;

const faults: readonly Fault[] = [
	(proxy) => {
		proxy.cut();
		return 'cut';
	},
	(proxy, _api, random) => {
		const ms = Math.round(100 + random() * 1500);
		proxy.closeFor(ms);
		return `closed for ${ms} ms`;
	},
	(proxy, _api, random) => {
		const ms = Math.round(20 + random() * 400);
		proxy.delayBy(ms, 600);
		return `delayed by ${ms} ms`;
	},
	(proxy, _api, random) => {
		const ms = Math.round(10 + random() * 500);
		proxy.loseAnswersFor(ms);
		return `answers lost for ${ms} ms`;
	},
	(_proxy, api, random) => {
		const account = accounts[random() < 0.5 ? 0 : 1];
		api.refuse(account.apiKey, 300 + random() * 1200);
		return `${account.apiKey} refused`;
	},
];

const flawsOf = (person: Person, end: End | undefined, api: UnsteadyApi): readonly string[] => {
	const created = api.created.get(person.phone) ?? 0;
	const senders = [...(api.keys.get(person.phone) ?? [])];
	return [
		...(end === undefined ? [`${person.phone} has no end`] : []),
		...(created > 1 ? [`${person.phone} was created ${created} times`] : []),
		...(end?.status === 201 && created !== 1 ? [`${person.phone} was told as created and was not`] : []),
		...(end !== undefined && ![201, 500, 504].includes(end.status)
			? [`${person.phone} ended with ${end.status} although everything was well in the end`]
			: []),
		...(senders.some((key) => key !== person.apiKey) ? [`${person.phone} was sent with ${senders.join(', ')}`] : []),
	];
};

/** What still stands in a Redis where something went wrong, for whoever looks for why. */
const leftIn = async (url: string): Promise<readonly string[]> => {
	const redis = new Redis(url);
	const read: Readonly<Record<string, (key: string) => Promise<unknown>>> = {
		string: async (key) => await redis.get(key),
		hash: async (key) => await redis.hgetall(key),
		list: async (key) => await redis.lrange(key, 0, -1),
		set: async (key) => await redis.smembers(key),
		zset: async (key) => await redis.zrange(key, 0, -1, 'WITHSCORES'),
	};
	const found: string[] = [];
	for (const key of (await redis.keys('*')).sort()) {
		const value = await read[await redis.type(key)]?.(key);
		found.push(`left: ${key} (${await redis.pttl(key)} ms) ${JSON.stringify(value ?? '').slice(0, 600)}`);
	}
	redis.disconnect();
	return found;
};

/** Two gateways over one real Redis behind a proxy, an API, clients that repeat, and faults of all of them by a seed. */
export const runSeed = async (seed: number): Promise<SeededRun> => {
	const random = seeded(seed * 7919 + 1);
	const startedAtMs = performance.now();
	const redis = await startRedis();
	const proxy = await openFaultyProxy(Number(new URL(redis.url).port));
	const api = await openUnsteadyApi(random);
	const settings = settingsOf({ baseUrl: api.baseUrl, redis: proxy.url, port: 0, waitSeconds: 5, stopSeconds: 1 });
	// A machine that is busy with all of this may not answer in time; whoever runs a gateway starts it again.
	const open = async (tries = 5): ReturnType<typeof startGateway> =>
		await startGateway(settings, (line) => process.stderr.write(`LOG ${line}\n`)).catch(async (error: unknown) => {
			if (tries === 1) throw error;
			return await open(tries - 1);
		});
	const gateways = [await open(), await open()];
	const baseUrls = gateways.map(({ baseUrl }) => baseUrl);
	const happened: string[] = [];
	const people = Array.from(
		{ length: leadCount },
		(_, index): Person => ({
			key: `lead-${seed}-${index}`,
			phone: `+2010${String(1_0000000 + index)}`,
			...accounts[index % 2],
		}),
	);
	const ends: (End | undefined)[] = [];
	const clients = people.map(async (person, index) => {
		await pause(random() * troubleMs * 0.8);
		const order = random() < 0.5 ? baseUrls : [...baseUrls].reverse();
		ends[index] = await give(order, person).catch((error: unknown) => {
			process.stderr.write(`${seed}: ${String(error)}\n`);
			return undefined;
		});
	});
	const beganAtMs = performance.now();
	const isTrouble = (): boolean => {
		const forMs = performance.now() - beganAtMs;
		return forMs < troubleMs || (api.requests() < leastRequests && forMs < longestTroubleMs);
	};
	while (isTrouble()) {
		await pause(100 + random() * 900);
		const fault = faults[Math.floor(random() * faults.length)];
		if (fault !== undefined) happened.push(fault(proxy, api, random));
	}
	const requests = api.requests();
	proxy.mend();
	api.recover();
	await Promise.race([Promise.all(clients), pause(endsWithinMs)]);
	const flaws = people.flatMap((person, index) => flawsOf(person, ends[index], api));
	const left = flaws.length === 0 ? [] : await leftIn(redis.url);
	await Promise.all(gateways.map(async (gateway) => await gateway.close()));
	await api.close();
	await proxy.close();
	await redis.close();
	const statuses = ends.map((end) => String(end?.status ?? 'none'));
	return {
		seed,
		flaws: [...flaws, ...left],
		requests,
		ends: Object.fromEntries(
			[...new Set(statuses)].sort().map((status) => [status, statuses.filter((each) => each === status).length]),
		),
		faults: happened,
		tookMs: Math.round(performance.now() - startedAtMs),
	};
};
