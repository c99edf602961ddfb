import type { ApiSpell, Asked, Weather } from '../api/api';
import type { DiskSpell } from '../disk/disk';
import { createRandom, type Random, seedOf } from '../kernel/random';

/** Somebody or something does this at a time of its own; a schedule is nothing but a list of them. */
export type Event = { readonly atMs: number } & Act;

export type Act =
	| {
			readonly kind: 'leads';
			readonly node: string;
			readonly organizationId: string;
			readonly leads: readonly GivenLead[];
	  }
	| { readonly kind: 'weather'; readonly forMs: number; readonly spell: Omit<ApiSpell, 'untilMs'> }
	| { readonly kind: 'disk'; readonly forMs: number; readonly spell: Omit<DiskSpell, 'untilMs'> }
	| { readonly kind: 'lie'; readonly forMs: number }
	| { readonly kind: 'crash'; readonly afterOperations: number; readonly isPowerCut: boolean; readonly downMs: number }
	| { readonly kind: 'stop'; readonly downMs: number; readonly isKilledAfterMs?: number }
	| { readonly kind: 'deploy'; readonly renews: boolean }
	| { readonly kind: 'revoke' }
	| { readonly kind: 'clock'; readonly byMs: number }
	| {
			readonly kind: 'person';
			readonly act: 'retry' | 'arrived' | 'discard';
			readonly which: number;
			readonly looksForMs: number;
	  }
	| { readonly kind: 'mangle'; readonly how: 'cut' | 'field' | 'key' | 'block'; readonly which: number }
	| { readonly kind: 'second'; readonly forMs: number; readonly ends: 'stop' | 'kill' }
	| ClientAct
	| { readonly kind: 'gateway'; readonly does: 'stop' | 'kill' | 'powerCut' }
	| { readonly kind: 'gatewayDisk'; readonly forMs: number; readonly spell: Omit<DiskSpell, 'untilMs'> }
	| { readonly kind: 'network'; readonly forMs: number; readonly loses: 'request' | 'answer'; readonly share: number }
	| {
			readonly kind: 'gatewayPerson';
			readonly act: 'retry' | 'arrived' | 'discard';
			readonly which: number;
			readonly looksForMs: number;
	  };

/** Somebody calls the gateway with a program of their own. */
export interface ClientAct {
	readonly kind: 'client';
	readonly lead: GivenLead;
	/** Whose key it has; `madeUp`: one that nobody gave it. */
	readonly account: string;
	readonly isMadeUp: boolean;
	readonly organizationId: string;
	/** Whether it names its lead, and so may send it again. */
	readonly isNamed: boolean;
	/** Sends it once more although it was told that it is kept; with another body perhaps. */
	readonly repeats: 'never' | 'same' | 'changed';
	readonly patienceMs: number;
}

/** Settings of the gateway. */
export interface GatewayPlan {
	readonly concurrency: number;
	readonly maxPerSecond: number;
	readonly maxWaiting: number;
	readonly unverifiedMinutes: number;
	readonly waitSeconds: number;
	readonly timeoutSeconds: number;
	readonly stopSeconds: number;
	readonly keepDays: number;
}

export interface GivenLead {
	readonly name: string;
	readonly phone: string;
}

export interface AccountPlan {
	readonly id: string;
	readonly organizationIds: readonly [string, ...string[]];
	readonly outbox: 'disk' | 'off';
	readonly concurrency: number;
	readonly maxPerSecond: number;
	readonly maxTries: number;
	readonly maxWaitSeconds: number;
	readonly timeoutSeconds: number;
	readonly outboxMax: number;
}

export interface NodePlan {
	readonly id: string;
	readonly account: string;
	readonly duplicates: 'allow' | 'run' | 'always';
	readonly unconfirmed: 'report' | 'resend';
	readonly routing: 'split' | 'catch';
}

/** A whole run, before it begins: the same seed is the same plan. */
export interface Plan {
	readonly seed: number;
	readonly accounts: readonly AccountPlan[];
	readonly nodes: readonly NodePlan[];
	/** Undefined: accounts send to the API itself. */
	readonly gateway: GatewayPlan | undefined;
	/** Leads a second that the API takes of one key; 0: any number. */
	readonly apiLimit: number;
	readonly events: readonly Event[];
	/** From here on everything works. */
	readonly wellMs: number;
}

const minuteMs = 60_000;

const weatherOf = (random: Random): Omit<ApiSpell, 'untilMs'> => {
	const weather: Weather = random.pick([
		'away',
		'away',
		'slow',
		'401',
		'403',
		'429',
		'429',
		'500',
		'503',
		'503',
		'408',
		'lostBefore',
		'lostAfter',
		'lostAfter',
		'garbage',
		'redirect',
	]);
	const asked: Asked =
		weather === '429' || weather === '503' || weather === '408'
			? random.pick<Asked>([
					{ kind: 'none' },
					{ kind: 'nonsense' },
					{ kind: 'seconds', seconds: random.pick([0, 1, 5, 30, 90, 7200, 10_000_000]) },
					{ kind: 'date', seconds: random.pick([-60, 0, 2, 45, 600]) },
				])
			: { kind: 'none' };
	return { weather, share: random.pick([1, 1, 0.7, 0.3]), asked };
};

const diskSpellOf = (random: Random): Omit<DiskSpell, 'untilMs'> => ({
	what: random.pick(['write', 'write', 'write', 'read', 'open']),
	fate: random.pick(['fails', 'applied']),
	share: random.pick([1, 0.6, 0.3]),
});

/** What may go wrong in this run at all: few things at a time meet in more ways than all things at once. */
const troubles = ['weather', 'disk', 'lie', 'crash', 'stop', 'deploy', 'clock', 'person', 'mangle', 'second'] as const;
type Trouble = (typeof troubles)[number];

/** How likely each is in a run: what excuses much is rare. */
const shares: Readonly<Record<Trouble, number>> = {
	weather: 0.8,
	disk: 0.4,
	lie: 0.06,
	crash: 0.35,
	stop: 0.25,
	deploy: 0.25,
	clock: 0.2,
	person: 0.5,
	mangle: 0.12,
	second: 0.12,
};

const spanOf = (random: Random): number =>
	random.pick([
		random.int(50, 3000),
		random.int(1000, 30_000),
		random.int(10_000, 10 * minuteMs),
		random.int(100, 1000),
	]);

const actOf = (trouble: Trouble, random: Random, accounts: readonly AccountPlan[]): Act => {
	switch (trouble) {
		case 'weather': {
			const spell = weatherOf(random);
			const account = random.pick(accounts as [AccountPlan, ...AccountPlan[]]);
			const organizationId = random.pick(account.organizationIds as [string, ...string[]]);
			const isOfOne = spell.weather === '403' || random.chance(0.15);
			// Long enough that whoever is not concerned must have left meanwhile.
			if (spell.weather === '403' && random.chance(0.4))
				return { kind: 'weather', forMs: 60 * minuteMs, spell: { ...spell, organizationId, share: 1 } };
			return { kind: 'weather', forMs: spanOf(random), spell: isOfOne ? { ...spell, organizationId } : spell };
		}
		case 'disk':
			return { kind: 'disk', forMs: spanOf(random), spell: diskSpellOf(random) };
		case 'lie':
			return { kind: 'lie', forMs: spanOf(random) };
		case 'crash':
			return {
				kind: 'crash',
				afterOperations: random.int(0, 6),
				isPowerCut: random.chance(0.3),
				downMs: random.pick([0, 10, 5000, 600_000]),
			};
		case 'stop':
			return {
				kind: 'stop',
				downMs: random.pick([0, 10, 5000]),
				...(random.chance(0.3) ? { isKilledAfterMs: random.int(0, 16_000) } : {}),
			};
		case 'deploy':
			return random.chance(0.3) ? { kind: 'revoke' } : { kind: 'deploy', renews: random.chance(0.5) };
		case 'clock':
			return {
				kind: 'clock',
				byMs: random.pick([-40, -3600, -5, 5, 30, 3600, 4_000_000]) * 1000 * (random.chance(0.5) ? 1 : 24),
			};
		case 'person':
			return {
				kind: 'person',
				act: random.pick(['retry', 'retry', 'retry', 'arrived', 'discard', 'discard']),
				which: random.int(0, 5),
				looksForMs: random.pick([0, 1, 3, 20, 500, 5000]),
			};
		case 'mangle':
			return { kind: 'mangle', how: random.pick(['cut', 'field', 'key', 'block']), which: random.int(0, 9) };
		case 'second':
			return { kind: 'second', forMs: random.int(100, 10 * minuteMs), ends: random.pick(['stop', 'kill']) };
	}
};

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

const gatewayTroubles = ['gateway', 'gatewayDisk', 'network', 'gatewayPerson'] as const;
type GatewayTrouble = (typeof gatewayTroubles)[number];

const gatewayActOf = (trouble: GatewayTrouble, random: Random): Act => {
	switch (trouble) {
		case 'gateway':
			return { kind: 'gateway', does: random.pick(['stop', 'kill', 'powerCut']) };
		case 'gatewayDisk':
			return { kind: 'gatewayDisk', forMs: spanOf(random), spell: diskSpellOf(random) };
		case 'network':
			return {
				kind: 'network',
				forMs: spanOf(random),
				loses: random.pick(['request', 'answer']),
				share: random.pick([1, 0.5]),
			};
		case 'gatewayPerson':
			return {
				kind: 'gatewayPerson',
				act: random.pick(['retry', 'arrived', 'discard']),
				which: random.int(0, 5),
				looksForMs: random.pick([0, 1, 3, 20, 500]),
			};
	}
};

const clientOf = (random: Random, account: AccountPlan, number: number, phones: number): ClientAct => ({
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

export const planOf = (seed: number): Plan => {
	const random = createRandom(seedOf(seed, 'plan'));
	const accounts = ['a', 'b'].slice(0, random.pick([1, 1, 2])).map((id) => accountOf(id, random));
	const nodes = accounts.flatMap(({ id }): NodePlan[] => {
		const node = (name: string): NodePlan => ({
			id: name,
			account: id,
			duplicates: random.pick(['allow', 'allow', 'run', 'always', 'always']),
			unconfirmed: random.chance(0.9) ? 'report' : 'resend',
			routing: random.pick(['split', 'catch']),
		});
		return random.chance(0.3) ? [node(`${id}-node`), node(`${id}-other`)] : [node(`${id}-node`)];
	});
	const lastMs = random.pick([2000, 20_000, 5 * minuteMs, 60 * minuteMs]);
	const events: Event[] = [];
	const leadCount = random.int(1, 12);
	let given = 0;
	const phones = random.pick([3, 1000]);
	while (given < leadCount) {
		const node = random.pick(nodes as [NodePlan, ...NodePlan[]]);
		const account = accounts.find(({ id }) => id === node.account) as AccountPlan;
		const leads = Array.from({ length: random.chance(0.12) ? 4 : 1 }, (): GivenLead => {
			given++;
			const name = random.chance(0.06) ? 'Refused' : random.chance(0.04) ? 'Nobody' : 'Lead';
			const number = phones === 3 ? random.int(1, 3) : given;
			return {
				name: `${name}${given}`,
				phone: name === 'Nobody' ? '' : `+2010012${String(number).padStart(5, '0')}`,
			};
		});
		events.push({
			atMs: random.chance(0.3) ? random.int(0, 100) : random.int(0, lastMs),
			kind: 'leads',
			node: node.id,
			organizationId: random.chance(0.4) ? '' : random.pick(account.organizationIds as [string, ...string[]]),
			leads,
		});
	}
	const possible = troubles.filter((trouble) => random.chance(shares[trouble]));
	const troubleCount = possible.length === 0 ? 0 : random.int(1, 10);
	for (let index = 0; index < troubleCount; index++) {
		const trouble = random.pick(possible as [Trouble, ...Trouble[]]);
		events.push({
			atMs: random.chance(0.3) ? random.int(0, 200) : random.int(0, lastMs),
			...actOf(trouble, random, accounts),
		});
	}
	const gateway = random.chance(0.3) ? gatewayOf(random) : undefined;
	if (gateway !== undefined) {
		const count = random.int(0, 6);
		for (let index = 0; index < count; index++) {
			const account = random.pick(accounts as [AccountPlan, ...AccountPlan[]]);
			events.push({
				atMs: random.chance(0.3) ? random.int(0, 200) : random.int(0, lastMs),
				...clientOf(random, account, leadCount + 10 + index, phones),
			});
		}
		const ways = gatewayTroubles.filter(() => random.chance(0.35));
		const many = ways.length === 0 ? 0 : random.int(1, 6);
		for (let index = 0; index < many; index++)
			events.push({
				atMs: random.chance(0.3) ? random.int(0, 200) : random.int(0, lastMs),
				...gatewayActOf(random.pick(ways as [GatewayTrouble, ...GatewayTrouble[]]), random),
			});
	}
	events.sort((one, other) => one.atMs - other.atMs);
	return {
		seed,
		accounts,
		nodes,
		gateway,
		apiLimit: random.pick([0, 0, 0, 1, 3]),
		events,
		wellMs: lastMs + random.pick([0, minuteMs, 11 * minuteMs]),
	};
};
