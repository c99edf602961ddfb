import { createRandom, type Random, seedOf } from '../kernel/random';
import { withExtras } from './extras';
import { withRare } from './rare';
import { type Focus, possibleOf } from './focus';
import type { AccountPlan, ClientVisit, Event, GatewayPlan, GivenLead, N8nPlan, NodePlan, Plan } from './plan';
import {
	type GatewayTrouble,
	gatewayShares,
	gatewayTroubleOf,
	gatewayTroubles,
	minuteMs,
	n8nShares,
	type N8nTrouble,
	n8nTroubleOf,
	n8nTroubles,
	shares,
	type Trouble,
	troubleOf,
	troubles,
} from './troubles';

const accountOf = (id: string, random: Random): AccountPlan => ({
	id,
	organizationIds: random.chance(0.5) ? [`${id}-one`] : [`${id}-one`, `${id}-two`, `${id}-three`],
	outbox: random.chance(0.85) ? 'disk' : 'off',
	concurrency: random.pick([1, 1, 2, 3, 5]),
	maxPerSecond: random.pick([0, 0, 0, 2, 10]),
	maxTries: random.pick([1, 1, 2, 5]),
	maxWaitSeconds: random.pick([0, 5, 60]),
	timeoutSeconds: random.pick([2, 10, 30]),
	outboxMax: random.pick([1000, 1000, 1000, 3]),
});

const gatewayOf = (random: Random): GatewayPlan => ({
	concurrency: random.pick([1, 2, 5]),
	maxPerSecond: random.pick([0, 0, 5]),
	maxWaiting: random.pick([1000, 1000, 100]),
	unverifiedMinutes: random.pick([1, 10]),
	waitSeconds: random.pick([1, 20, 60]),
	timeoutSeconds: random.pick([5, 30]),
	stopSeconds: random.pick([1, 10]),
	keepDays: 30,
});

const visitOf = (random: Random, account: AccountPlan, number: number, phones: number): ClientVisit => ({
	kind: 'client',
	lead: {
		name: `Lead${number}`,
		phone: `+2010012${String(phones === 3 ? random.int(1, 3) : number).padStart(5, '0')}`,
	},
	account: account.id,
	isMadeUp: random.chance(0.25),
	organizationId: random.pick(account.organizationIds as [string, ...string[]]),
	isNamed: random.chance(0.6),
	repeats: random.pick(['never', 'same', 'changed']),
	patienceMs: random.pick([500, 5000, 30_000]),
});

/** How much happens in a run: most are small, since what goes wrong takes few leads and few troubles as a rule. */
interface Size {
	readonly accounts: number;
	readonly leads: number;
	readonly troubles: number;
	readonly visits: number;
	readonly gatewayTroubles: number;
	readonly hasGateway: boolean;
	readonly lastMs: number;
}

const sizeOf = (random: Random): Size => {
	const size = random.next();
	if (size < 0.7)
		return {
			accounts: random.chance(0.15) ? 2 : 1,
			leads: random.int(1, 4),
			troubles: random.int(1, 4),
			visits: random.int(0, 2),
			gatewayTroubles: random.int(1, 3),
			hasGateway: random.chance(0.22),
			lastMs: random.pick([2000, 2000, 20_000, 5 * minuteMs, 60 * minuteMs]),
		};
	const isLarge = size > 0.985;
	return {
		accounts: random.pick([1, 1, 2]),
		leads: isLarge ? random.int(12, 60) : random.int(1, 12),
		troubles: random.int(1, 10),
		visits: random.int(0, 6),
		gatewayTroubles: random.int(1, 6),
		hasGateway: random.chance(0.22),
		lastMs: random.pick([2000, 20_000, 5 * minuteMs, 60 * minuteMs]),
	};
};

const nodesOf = (accounts: readonly AccountPlan[], random: Random): readonly NodePlan[] =>
	accounts.flatMap(({ id }): NodePlan[] => {
		const node = (name: string): NodePlan => ({
			id: name,
			account: id,
			duplicates: random.pick(['allow', 'allow', 'run', 'always', 'always']),
			unconfirmed: random.chance(0.9) ? 'report' : 'resend',
			routing: random.pick(['split', 'catch']),
		});
		return random.chance(0.3) ? [node(`${id}-node`), node(`${id}-other`)] : [node(`${id}-node`)];
	});

interface Means {
	readonly random: Random;
	readonly size: Size;
	readonly accounts: readonly AccountPlan[];
	readonly focus: Focus;
	/** So many different phones: few make equal leads. */
	readonly phones: number;
}

/** Messages with leads for the nodes. */
const givenTo = (nodes: readonly NodePlan[], { random, size, accounts, phones }: Means): Event[] => {
	const events: Event[] = [];
	let given = 0;
	const next = (): GivenLead => {
		given++;
		const name = random.chance(0.06) ? 'Refused' : random.chance(0.04) ? 'Nobody' : 'Lead';
		const number = phones === 3 ? random.int(1, 3) : given;
		return {
			name: `${name}${given}`,
			phone: name === 'Nobody' ? '' : `+2010012${String(number).padStart(5, '0')}`,
		};
	};
	while (given < size.leads) {
		const node = random.pick(nodes as [NodePlan, ...NodePlan[]]);
		const account = accounts.find(({ id }) => id === node.account) as AccountPlan;
		const leads = Array.from({ length: random.chance(0.12) ? 4 : 1 }, next);
		events.push({
			atMs: random.chance(0.3) ? random.int(0, 100) : random.int(0, size.lastMs),
			kind: 'leads',
			node: node.id,
			organizationId: random.chance(0.4) ? '' : random.pick(account.organizationIds as [string, ...string[]]),
			leads,
		});
	}
	return events;
};

const whenOf = ({ random, size }: Means): number =>
	random.chance(0.3) ? random.int(0, 200) : random.int(0, size.lastMs);

/** What goes wrong: few kinds at a time, some of them often. */
const troublesOf = (means: Means): Event[] => {
	const { random, size, accounts, focus } = means;
	const possible = possibleOf(troubles, shares, random, focus);
	return Array.from({ length: possible.length === 0 ? 0 : size.troubles }, () => ({
		atMs: whenOf(means),
		...troubleOf(random.pick(possible as [Trouble, ...Trouble[]]), random, accounts, focus.weather),
	}));
};

const atGateway = (means: Means): Event[] => {
	const { random, size, accounts, phones, focus } = means;
	const visits = Array.from({ length: size.visits }, (_, index) => ({
		atMs: whenOf(means),
		...visitOf(random, random.pick(accounts as [AccountPlan, ...AccountPlan[]]), size.leads + 10 + index, phones),
	}));
	const possible = possibleOf(gatewayTroubles, gatewayShares, random, focus);
	const wrong = Array.from({ length: possible.length === 0 ? 0 : size.gatewayTroubles }, () => ({
		atMs: whenOf(means),
		...gatewayTroubleOf(random.pick(possible as [GatewayTrouble, ...GatewayTrouble[]]), random),
	}));
	return [...visits, ...wrong];
};

const n8nOf = (random: Random): N8nPlan => ({
	onError: random.pick(['stopWorkflow', 'stopWorkflow', 'continueRegularOutput', 'continueErrorOutput']),
	retryOnFail: random.chance(0.4),
	outputPerOutcome: random.chance(0.4),
	duplicates: random.pick(['allow', 'run', 'always']),
	unconfirmed: random.chance(0.85) ? 'report' : 'resend',
	concurrency: random.pick([1, 2, 5]),
	maxPerSecond: random.pick([0, 0, 2, 10]),
	maxTries: random.pick([1, 2, 5]),
	maxWaitSeconds: random.pick([0, 5, 60]),
	timeoutSeconds: random.pick([5, 30]),
});

const n8nEvents = (means: Means): Event[] => {
	const { random, size, accounts, phones, focus } = means;
	let given = 0;
	const next = (): GivenLead & { readonly account: string } => {
		const { id } = random.pick(accounts as [AccountPlan, ...AccountPlan[]]);
		given++;
		const name = random.chance(0.08) ? 'Refused' : random.chance(0.04) ? 'Nobody' : 'Lead';
		const number = phones === 3 ? random.int(1, 3) : given;
		const phone = name === 'Nobody' ? '' : `+2010012${String(number).padStart(5, '0')}`;
		return { name: `${name}${given}`, phone, account: id };
	};
	const events: Event[] = [];
	while (given < size.leads)
		events.push({
			atMs: whenOf(means),
			kind: 'execution',
			leads: Array.from({ length: random.int(1, 5) }, next),
		});
	const possible = possibleOf(n8nTroubles, n8nShares, random, focus);
	return [
		...events,
		...Array.from({ length: possible.length === 0 ? 0 : size.troubles }, () => ({
			atMs: whenOf(means),
			...n8nTroubleOf(random.pick(possible as [N8nTrouble, ...N8nTrouble[]]), random, accounts, focus.weather),
		})),
	];
};

/** The whole run of a seed, before it begins. */
export const planOf = (seed: number, focus: Focus = {}): Plan => {
	const random = createRandom(seedOf(seed, 'plan'));
	const { where, settings = {} } = focus;
	const size = sizeOf(random);
	const accounts = ['a', 'b'].slice(0, size.accounts).map((id) => ({ ...accountOf(id, random), ...settings }));
	const nodes = nodesOf(accounts, random).map((node) => ({ ...node, ...settings }));
	const means: Means = { random, size, accounts, focus, phones: random.pick([3, 1000]) };
	const hasGateway = where === undefined ? size.hasGateway : where === 'gateway';
	const gateway = hasGateway ? { ...gatewayOf(random), ...settings } : undefined;
	const hasN8n = random.chance(0.2);
	const n8n = (where === undefined ? hasN8n : where === 'n8n') ? { ...n8nOf(random), ...settings } : undefined;
	const events = [
		...(n8n === undefined ? [...givenTo(nodes, means), ...troublesOf(means)] : n8nEvents(means)),
		...(gateway === undefined ? [] : atGateway(means)),
	].sort((one, other) => one.atMs - other.atMs);
	const plan: Plan = {
		seed,
		accounts,
		nodes: n8n === undefined ? nodes : [],
		n8n,
		gateway,
		apiLimit: focus.apiLimit ?? random.pick([0, 0, 0, 1, 3]),
		events,
		wellMs: size.lastMs + random.pick([0, minuteMs, 11 * minuteMs]),
	};
	const isWhole = Object.keys(focus).length === 0;
	const whole = isWhole || focus.extras === 'often' ? withExtras(plan, size.lastMs, isWhole ? 1 : 3) : plan;
	return isWhole || focus.rare !== undefined ? withRare(whole, size.lastMs, focus.rare) : whole;
};
