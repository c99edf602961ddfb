import { type Api, type Arrival, createApi } from '../api/api';
import { sendTo } from '../api/transport';
import { createDisk, type Disk } from '../disk/disk';
import { filesFor } from '../disk/filesModel';
import { levelFor } from '../disk/levelModel';
import { createNodeRed, type Flow, type Message, type NodeRed } from '../host/nodeRed';
import { outboxOf, type SeenEntry } from '../host/outboxOf';
import { type Bundle, createProgram, loadBundle, type Program } from '../host/process';
import { createRandom, seedOf } from '../kernel/random';
import { createScheduler, type Scheduler } from '../kernel/scheduler';
import { createTrace, type Trace } from '../kernel/trace';
import {
	askedMsOf,
	asksToWait,
	isDefiniteNo,
	type LeadFacts,
	type Rule,
	type Told,
	untruth,
	type Violation,
} from './facts';
import { createGatewaySide, type GatewaySide } from './gatewaySide';
import type { AccountPlan, Event, Plan } from './plan';

/** The product's own code, ready to be run by any number of programs. */
export interface WorldBundles {
	readonly core: unknown;
	readonly nodeRed: Bundle;
	readonly gateway: Bundle;
}

export interface Result {
	readonly violations: readonly Violation[];
	readonly trace: Trace;
	readonly leads: number;
	readonly arrivals: number;
	readonly events: number;
}

const nameIn = (body: string): string =>
	(JSON.parse(body) as { readonly leadInformation: { readonly firstName: string } }).leadInformation.firstName;

const startMs = Date.UTC(2026, 10, 20, 8);
const minuteMs = 60_000;
/** However much is asked for, after an hour one lead may ask again. */
const longestAskedMs = 60 * minuteMs;
/** A key or a permission that was refused over and over is tried again after so long at the latest. */
const longestPauseMs = 5 * minuteMs;
/** A lead of which nothing comes back holds the others no longer. */
const longestProbeMs = 5 * minuteMs;

/** So many refusals bring no pause yet. */
const allowedRefusals = 3;
/** An account waits so long for what is on its way. */
const closingMs = 10_000;

/** One Node-RED with its flows. */
interface Running {
	readonly program: Program;
	readonly nodeRed: NodeRed;
	/** The key of each account as it was deployed here. */
	readonly keys: Readonly<Record<string, string>>;
	isStopping: boolean;
	/** Requests of each account that were answered 401 in a row, and when the first of them was. */
	readonly refused: Map<string, { count: number; readonly sinceMs: number }>;
	/** How many failures it has put into its log, since the nodes behind the outputs had stopped. */
	logged: number;
	/** How many requests of each account are on their way. */
	readonly inFlight: Map<string, number>;
	readonly lastLeft: Map<string, number[]>;
	readonly heldUntilMs: Map<string, number>;
}

export const runWorld = async (
	plan: Plan,
	{ nodeRed: bundle, gateway: gatewayBundle, core }: WorldBundles,
): Promise<Result> => {
	const scheduler: Scheduler = createScheduler(startMs);
	const trace = createTrace();
	const randomOf = (subject: string): ReturnType<typeof createRandom> => createRandom(seedOf(plan.seed, subject));
	const disk: Disk = createDisk(scheduler, randomOf('disk'));
	const api: Api = createApi(scheduler, randomOf('api'));
	const violations: Violation[] = [];
	const facts = new Map<string, LeadFacts>();
	const asked = new Map<number, boolean>();
	const generations = new Map<string, number>(plan.accounts.map(({ id }) => [id, 1]));
	let current: Running | undefined;
	let other: Running | undefined;
	let programs = 0;
	let crashIn: { operations: number; readonly happen: () => void } | undefined;
	/** Until then an answer has asked to wait. */
	let askedUntilMs = 0;
	/** When all flows last had to stop. */
	let isOver = false;

	const say = (who: string, what: string): void => trace.say(scheduler.nowMs(), who, what);
	const violated = (rule: Rule, says: string): void => {
		if (violations.some((known) => known.rule === rule && known.says === says)) return;
		violations.push({ rule, says });
		say('RULE', `${rule}: ${says}`);
	};
	const accountOf = (id: string): AccountPlan => plan.accounts.find((each) => each.id === id) as AccountPlan;
	const keyOf = (account: string): string => `key-${account}-${generations.get(account) ?? 1}`;
	for (const { id, organizationIds } of plan.accounts) api.grant(keyOf(id), organizationIds);
	api.limit(plan.apiLimit);

	const isNo = (arrival: Arrival): boolean => isDefiniteNo(arrival, asked.get(arrival.number) === true);

	/** What must be so whenever a request arrives at the API, whoever sends it. Gives the lead. */
	const judgeRequest = (arrival: Arrival): LeadFacts | undefined => {
		const lead = facts.get(arrival.lead);
		if (lead === undefined) {
			violated('own content', `request ${arrival.number} is of a lead that nobody gave: ${arrival.lead}`);
			return undefined;
		}
		const account = accountOf(lead.account);
		if (arrival.phone !== lead.phone) violated('own content', `${lead.name} was sent with another phone`);
		if (arrival.organizationId !== (lead.organizationId === '' ? account.organizationIds[0] : lead.organizationId))
			violated('own organization', `${lead.name} was sent to ${arrival.organizationId}`);
		const earlier = api.arrivals.filter(({ number }) => number < arrival.number);
		const chosenAtMs = lead.chosenAtMs.at(-1) ?? Number.NEGATIVE_INFINITY;
		const open = earlier.filter((each) => each.lead === lead.name && !isNo(each) && each.atMs >= chosenAtMs);
		const isResend = lead.resends && open.every(({ told, created }) => told !== 'answered' || !created);
		if (open.length > 0 && !isResend && !lead.mayBeDoubled)
			violated(
				'at most once',
				`${lead.name} was sent by request ${arrival.number} although ${open[0]?.number} may have created it`,
			);
		if (lead.isOnce === 'always' && lead.chosenAtMs.length === 0 && !lead.resends && !lead.mayBeDoubled) {
			const equal = earlier.find(
				(each) =>
					each.phone === lead.phone &&
					each.organizationId === arrival.organizationId &&
					each.lead !== lead.name &&
					facts.get(each.lead)?.isOnce === 'always' &&
					facts.get(each.lead)?.account === lead.account &&
					!isNo(each) &&
					facts.get(each.lead)?.chosenAtMs.length === 0,
			);
			if (equal !== undefined) openDuplicates.push({ lead: lead.name, equal: equal.lead, number: arrival.number });
		}
		return lead;
	};
	const judgeArrival = (arrival: Arrival, running: Running): void => {
		const lead = judgeRequest(arrival);
		if (lead === undefined) return;
		const nowMs = scheduler.nowMs();
		const account = accountOf(lead.account);
		if (arrival.key !== running.keys[lead.account])
			violated('own key', `${lead.name} of account ${lead.account} was sent with ${arrival.key}`);
		const inFlight = running.inFlight.get(lead.account) ?? 0;
		const most = account.concurrency * (account.outbox === 'disk' && diskFailed ? 2 : 1);
		if (inFlight > most) violated('concurrency', `${inFlight} requests of ${account.id} were on their way at once`);
		if (account.maxPerSecond > 0) {
			const lately = (running.lastLeft.get(account.id) ?? []).filter((atMs) => atMs > nowMs - 1000);
			if (lately.length > account.maxPerSecond * 1.1 + 1)
				violated('rate', `${lately.length} requests of ${account.id} left within a second`);
		}
		const refused = running.refused.get(account.id);
		if (refused !== undefined) {
			const pauses = refused.count - account.concurrency - allowedRefusals;
			const leastMs = pauses <= 0 ? 0 : Math.min(longestPauseMs * pauses, 1000 * (2 ** Math.min(pauses, 8) - 1)) / 2;
			if (nowMs - refused.sinceMs < leastMs)
				violated(
					'does not hammer',
					`${refused.count + 1} requests of ${account.id} within ${nowMs - refused.sinceMs} ms, all refused`,
				);
		}
		const heldUntilMs = running.heldUntilMs.get(account.id) ?? 0;
		if (nowMs < heldUntilMs - 1)
			violated(
				'waits as asked',
				`request ${arrival.number} left ${heldUntilMs - nowMs} ms before the API takes leads again`,
			);
	};
	/** Sent although an equal lead may exist: wrong unless its giver is told that there was no record. */
	const openDuplicates: { readonly lead: string; readonly equal: string; readonly number: number }[] = [];
	let diskFailed = false;
	let startedAtMs = 0;
	/** What concerns whom until when. */
	const troubles: { readonly organizationId: string | undefined; readonly untilMs: number }[] = [];
	const trouble = (forMs: number, organizationId?: string): void => {
		troubles.push({ organizationId, untilMs: scheduler.nowMs() + forMs });
	};

	const tell = (node: string, message: Message, running: Running): void => {
		const names = message.sims as readonly string[];
		const parts = message.parts as { readonly index?: number } | undefined;
		const name = (names.length === 1 ? names[0] : names[parts?.index ?? 0]) ?? '';
		const outcome = message.icloudReady;
		const lead = facts.get(name);
		say(
			running.program.name,
			`tells ${name} ${String(outcome?.outcome)}${outcome?.restored === true ? ' (restored)' : ''}`,
		);
		if (lead === undefined || outcome === undefined) {
			violated('told once', `something was told of no lead at all: ${name}`);
			return;
		}
		const told: Told = {
			outcome: outcome.outcome,
			atMs: scheduler.nowMs(),
			by: running.program.name,
			leadId: typeof outcome.leadId === 'string' ? outcome.leadId : undefined,
			isUnrecorded:
				JSON.stringify(outcome.warnings ?? []).includes('duplicate') ||
				JSON.stringify(outcome.warnings ?? []).includes('record'),
		};
		if (node !== lead.node) violated('told once', `${name} was told by ${node}`);
		const inThisProgram = lead.told.filter(({ by }) => by === told.by).length;
		if (inThisProgram > lead.chosenAtMs.length && !lead.mayBeDoubled)
			violated('told once', `${name} was told ${inThisProgram + 1} times by one program`);
		if (
			lead.keptAtMs !== undefined &&
			(['unauthorized', 'rateLimited'].includes(told.outcome) ||
				(told.outcome === 'failed' &&
					!/\b302\b|another address|redirect/i.test(String(outcome.message)) &&
					outcome.status === null))
		)
			violated('kept until it ends', `${name} was kept, and told as ${told.outcome}`);
		lead.againAtMs = undefined;
		const wrong = untruth(lead, told, api.arrivals, isNo);
		if (wrong !== undefined) violated('outcome is the truth', wrong);
		lead.told.push(told);
		lead.isAcknowledged = true;
	};

	/** What the gateway does with each key: how many are on their way, when they left, until when the API takes none. */
	const byKey = new Map<string, { inFlight: number; left: number[]; heldUntilMs: number }>();
	const ofKey = (key: string): { inFlight: number; left: number[]; heldUntilMs: number } => {
		const known = byKey.get(key) ?? { inFlight: 0, left: [], heldUntilMs: 0 };
		byKey.set(key, known);
		return known;
	};
	const judgeGateway = (arrival: Arrival): void => {
		const lead = judgeRequest(arrival);
		if (lead === undefined || plan.gateway === undefined) return;
		const isOwn =
			lead.madeUpKey === undefined
				? new RegExp(`^key-${lead.account}-\\d+$`).test(arrival.key)
				: arrival.key === lead.madeUpKey;
		if (!isOwn) violated('own key', `${lead.name} of account ${lead.account} was sent with ${arrival.key}`);
		const { inFlight, left, heldUntilMs } = ofKey(arrival.key);
		const nowMs = scheduler.nowMs();
		const { concurrency, maxPerSecond } = plan.gateway;
		if (inFlight > concurrency)
			violated('concurrency', `${inFlight} requests of ${arrival.key} were on their way at once`);
		if (maxPerSecond > 0 && left.filter((atMs) => atMs > nowMs - 1000).length > maxPerSecond * 1.1 + 1)
			violated('rate', `too many requests of ${arrival.key} left within a second`);
		if (nowMs < heldUntilMs - 1)
			violated(
				'waits as asked',
				`request ${arrival.number} left ${heldUntilMs - nowMs} ms before the API takes leads again`,
			);
	};
	const side: GatewaySide | undefined =
		plan.gateway === undefined
			? undefined
			: createGatewaySide({
					seed: plan.seed,
					plan: plan.gateway,
					bundle: gatewayBundle,
					core,
					scheduler,
					api,
					say,
					watch: {
						left: (arrival, { headers, body = '{}' }) => {
							const known = ofKey(headers['x-api-key'] ?? '');
							known.inFlight++;
							known.left.push(scheduler.nowMs());
							say(
								'gateway',
								`sends ${nameIn(body)}${arrival === undefined ? ', which does not arrive' : ` as request ${arrival.number}, with ${arrival.key}`}`,
							);
							if (arrival !== undefined) judgeGateway(arrival);
						},
						back: (arrival, reply, { headers, body = '{}' }) => {
							const known = ofKey(headers['x-api-key'] ?? '');
							known.inFlight--;
							if (arrival !== undefined) asked.set(arrival.number, asksToWait(reply));
							say(
								'api',
								`answers the gateway ${nameIn(body)} ${'status' in reply ? `${reply.status} ${reply.headers['retry-after'] ?? ''}` : `nothing: ${reply.fault.code}`}${arrival?.created === true ? ' (it exists)' : ''}`,
							);
							const askedMs = askedMsOf(reply);
							if (askedMs === undefined) return;
							const untilMs = scheduler.nowMs() + Math.min(askedMs, longestAskedMs);
							askedUntilMs = Math.max(askedUntilMs, untilMs);
							if ('status' in reply && reply.status === 429) known.heldUntilMs = Math.max(known.heldUntilMs, untilMs);
						},
					},
				});
	const gatewayEnded = (lost: readonly string[]): void => {
		byKey.clear();
		if (lost.length > 0)
			for (const lead of facts.values()) Object.assign(lead, { mayBeLost: true, mayBeDoubled: true });
	};

	const flowOf = (keys: Readonly<Record<string, string>>): Flow => ({
		configs: [
			...plan.accounts.map((account) => ({
				...account,
				type: 'icloud-ready-account',
				wires: [],
				baseUrl: plan.gateway === undefined ? 'https://crm.test/api/v2' : 'https://gateway.test/api/v2',
				gateway: plan.gateway !== undefined,
				organizationId: account.organizationIds[0],
			})),
			...plan.nodes.map((node) => ({
				...node,
				type: 'icloud-ready-create-lead',
				input: 'lead',
				fields: [],
				duplicateKey: 'phone',
				wires: Array.from({ length: 8 }, () => ['sink']),
			})),
		],
		credentials: Object.fromEntries(plan.accounts.map(({ id }) => [id, { apiKey: keys[id] ?? '' }])),
	});

	const launch = (): Running => {
		const program = createProgram(`red-${++programs}`, scheduler);
		const files = filesFor(disk, program);
		const running: Running = {
			program,
			nodeRed: createNodeRed(
				'/data',
				{
					sent: (node, _output, message) => {
						if (program.isAlive()) tell(node, message, running);
					},
					caught: (node, _words, message) => {
						if (program.isAlive() && message !== undefined) tell(node, message, running);
					},
					log: (level, node, text) => {
						if (!program.isAlive()) return;
						say(program.name, `${level} of ${node}: ${text.slice(0, 90)}`);
						if (level === 'error') running.logged += Number(/^(\d+) more leads/.exec(text)?.[1] ?? 1);
						// What stood behind the part of it that cannot be read is lost.
						if (/was damaged or of another/.test(text)) for (const lead of facts.values()) lead.mayBeLost = true;
						if (level === 'warn' && /cannot be used/.test(text)) diskFailed = true;
					},
				},
				program.after,
			),
			keys: Object.fromEntries(plan.accounts.map(({ id }) => [id, keyOf(id)])),
			isStopping: false,
			refused: new Map(),
			logged: 0,
			inFlight: new Map(),
			lastLeft: new Map(),
			heldUntilMs: new Map(),
		};
		const send = sendTo(api, program, randomOf(`network ${program.name}`), {
			left: (arrival, request) => {
				const { firstName } = (JSON.parse(request.body ?? '{}') as { leadInformation: { firstName: string } })
					.leadInformation;
				const account = facts.get(firstName)?.account ?? '';
				running.inFlight.set(account, (running.inFlight.get(account) ?? 0) + 1);
				const times = running.lastLeft.get(account) ?? [];
				times.push(scheduler.nowMs());
				running.lastLeft.set(account, times);
				say(
					program.name,
					arrival === undefined
						? `sends ${firstName}, which does not arrive`
						: `sends ${firstName} as request ${arrival.number}, with ${arrival.key}`,
				);
				if (arrival !== undefined) judgeArrival(arrival, running);
			},
			back: (arrival, reply, request) => {
				const { firstName } = (JSON.parse(request.body ?? '{}') as { leadInformation: { firstName: string } })
					.leadInformation;
				const account = facts.get(firstName)?.account ?? '';
				running.inFlight.set(account, (running.inFlight.get(account) ?? 0) - 1);
				if (arrival !== undefined) asked.set(arrival.number, asksToWait(reply));
				say(
					'api',
					`answers ${firstName} ${'status' in reply ? `${reply.status} ${reply.headers['retry-after'] ?? ''}` : `nothing: ${reply.fault.code}`}${arrival?.created === true ? ' (it exists)' : ''}`,
				);
				if ('status' in reply && reply.status === 401) {
					const refused = running.refused.get(account) ?? { count: 0, sinceMs: scheduler.nowMs() };
					refused.count++;
					running.refused.set(account, refused);
				} else running.refused.delete(account);
				const askedMs = askedMsOf(reply);
				if (askedMs === undefined) return;
				const untilMs = scheduler.nowMs() + Math.min(askedMs, longestAskedMs);
				askedUntilMs = Math.max(askedUntilMs, untilMs);
				if ('status' in reply && reply.status === 429)
					running.heldUntilMs.set(account, Math.max(running.heldUntilMs.get(account) ?? 0, untilMs));
			},
		});
		/** Through the gateway: what is on its way is counted all the same. */
		const sendToGateway: typeof send = async (request, { timeoutMs }) => {
			const account = plan.accounts.find(({ id }) => running.keys[id] === request.headers['x-api-key'])?.id ?? '';
			const what =
				request.method === 'GET'
					? `asks for ${request.url.split('/').at(-1) ?? ''}`
					: `gives the gateway ${nameIn(request.body ?? '{}')}`;
			running.inFlight.set(account, (running.inFlight.get(account) ?? 0) + 1);
			say(program.name, `${what} (${String(request.headers['idempotency-key'] ?? '').slice(0, 12)})`);
			const reply = await (side as GatewaySide).call(program, request, timeoutMs);
			running.inFlight.set(account, (running.inFlight.get(account) ?? 0) - 1);
			say('gateway', `answers ${program.name}, which ${what}: ${'status' in reply ? reply.status : reply.fault.code}`);
			return reply;
		};
		const product = loadBundle(bundle, {
			program,
			scheduler,
			random: randomOf(program.name),
			modules: {
				'@icloud-ready/core': core,
				'classic-level': levelFor(disk, program),
				'node:fs/promises': files.promises,
				'node:fs': files.sync,
				'sim:transport': {
					createTransport: () => ({
						send: side === undefined ? send : sendToGateway,
						close: async () => await Promise.resolve(),
					}),
				},
			},
		}) as Readonly<Record<'account' | 'createLead', (RED: unknown) => void>>;
		product.account(running.nodeRed.RED);
		product.createLead(running.nodeRed.RED);
		startedAtMs = scheduler.nowMs();
		say(program.name, 'starts');
		running.nodeRed.start(flowOf(running.keys));
		return running;
	};
	const isUp = (running: Running | undefined): running is Running =>
		running?.program.isAlive() === true && !running.isStopping;

	const kill = (running: Running, isPowerCut: boolean): void => {
		if (!running.program.isAlive()) return;
		running.program.kill();
		say(running.program.name, isPowerCut ? 'ends: the power is cut' : 'is killed');
		if (!isPowerCut) return;
		const lost = disk.powerCut();
		// Whatever stood in a write that was said to be safe and is gone: nobody could know of it.
		if (lost.length > 0)
			for (const lead of facts.values()) Object.assign(lead, { mayBeLost: true, mayBeDoubled: true });
	};
	const stop = (running: Running, then: () => void): void => {
		if (!isUp(running)) return;
		running.isStopping = true;
		const beganAtMs = scheduler.nowMs();
		say(running.program.name, 'stops');
		running.nodeRed.stop((isInTime) => {
			const left = [...running.inFlight.values()].reduce((sum, count) => sum + count, 0);
			if (left > 0 && scheduler.nowMs() - beganAtMs < closingMs)
				violated('stops in time', `${running.program.name} stopped while ${left} requests were on their way`);
			if (!isInTime) violated('stops in time', `${running.program.name} took longer to stop than Node-RED waits`);
			say(running.program.name, 'has stopped');
			then();
		});
	};

	const lastOf = (names: readonly string[]): LeadFacts => facts.get(names.at(-1) ?? '') as LeadFacts;
	/** No more are kept than may wait, but for those that are on their way. */
	const judgeQueue = (latest: LeadFacts): void => {
		const account = accountOf(latest.account);
		if (latest.keptAtMs === undefined || account.outbox === 'off') return;
		const kept = [...facts.values()].filter(
			(lead) => lead.account === account.id && lead.keptAtMs !== undefined && isOpen(lead),
		);
		// What a person sends again waits too, whatever room there is.
		if (kept.length > account.outboxMax + account.concurrency)
			violated('queue limit', `${kept.length} leads are kept by account ${account.id}`);
	};

	const give = (event: Extract<Event, { kind: 'leads' }>): void => {
		const running = current;
		if (!isUp(running)) {
			say('world', `nobody takes ${event.leads.map(({ name }) => name).join(', ')}`);
			return;
		}
		const node = plan.nodes.find(({ id }) => id === event.node);
		if (node === undefined) return;
		const names = event.leads.map(({ name }) => name);
		for (const { name, phone } of event.leads)
			facts.set(name, {
				name,
				phone,
				account: node.account,
				node: node.id,
				organizationId: event.organizationId,
				madeUpKey: undefined,
				isOnce: node.duplicates,
				resends: node.unconfirmed === 'resend',
				givenAtMs: scheduler.nowMs(),
				isAcknowledged: false,
				keptAtMs: undefined,
				againAtMs: undefined,
				told: [],
				chosenAtMs: [],
				isActedUpon: false,
				mayBeLost: false,
				mayBeDoubled: false,
				isLogged: false,
			});
		const drafts = event.leads.map(({ name, phone }) => ({ leadInformation: { firstName: name, phone } }));
		say(running.program.name, `is given ${names.join(', ')}`);
		const message: Message = {
			_msgid: names[0],
			sims: names,
			payload: drafts.length === 1 ? drafts[0] : drafts,
			...(event.organizationId === '' ? {} : { organizationId: event.organizationId }),
		};
		running.nodeRed.receive(event.node, message, (error) => {
			if (!running.program.isAlive()) return;
			if (error !== undefined) tell(event.node, message, running);
			for (const name of names) {
				const lead = facts.get(name) as LeadFacts;
				lead.isAcknowledged = true;
				if (lead.told.length === 0 && !running.isStopping) lead.keptAtMs = scheduler.nowMs();
				if (lead.told.length === 0 && running.logged > 0) {
					running.logged--;
					lead.isLogged = true;
				}
			}
			judgeQueue(lastOf(names));
			say(running.program.name, `is done with ${names.join(', ')}`);
		});
	};

	const act = async (event: Extract<Event, { kind: 'person' }>, running: Running): Promise<void> => {
		const [account] = plan.accounts.slice(event.which % plan.accounts.length);
		const outbox = outboxOf(running.nodeRed, account?.id ?? '');
		const shelves = {
			retry: ['unconfirmed', 'ended'],
			arrived: ['unconfirmed'],
			discard: ['waiting', 'unconfirmed'],
		} as const;
		const seen: SeenEntry[] = [];
		for (const shelf of shelves[event.act])
			seen.push(...((await outbox?.list({ shelf, limit: 20 }).catch(() => undefined))?.entries ?? []));
		const entry = seen[event.which % Math.max(1, seen.length)];
		if (entry === undefined || outbox === undefined) return;
		await new Promise<void>((resolve) => running.program.after(event.looksForMs, resolve));
		const name = entry.lead.leadInformation.firstName;
		const lead = facts.get(name);
		say('person', `${event.act} ${name}`);
		if (event.act === 'retry') lead?.chosenAtMs.push(scheduler.nowMs());
		if (lead !== undefined) lead.isActedUpon = true;
		const isDone = await outbox[event.act](entry.id).catch((error: unknown) => String(error));
		say('person', `${event.act} ${name}: ${String(isDone)}`);
		if (lead === undefined || isDone !== true) return;
		lead.againAtMs = event.act === 'retry' ? (lead.againAtMs ?? scheduler.nowMs()) : undefined;
	};

	/** A program of somebody else's: it gives a lead until it is kept, then asks until it has ended. */
	const clientGives = async (event: Extract<Event, { kind: 'client' }>): Promise<void> => {
		if (side === undefined) return;
		const { name, phone } = event.lead;
		const key = event.isMadeUp ? `made-up-${event.account}` : keyOf(event.account);
		const lead: LeadFacts = {
			name,
			phone,
			account: event.account,
			node: 'client',
			organizationId: event.organizationId,
			madeUpKey: event.isMadeUp ? key : undefined,
			isOnce: 'allow',
			resends: false,
			givenAtMs: scheduler.nowMs(),
			isAcknowledged: false,
			keptAtMs: undefined,
			againAtMs: undefined,
			told: [],
			chosenAtMs: [],
			isActedUpon: false,
			mayBeLost: false,
			mayBeDoubled: false,
			isLogged: false,
		};
		facts.set(name, lead);
		const client = { after: scheduler.after, isAlive: () => true };
		const pause = async (ms: number): Promise<void> => await new Promise((resolve) => scheduler.after(ms, resolve));
		const headers = {
			'x-api-key': key,
			organizationId: event.organizationId,
			'content-type': 'application/json',
			prefer: `wait=${Math.floor(event.patienceMs / 2000)}`,
			...(event.isNamed ? { 'idempotency-key': `key-of-${name}` } : {}),
		};
		const post = async (isChanged: boolean): ReturnType<GatewaySide['call']> =>
			await side.call(
				client,
				{
					method: 'POST',
					url: 'https://gateway.test/api/v2/leads',
					headers,
					body: JSON.stringify({
						leadInformation: { firstName: name, phone },
						...(isChanged ? { campaignName: 'other' } : {}),
					}),
				},
				event.patienceMs,
			);
		const url = (id: string): string => `https://gateway.test/api/v2/leads/${id}`;
		let id: string | undefined;
		for (;;) {
			const reply = await post(false);
			say('client', `gives ${name}: ${'status' in reply ? reply.status : reply.fault.code}`);
			if ('fault' in reply) {
				// What may be kept is not given anew without a name.
				if (reply.fault.left && !event.isNamed) return;
			} else if (reply.status !== 503) {
				id = reply.headers['x-gateway-lead'];
				if (id === undefined) return;
				break;
			}
			await pause(3000);
		}
		lead.isAcknowledged = true;
		if (event.isNamed && event.repeats !== 'never') {
			await pause(event.patienceMs);
			const reply = await post(event.repeats === 'changed');
			const other = 'status' in reply ? reply.headers['x-gateway-lead'] : undefined;
			say('client', `gives ${name} again, ${event.repeats}: ${'status' in reply ? reply.status : reply.fault.code}`);
			// It surely was not created: then the same name is a new lead.
			if (other !== undefined && other !== id) id = other;
		}
		for (;;) {
			const reply = await side.call(
				client,
				{ method: 'GET', url: url(id), headers: { ...headers, prefer: 'wait=60' } },
				90_000,
			);
			if ('status' in reply && reply.status !== 202 && reply.headers['x-gateway-lead'] !== undefined) {
				const outcome =
					reply.status === 201
						? 'created'
						: ({
								400: 'invalid',
								401: 'unauthorized',
								403: 'forbidden',
								410: 'failed',
								424: 'failed',
								429: 'rateLimited',
							}[reply.status] ?? 'unconfirmed');
				const body = JSON.parse(reply.body.startsWith('{') ? reply.body : '{}') as { readonly _id?: string };
				const told: Told = { outcome, atMs: scheduler.nowMs(), by: side.name(), leadId: body._id, isUnrecorded: false };
				say('client', `is told ${name} ${outcome} (${reply.status})`);
				const wrong = untruth(lead, told, api.arrivals, isNo);
				if (wrong !== undefined) violated('outcome is the truth', wrong);
				lead.told.push(told);
				return;
			}
			if ('status' in reply && reply.status === 404 && !lead.mayBeLost) {
				violated('one place', `the gateway does not know ${name} any more, which it had taken`);
				return;
			}
			await pause(5000);
		}
	};
	const actAtGateway = async (event: Extract<Event, { kind: 'gatewayPerson' }>): Promise<void> => {
		const queue = side?.opened()?.queue;
		if (queue === undefined) return;
		const lists = { retry: ['unconfirmed', 'ended'], arrived: ['unconfirmed'], discard: ['waiting', 'unconfirmed'] }[
			event.act
		];
		const seen: { readonly id: string; readonly name: string }[] = [];
		for (const list of lists)
			seen.push(
				...(await queue.list(list, { text: '', limit: 20 }).then(
					({ leads }) => leads,
					() => [],
				)),
			);
		const row = seen[event.which % Math.max(1, seen.length)];
		if (row === undefined) return;
		await new Promise<void>((resolve) => scheduler.after(event.looksForMs, resolve));
		const lead = facts.get(row.name);
		say('person', `${event.act} ${row.name} at the gateway`);
		if (event.act === 'retry') lead?.chosenAtMs.push(scheduler.nowMs());
		if (lead !== undefined) lead.isActedUpon = true;
		say(
			'person',
			`${event.act} ${row.name} at the gateway: ${String(await queue[event.act](row.id).catch((error: unknown) => String(error)))}`,
		);
	};

	const mangle = (event: Extract<Event, { kind: 'mangle' }>): void => {
		for (const path of disk.paths()) {
			const folder = disk.folder(path);
			if (folder?.data === undefined || !/outbox/.test(path)) continue;
			// What a running database holds in memory stays as it was.
			if (event.how === 'key' && folder.lockedBy?.isAlive() === true) continue;
			const keys = [...folder.data.keys()].filter((key) => /^(waiting|sending|unconfirmed|ended)!/.test(key)).sort();
			const key = keys[event.which % Math.max(1, keys.length)];
			if (key === undefined) continue;
			const text = folder.data.get(key) ?? '';
			for (const lead of facts.values()) if (text.includes(`"${lead.name}"`)) lead.mayBeLost = true;
			say('disk', `${key} comes back changed (${event.how})`);
			switch (event.how) {
				case 'cut':
					folder.data.set(key, text.slice(0, text.length / 2));
					return;
				case 'field':
					folder.data.set(key, text.replace(/"lead":\{/, '"lead":{"campaignName":7,'));
					return;
				case 'key':
					folder.data.set(key.replace('!', '!x'), text);
					folder.data.delete(key);
					return;
				case 'block':
					folder.broken.add(key);
					return;
			}
		}
	};

	const restart = (downMs: number): void => {
		scheduler.after(downMs, () => {
			if (current === undefined) current = launch();
		});
	};
	const happen = (event: Event): void => {
		switch (event.kind) {
			case 'leads':
				return give(event);
			case 'weather':
				say('world', `the API is ${event.spell.weather} for ${event.forMs} ms (${JSON.stringify(event.spell)})`);
				trouble(event.forMs, event.spell.organizationId);
				return api.spell({ ...event.spell, untilMs: scheduler.nowMs() + event.forMs });
			case 'disk':
				diskFailed = true;
				say('world', `the disk: ${event.spell.what} ${event.spell.fate} for ${event.forMs} ms`);
				trouble(event.forMs);
				return disk.spell({ ...event.spell, untilMs: scheduler.nowMs() + event.forMs });
			case 'lie':
				say('world', `the disk lies for ${event.forMs} ms`);
				return disk.lieUntil(scheduler.nowMs() + event.forMs);
			case 'crash': {
				const running = current;
				if (running === undefined || !running.program.isAlive()) return;
				crashIn = {
					operations: event.afterOperations,
					happen: () => {
						kill(running, event.isPowerCut);
						if (event.isPowerCut && other !== undefined) kill(other, false);
						if (current === running) {
							current = undefined;
							restart(event.downMs);
						}
					},
				};
				if (event.afterOperations === 0) {
					crashIn.happen();
					crashIn = undefined;
				}
				return;
			}
			case 'stop': {
				const running = current;
				if (!isUp(running)) return;
				const ended = (): void => {
					running.program.kill();
					if (current !== running) return;
					current = undefined;
					restart(event.downMs);
				};
				stop(running, ended);
				if (event.isKilledAfterMs !== undefined)
					scheduler.after(event.isKilledAfterMs, () => {
						if (!running.program.isAlive()) return;
						kill(running, false);
						ended();
					});
				return;
			}
			case 'deploy': {
				const running = current;
				if (!isUp(running)) return;
				if (event.renews)
					for (const { id, organizationIds } of plan.accounts) {
						generations.set(id, (generations.get(id) ?? 1) + 1);
						api.grant(keyOf(id), organizationIds);
					}
				stop(running, () => {
					if (!running.program.isAlive()) return;
					const keys = Object.fromEntries(plan.accounts.map(({ id }) => [id, keyOf(id)]));
					running.nodeRed.start(flowOf(keys));
					Object.assign(running, { keys, isStopping: false });
					for (const each of [running.inFlight, running.heldUntilMs, running.refused]) each.clear();
					startedAtMs = scheduler.nowMs();
					say(running.program.name, 'is deployed');
				});
				return;
			}
			case 'revoke':
				say('world', 'keys are taken back');
				trouble(Number.POSITIVE_INFINITY);
				for (const { id } of plan.accounts) api.revoke(keyOf(id));
				return;
			case 'clock':
				say('world', `the clock is set by ${event.byMs} ms`);
				return scheduler.setWall(event.byMs);
			case 'person': {
				const running = current;
				if (isUp(running)) void act(event, running).catch(() => undefined);
				return;
			}
			case 'mangle':
				return mangle(event);
			case 'second': {
				if (other !== undefined) return;
				trouble(Number.POSITIVE_INFINITY);
				other = launch();
				const running = other;
				scheduler.after(event.forMs, () => {
					if (event.ends === 'kill') kill(running, false);
					else stop(running, () => running.program.kill());
				});
			}
		}
	};
	const happenAtGateway = (event: Event): void => {
		if (side === undefined) return;
		switch (event.kind) {
			case 'client':
				return void clientGives(event);
			case 'gateway':
				trouble(30_000);
				if (event.does === 'stop') side.stop();
				else gatewayEnded(side.kill(event.does === 'powerCut'));
				return;
			case 'gatewayDisk':
				trouble(event.forMs);
				say('world', `the gateway's disk: ${event.spell.what} ${event.spell.fate} for ${event.forMs} ms`);
				return side.disk.spell({ ...event.spell, untilMs: scheduler.nowMs() + event.forMs });
			case 'network':
				trouble(event.forMs);
				say('world', `the way to the gateway loses each ${event.loses} for ${event.forMs} ms`);
				return side.spell({ loses: event.loses, share: event.share, untilMs: scheduler.nowMs() + event.forMs });
			case 'gatewayPerson':
				return void actAtGateway(event);
			default:
		}
	};
	disk.onApplied = (operations) => {
		for (const { key, value = '' } of operations)
			if (/^(waiting|sending)!/.test(key))
				for (const lead of facts.values())
					if (!lead.isAcknowledged && value.includes(`"${lead.name}"`)) lead.mayBeDoubled = true;
	};
	disk.onOperation = (program, name) => {
		if (program.isAlive() && !isOver) say(program.name, `  ${name}`);
		if (crashIn === undefined || program !== current?.program) return;
		if (--crashIn.operations > 0) return;
		const now = crashIn;
		crashIn = undefined;
		now.happen();
	};

	side?.start();
	current = launch();
	for (const event of plan.events)
		scheduler.after(event.atMs, () => {
			happen(event);
			happenAtGateway(event);
		});

	/** Since when nothing concerns leads of this organization but what befalls others. */
	const troubledUntilMs = (organizationId: string): number =>
		Math.max(
			startedAtMs,
			askedUntilMs,
			...troubles
				.filter((each) => each.organizationId === undefined || each.organizationId === organizationId)
				.map(({ untilMs }) => untilMs),
		);
	/** Leads that could have left for long, whatever is refused to others: they must have. */
	const judgeBystanders = (): void => {
		if (!isUp(current)) return;
		for (const lead of facts.values()) {
			if (!isOpen(lead) || lead.keptAtMs === undefined || side !== undefined) continue;
			const organizationId =
				lead.organizationId === '' ? (accountOf(lead.account).organizationIds[0] ?? '') : lead.organizationId;
			const sinceMs = Math.max(lead.keptAtMs, troubledUntilMs(organizationId));
			const waitedMs = scheduler.nowMs() - sinceMs;
			if (waitedMs > longestPauseMs + longestProbeMs + minuteMs + facts.size * 10_000)
				violated('comes to an end', `${lead.name} could have left for ${Math.round(waitedMs / 1000)} s`);
		}
	};
	const isOpen = (lead: LeadFacts): boolean =>
		lead.isAcknowledged && lead.told.length === 0 && !lead.isActedUpon && !lead.mayBeLost && !lead.isLogged;
	try {
		await scheduler.runUntil(plan.wellMs);
		judgeBystanders();
		say('world', 'everything works from here on');
		crashIn = undefined;
		api.heal();
		disk.heal();
		side?.heal();
		for (const { id, organizationIds } of plan.accounts) {
			api.grant(keyOf(id), organizationIds);
			for (const key of [current, other]) if (key !== undefined) api.grant(key.keys[id] ?? '', organizationIds);
		}
		if (other !== undefined) kill(other, false);
		await scheduler.runUntil(plan.wellMs + 20_000);
		if (!isUp(current)) current = launch();
		const perLeadMs = Math.max(10_000, ...plan.accounts.map(({ timeoutSeconds }) => 2 * timeoutSeconds * 1000));
		const endMs =
			Math.max(scheduler.nowMs(), askedUntilMs) +
			(plan.gateway === undefined
				? 0
				: longestPauseMs + (5 + plan.gateway.unverifiedMinutes * (1 + facts.size / 10)) * minuteMs) +
			longestPauseMs +
			longestProbeMs +
			minuteMs +
			facts.size * perLeadMs;
		// What was asked for while the last leads left counts too.
		await scheduler.runUntil(endMs);
		if (askedUntilMs > endMs - 10 * minuteMs)
			await scheduler.runUntil(askedUntilMs + longestPauseMs + facts.size * perLeadMs);
		isOver = true;

		const gatewayCounts = side?.opened()?.queue.counts();
		if (side !== undefined) {
			await scheduler.runUntil(scheduler.nowMs() + 10_000);
			const counts = (await gatewayCounts) ?? { waiting: -1, sending: -1 };
			if (counts.waiting !== 0 || counts.sending !== 0)
				violated('comes to an end', `${JSON.stringify(counts)} at the gateway`);
		}
		for (const { id } of plan.accounts) {
			const outbox = outboxOf(current.nodeRed, id);
			const counts = outbox?.counts() ?? { waiting: 0, sending: 0 };
			if ((counts.waiting ?? 0) + (counts.sending ?? 0) > 0)
				violated(
					'comes to an end',
					`${JSON.stringify(counts)} of account ${id}: held for ${String(outbox?.holdReason())}`,
				);
			const places = new Map<string, string>();
			for (const shelf of ['waiting', 'unconfirmed', 'ended']) {
				const page = outbox?.list({ shelf, limit: 1000 }).catch(() => undefined);
				await scheduler.runUntil(scheduler.nowMs() + 10_000);
				for (const entry of (await page)?.entries ?? []) {
					const name = entry.lead.leadInformation.firstName;
					const before = places.get(name);
					if (before !== undefined && facts.get(name)?.mayBeLost === false)
						violated('one place', `${name} stands in ${before} and in ${shelf}`);
					places.set(name, shelf);
				}
			}
		}
		for (const lead of facts.values())
			if (isOpen(lead)) violated('everybody is told', `${lead.name} was taken and never told`);
			else if (lead.againAtMs !== undefined && !lead.mayBeLost)
				violated('everybody is told', `${lead.name} was to be sent again, and nobody heard what became of it`);
		for (const { lead, equal, number } of openDuplicates) {
			const one = facts.get(lead);
			if (one !== undefined && one.told.length > 0 && !one.told.some(({ isUnrecorded }) => isUnrecorded) && !diskFailed)
				violated('once of equal leads', `${lead} was sent by request ${number} although ${equal} may exist`);
		}
	} catch (error) {
		violated('comes to rest', String((error as Error).stack ?? error));
	}
	return { violations, trace, leads: facts.size, arrivals: api.arrivals.length, events: scheduler.count() };
};
