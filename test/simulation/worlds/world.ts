import { type Api, type Arrival, createApi } from '../api/api';
import { createDisk, type Disk } from '../disk/disk';
import type { NodeRed } from '../host/nodeRed';
import type { Bundle, Program } from '../host/process';
import { createRandom, type Random, seedOf } from '../kernel/random';
import { createScheduler, type Scheduler } from '../kernel/scheduler';
import { createTrace, type Trace } from '../kernel/trace';
import { isDefiniteNo, type LeadFacts, type Rule, type Violation } from './facts';
import type { GatewaySide } from './gatewaySide';
import type { N8nSide } from './n8nSide';
import type { FolderCopy } from './oldFolders';
import type { AccountPlan, Plan } from './plan';

/** The product's own code, ready to be run by any number of programs. */
export interface WorldBundles {
	readonly core: unknown;
	readonly nodeRed: Bundle;
	readonly n8n: Bundle;
	readonly gateway: Bundle;
	/** The same code, in which few leads are many: see `smallNumbers.mjs`. */
	readonly small: { readonly nodeRed: Bundle; readonly gateway: Bundle };
	/** Gives modules of Node.js and of npm that nothing stands in for. */
	readonly required: (name: string) => unknown;
}

/** One Node-RED with its flows. */
export interface Running {
	readonly program: Program;
	readonly nodeRed: NodeRed;
	/** The key of each account as it was deployed here. */
	keys: Readonly<Record<string, string>>;
	isStopping: boolean;
	/** Its nodes are closed just now, to be made anew. */
	isRenewing: boolean;
	/** Requests of each account that were answered 401 in a row, and when the first of them was. */
	readonly refused: Map<string, { count: number; readonly sinceMs: number }>;
	/** How many failures it has put into its log, since the nodes behind the outputs had stopped. */
	logged: number;
	/** How many requests of each account are on their way. */
	readonly inFlight: Map<string, number>;
	readonly lastLeft: Map<string, number[]>;
	readonly heldUntilMs: Map<string, number>;
}

/** What the gateway does with one key. */
export interface KeyTraffic {
	inFlight: number;
	readonly left: number[];
	heldUntilMs: number;
	/** Since when. */
	heldAtMs: number;
}

/** Everything of one run: the machines, the people, and what is known of every lead. */
export interface World {
	readonly plan: Plan;
	readonly bundles: WorldBundles;
	readonly scheduler: Scheduler;
	readonly trace: Trace;
	readonly disk: Disk;
	readonly api: Api;
	readonly violations: Violation[];
	readonly facts: Map<string, LeadFacts>;
	/** By number of a request: whether its answer asked to come again. */
	readonly asked: Map<number, boolean>;
	/** How often the key of an account was renewed. */
	readonly generations: Map<string, number>;
	readonly byKey: Map<string, KeyTraffic>;
	/** Sent although an equal lead may exist: wrong unless its giver is told that there was no record. */
	readonly openDuplicates: { readonly lead: string; readonly equal: string; readonly number: number }[];
	/** The keys that programs of others have for leads which the gateway does not keep yet. */
	readonly clientKeys: Map<string, { readonly key: string; readonly account: string }>;
	/** What concerns whom until when. */
	readonly troubles: { readonly organizationId: string | undefined; readonly untilMs: number }[];
	readonly randomOf: (subject: string) => Random;
	readonly say: (who: string, what: string) => void;
	readonly violated: (rule: Rule, says: string) => void;
	side: GatewaySide | undefined;
	n8n: N8nSide | undefined;
	current: Running | undefined;
	other: Running | undefined;
	/** Two programs have used one folder. */
	wasShared: boolean;
	programs: number;
	/** When the one that runs was started, or its flows were deployed. */
	startedAtMs: number;
	/** What somebody copied of all stores. */
	copies: ReadonlyMap<string, FolderCopy> | undefined;
	crashIn: { operations: number; readonly happen: () => void } | undefined;
	/** Until then an answer has asked to wait. */
	askedUntilMs: number;
	diskFailed: boolean;
	gatewayDiskFailed: boolean;
	/** Until then a disk hung: what it kept waiting goes on together then. */
	hungUntilMs: number;
	/** Nodes with a failure in the log that was taken for that of a lead which was told then. */
	readonly logsOfOthers: string[];
	isOver: boolean;
}

/** When each run begins, in ms since 1970. */
export const startMs = Date.UTC(2026, 10, 20, 8);

export const createWorld = (plan: Plan, bundles: WorldBundles): World => {
	const scheduler = createScheduler(startMs);
	const trace = createTrace();
	const randomOf = (subject: string): Random => createRandom(seedOf(plan.seed, subject));
	const violations: Violation[] = [];
	const say = (who: string, what: string): void => trace.say(scheduler.nowMs(), who, what);
	return {
		plan,
		bundles,
		scheduler,
		trace,
		disk: createDisk(scheduler, randomOf('disk')),
		api: createApi(scheduler, randomOf('api')),
		violations,
		facts: new Map(),
		asked: new Map(),
		generations: new Map(plan.accounts.map(({ id }) => [id, 1])),
		byKey: new Map(),
		openDuplicates: [],
		clientKeys: new Map(),
		troubles: [],
		randomOf,
		say,
		violated: (rule, says) => {
			if (violations.some((known) => known.rule === rule && known.says === says)) return;
			violations.push({ rule, says });
			say('RULE', `${rule}: ${says}`);
		},
		side: undefined,
		n8n: undefined,
		current: undefined,
		other: undefined,
		wasShared: false,
		programs: 0,
		startedAtMs: 0,
		copies: undefined,
		crashIn: undefined,
		askedUntilMs: 0,
		diskFailed: false,
		gatewayDiskFailed: false,
		hungUntilMs: Number.NEGATIVE_INFINITY,
		logsOfOthers: [],
		isOver: false,
	};
};

export const accountOf = ({ plan }: World, id: string): AccountPlan =>
	plan.accounts.find((each) => each.id === id) as AccountPlan;
export const keyOf = ({ generations }: World, account: string): string =>
	`key-${account}-${generations.get(account) ?? 1}`;
export const organizationOf = (world: World, lead: LeadFacts): string =>
	lead.organizationId === '' ? accountOf(world, lead.account).organizationIds[0] : lead.organizationId;
export const isNo =
	({ asked }: World) =>
	(arrival: Arrival): boolean =>
		isDefiniteNo(arrival, asked.get(arrival.number) === true);
export const isUp = (running: Running | undefined): running is Running =>
	running?.program.isAlive() === true && !running.isStopping;
/** Whether somebody was told that it is taken and nobody what became of it. */
export const isOpen = (lead: LeadFacts): boolean =>
	lead.isAcknowledged && lead.told.length === 0 && !lead.isActedUpon && !lead.mayBeLost && !lead.isLogged;
/** Something concerns leads of this organization, or all, from now on and for so long. */
export const trouble = ({ troubles, scheduler }: World, forMs: number, organizationId?: string): void => {
	troubles.push({ organizationId, untilMs: scheduler.nowMs() + forMs });
};
/** What was said to be on disk is gone: nobody could know of it. */
export const forgetWrites = ({ facts }: World, lost: readonly string[]): void => {
	if (lost.length > 0) for (const lead of facts.values()) Object.assign(lead, { mayBeLost: true, mayBeDoubled: true });
};
export const nameIn = (body: string): string =>
	(JSON.parse(body) as { readonly leadInformation: { readonly firstName: string } }).leadInformation.firstName;
