import { type Api, createApi } from '../api/api';
import { sendTo } from '../api/transport';
import { callGateway, type OpenGateway } from '../host/gateway';
import { createProgram, type Program } from '../host/process';
import { createRandom, type Random, seedOf } from '../kernel/random';
import { createScheduler, type Scheduler } from '../kernel/scheduler';
import { createTrace, type Trace } from '../kernel/trace';
import { type Event, type Plan, planOf } from './plan';
import type { Machine } from './redisClient';
import { createRedisServer, type RedisServer } from './redisServer';
import { indexKeys } from '../../../packages/gateway/src/stores/redis/redisKeys';

/** The product as it is lent; its Redis and BullMQ are found by the address that names the program. */
export interface Product {
	readonly openGateway: (
		settings: object,
		host: object,
	) => Promise<OpenGateway & { readonly queue: { readonly notLeaving: () => unknown } }>;
	readonly settings: object;
	/** From here on an address `redis://NAME` is this program's. */
	readonly register: (name: string, machine: Machine) => void;
	/** Chance of the product itself. */
	readonly seedChance: (random: Random) => void;
}

interface Lead {
	readonly name: string;
	readonly account: number;
	readonly isNamed: boolean;
	id: string;
	/** What its client was told in the end. */
	status: number | undefined;
	outcome: string | undefined;
	/** Its client went away, since it could not ask again without making a second lead. */
	isGivenUp: boolean;
}

interface Side {
	program: Program;
	gateway: OpenGateway | undefined;
	starts: number;
}

export interface Run {
	readonly seed: number;
	readonly violations: readonly string[];
	readonly trace: Trace;
	readonly digest: string;
	readonly requests: number;
	readonly leads: number;
	readonly ends: Readonly<Record<string, number>>;
}

const accounts = [
	{ key: 'key-one', organizationId: 'organization-one' },
	{ key: 'key-one', organizationId: 'organization-two' },
	{ key: 'key-two', organizationId: 'organization-three' },
] as const;
const minuteMs = 60_000;
/** BullMQ's locks last so long. */
const lockMs = 30_000;
/** A place that was taken in vain is found once in ten minutes, where its lead would be older than one. */
const settlesWithinMs = 12 * minuteMs;
/** The longest pause, what a sending may take, and a few rounds of lost workers and reconnecting, for the slowest learned pace. */
const endsWithinMs = ({ timeoutSeconds }: Plan, leads: number): number =>
	12 * minuteMs + leads * 12_000 + 4000 * timeoutSeconds;

interface World {
	readonly plan: Plan;
	readonly scheduler: Scheduler;
	readonly random: Random;
	readonly api: Api;
	readonly server: RedisServer;
	readonly trace: Trace;
	readonly sides: Side[];
	readonly leads: Lead[];
	readonly violations: string[];
	readonly inFlight: Map<string, number>;
	readonly product: Product;
	isOver: boolean;
	/** Redis' clock jumped over the end of every lock: until then a lead may be on its way of which Redis knows nothing. */
	lockedAnewAtMs: number;
}

const say = ({ trace, scheduler }: World, who: string, what: string): void => trace.say(scheduler.nowMs(), who, what);
const violated = (world: World, what: string): void => {
	if (world.violations.includes(what)) return;
	world.violations.push(what);
	say(world, 'RULE', what);
};

const start = (world: World, index: number): void => {
	const { plan, scheduler, api, server, product, sides, inFlight } = world;
	const side = sides[index] as Side;
	const name = `gateway-${index}-${++side.starts}`;
	const program = createProgram(name, scheduler);
	Object.assign(side, { program, gateway: undefined });
	product.register(name, { program, server, scheduler });
	const send = sendTo(api, program, createRandom(seedOf(plan.seed, `api ${name}`)), {
		left: (arrival, { headers }) => {
			const key = headers['x-api-key'] ?? '';
			const count = (inFlight.get(`${name} ${key}`) ?? 0) + 1;
			inFlight.set(`${name} ${key}`, count);
			say(world, name, `sends ${arrival?.lead ?? 'in vain'}`);
			const all = [...inFlight].filter(([each]) => each.endsWith(` ${key}`)).reduce((sum, [, each]) => sum + each, 0);
			if (all > plan.concurrency && scheduler.nowMs() >= world.lockedAnewAtMs)
				violated(world, `${all} leads of ${key} were on their way at once`);
		},
		back: (arrival, reply, { headers }) => {
			const key = `${name} ${headers['x-api-key'] ?? ''}`;
			inFlight.set(key, (inFlight.get(key) ?? 0) - 1);
			say(world, name, `hears of ${arrival?.lead ?? 'nobody'}: ${'status' in reply ? reply.status : reply.fault.code}`);
		},
	});
	say(world, name, 'starts');
	const { concurrency, maxPerSecond, timeoutSeconds, waitSeconds } = plan;
	product
		.openGateway(
			{
				...product.settings,
				redis: `redis://${name}`,
				concurrency,
				maxPerSecond,
				timeoutSeconds,
				waitSeconds,
				stopSeconds: 5,
			},
			{
				send,
				now: scheduler.wallMs,
				monotonicMs: () => Math.floor(scheduler.nowMs()),
				after: program.after,
				write: (line: string) => say(world, name, `log ${line.slice(line.indexOf('"event"'), 200)}`),
			},
		)
		.then(
			(opened) => {
				if (!program.isAlive()) return;
				side.gateway = opened;
				say(world, name, 'listens');
			},
			(error: unknown) => {
				if (!program.isAlive()) return;
				say(world, name, `cannot start: ${String((error as Error).message)}`);
				program.kill();
				scheduler.after(2000, () => start(world, index));
			},
		);
};

const end = (world: World, index: number, downMs: number): void => {
	const side = world.sides[index] as Side;
	side.program.kill();
	side.gateway = undefined;
	for (const key of [...world.inFlight.keys()]) if (key.startsWith(`${side.program.name} `)) world.inFlight.delete(key);
	world.scheduler.after(downMs, () => start(world, index));
};

interface Heard {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
}

/** One call of a client; undefined where nothing comes back. */
const call = async (
	world: World,
	at: number,
	method: string,
	path: string,
	headers: Readonly<Record<string, string>>,
	body?: string,
) => {
	const { scheduler, sides } = world;
	const side = sides[at % sides.length] as Side;
	return await new Promise<Heard | undefined>((resolve) => {
		const { gateway, program } = side;
		scheduler.after(60_000, () => resolve(undefined));
		if (gateway === undefined || !program.isAlive()) {
			scheduler.after(5, () => resolve({ status: 503, headers: {} }));
			return;
		}
		callGateway(gateway, program, { method, path, headers, body }).answer.then(
			(answered) => program.isAlive() && resolve(answered),
			() => resolve(undefined),
		);
	});
};

const pause = async ({ scheduler }: World, ms: number): Promise<void> =>
	await new Promise((resolve) => scheduler.after(ms, resolve));

/** Gives a lead as the gateway's README asks, and asks until it has ended. */
const clientGives = async (world: World, event: Extract<Event, { kind: 'lead' }>): Promise<void> => {
	const account = accounts[event.account % accounts.length] as (typeof accounts)[number];
	const lead: Lead = {
		name: `Mona ${event.lead}`,
		account: event.account,
		isNamed: event.isNamed,
		id: '',
		status: undefined,
		outcome: undefined,
		isGivenUp: false,
	};
	world.leads.push(lead);
	const headers = {
		'x-api-key': account.key,
		organizationid: account.organizationId,
		'content-type': 'application/json',
	};
	const named = event.isNamed ? { ...headers, 'idempotency-key': `lead-${event.lead}` } : headers;
	const phone = `+2010012${String(event.lead).padStart(5, '0')}`;
	const body = JSON.stringify({ leadInformation: { firstName: lead.name, phone } });
	for (let round = 0; ; round++) {
		const at = event.at + (round % 3 === 2 ? 1 : 0);
		const heard =
			lead.id === ''
				? await call(world, at, 'POST', '/api/v2/leads', named, body)
				: await call(world, at, 'GET', `/api/v2/leads/${lead.id}`, { ...headers, prefer: 'wait=10' });
		const outcome = heard?.headers['x-gateway-outcome'];
		if (heard?.status === undefined || heard.status !== 202)
			say(
				world,
				'client',
				`${lead.id === '' ? 'gives' : 'asks for'} ${lead.name}: ${heard?.status ?? 'silence'} ${outcome ?? ''}`,
			);
		if (heard !== undefined && outcome !== undefined) {
			Object.assign(lead, { status: heard.status, outcome, id: heard.headers['x-gateway-lead'] ?? lead.id });
			return;
		}
		// Without a name to know it by nobody gives it once more where it may have been taken.
		const isUncertain = heard === undefined || heard.status === 504 || (heard.status === 404 && lead.id !== '');
		if (isUncertain && !event.isNamed && (lead.id === '' || heard?.status === 404)) {
			const told = heard?.headers['x-gateway-lead'];
			if (lead.id !== '' || told === undefined) {
				lead.isGivenUp = true;
				return;
			}
		}
		if (heard?.status === 404) lead.id = '';
		else lead.id = heard?.headers['x-gateway-lead'] ?? lead.id;
		if (heard !== undefined && ![202, 404, 503, 504].includes(heard.status)) {
			lead.status = heard.status;
			return;
		}
		await pause(world, 200 + 100 * Math.min(round, 50));
	}
};

const happen = (world: World, event: Event): void => {
	const { scheduler, server, api, sides } = world;
	const nowMs = scheduler.nowMs();
	if (event.kind !== 'lead') say(world, 'world', JSON.stringify(event));
	switch (event.kind) {
		case 'lead':
			return void clientGives(world, event);
		case 'api':
			return api.spell({ ...event.spell, untilMs: nowMs + event.forMs });
		case 'redis':
			return server.spell({ kind: event.spell, untilMs: nowMs + event.forMs });
		case 'cut':
			return server.cut();
		case 'clock':
			if (event.byMs > lockMs) world.lockedAnewAtMs = nowMs + lockMs + 1000 * world.plan.timeoutSeconds;
			return scheduler.setWall(event.byMs);
		case 'gateway': {
			const { gateway, program } = sides[event.at] as Side;
			if (!program.isAlive() || gateway === undefined) return;
			if (event.does === 'kill') return end(world, event.at, event.downMs);
			void gateway.close().then(() => {
				if (program.isAlive()) end(world, event.at, event.downMs);
			});
		}
	}
};

const judge = (world: World): void => {
	const { api, leads, server } = world;
	for (const lead of leads) {
		const { key, organizationId } = accounts[lead.account % accounts.length] as (typeof accounts)[number];
		const own = api.arrivals.filter((each) => each.lead === lead.name);
		const created = own.filter((each) => each.created).length;
		const tell = (what: string): void => violated(world, `${lead.name} ${what}`);
		if (created > 1) tell(`was created ${created} times`);
		if (own.some((each) => each.key !== key || each.organizationId !== organizationId))
			tell('left with what belongs to another');
		if (lead.isGivenUp) continue;
		if (lead.status === undefined) tell('has no end');
		else if (lead.outcome === 'created' && created !== 1) tell('was told as created and was not');
		else if (lead.outcome !== undefined && !['created', 'unconfirmed'].includes(lead.outcome))
			tell(`ended as ${lead.outcome}, although everything that refused it was over`);
		else if (lead.outcome === undefined) tell(`was answered ${lead.status}`);
	}
	const of = (name: string): number =>
		Number(server.call(name === 'sending' ? 'scard' : 'zcard', indexKeys[name as 'open']));
	if (of('open') > 0 || of('sending') > 0)
		violated(world, `${of('open')} leads are open, and ${of('sending')} on their way`);
	if (server.call('exists', indexKeys.shares) !== 0) violated(world, 'a share is held by nothing');
	for (const { gateway } of world.sides) {
		const found = (gateway?.queue as { readonly notLeaving?: () => unknown } | undefined)?.notLeaving?.();
		if (found !== undefined) violated(world, `the watchdog says ${JSON.stringify(found)}`);
	}
};

const runUntilAllEnded = async (world: World): Promise<void> => {
	const { scheduler, plan, leads, server } = world;
	const untilMs = scheduler.nowMs() + endsWithinMs(plan, leads.length);
	while (scheduler.nowMs() < untilMs && leads.some((lead) => lead.status === undefined && !lead.isGivenUp))
		await scheduler.runUntil(scheduler.nowMs() + 10_000);
	// What nobody waits for any more ends as well, and what was reserved in vain is found.
	const isSettled = (): boolean =>
		server.call('zcard', indexKeys.open) === 0 && server.call('exists', indexKeys.shares) === 0;
	const settledByMs = scheduler.nowMs() + settlesWithinMs;
	while (scheduler.nowMs() < settledByMs && !isSettled()) await scheduler.runUntil(scheduler.nowMs() + 10_000);
};

/** Runs one seed to its end, and tells what did not hold. `only`: with these of its events. */
export const runSeed = async (product: Product, seed: number, only?: readonly number[]): Promise<Run> => {
	const plan = planOf(seed);
	const scheduler = createScheduler(Date.UTC(2026, 10, 20, 8));
	const random = createRandom(seedOf(seed, 'redis world'));
	product.seedChance(createRandom(seedOf(seed, 'product')));
	const world: World = {
		plan,
		scheduler,
		random,
		api: createApi(scheduler, createRandom(seedOf(seed, 'api'))),
		server: createRedisServer(scheduler, createRandom(seedOf(seed, 'redis'))),
		trace: createTrace(),
		sides: Array.from({ length: plan.gateways }, () => ({
			program: createProgram('', scheduler),
			gateway: undefined,
			starts: 0,
		})),
		leads: [],
		violations: [],
		inFlight: new Map(),
		product,
		isOver: false,
		lockedAnewAtMs: 0,
	};
	for (const { key } of accounts)
		world.api.grant(
			key,
			accounts.filter((each) => each.key === key).map(({ organizationId }) => organizationId),
		);
	if (plan.limit !== undefined) world.api.limit(plan.limit.most, plan.limit.quota);
	for (const index of world.sides.keys()) start(world, index);
	const events = only === undefined ? plan.events : plan.events.filter((_, index) => only.includes(index));
	for (const event of events) scheduler.after(event.atMs + 1000, () => happen(world, event));
	try {
		await scheduler.runUntil(plan.wellMs + 1000);
		say(world, 'world', 'everything works from here on');
		world.server.heal();
		world.api.heal();
		await runUntilAllEnded(world);
		judge(world);
	} catch (error) {
		violated(world, String(error));
	}
	for (const { program } of world.sides) program.kill();
	const outcomes = world.leads.map(({ outcome, isGivenUp }) => (isGivenUp ? 'given up' : (outcome ?? 'none')));
	return {
		seed,
		violations: world.violations,
		trace: world.trace,
		digest: world.trace.digest(),
		requests: world.api.arrivals.length,
		leads: world.leads.length,
		ends: Object.fromEntries(
			[...new Set(outcomes)].sort().map((each) => [each, outcomes.filter((other) => other === each).length]),
		),
	};
};
