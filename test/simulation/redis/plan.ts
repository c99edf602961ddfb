import type { ApiSpell, RetryAfter, Weather } from '../api/api';
import type { QuotaPlan } from '../api/quota';
import { createRandom, type Random, seedOf } from '../kernel/random';
import type { RedisSpell } from './redisServer';

export type Event = { readonly atMs: number } & (
	| {
			readonly kind: 'lead';
			readonly lead: number;
			readonly account: number;
			readonly at: number;
			readonly isNamed: boolean;
	  }
	| { readonly kind: 'api'; readonly forMs: number; readonly spell: Omit<ApiSpell, 'untilMs'> }
	| { readonly kind: 'redis'; readonly forMs: number; readonly spell: RedisSpell['kind'] }
	| { readonly kind: 'cut' }
	| { readonly kind: 'gateway'; readonly does: 'kill' | 'stop'; readonly at: number; readonly downMs: number }
	| { readonly kind: 'clock'; readonly byMs: number }
);

/** A whole run, before it begins. */
export interface Plan {
	readonly seed: number;
	readonly gateways: number;
	readonly concurrency: number;
	readonly maxPerSecond: number;
	readonly timeoutSeconds: number;
	readonly waitSeconds: number;
	/** Leads that the API takes of one key in a window, and what it tells of that; left out: any number, and nothing. */
	readonly limit?: { readonly most: number; readonly quota: QuotaPlan };
	/** In the order of their time. */
	readonly events: readonly Event[];
	/** From here on everything works. */
	readonly wellMs: number;
}

const troubles = ['api', 'redis', 'cut', 'gateway', 'clock'] as const;
const weathers: readonly [Weather, ...Weather[]] = [
	'away',
	'slow',
	'401',
	'403',
	'429',
	'500',
	'503',
	'lostBefore',
	'lostAfter',
];

const forMsOf = (random: Random): number =>
	random.pick([random.int(50, 1000), random.int(500, 5000), random.int(5000, 60_000)]);

const troubleOf = (kind: (typeof troubles)[number], random: Random, gateways: number, atMs: number): Event => {
	switch (kind) {
		case 'api': {
			const asked: RetryAfter = random.pick<RetryAfter>([
				{ kind: 'none' },
				{ kind: 'seconds', seconds: random.pick([0, 1, 20, 120]) },
			]);
			const spell = { weather: random.pick(weathers), share: random.pick([1, 0.5, 0.2]), asked };
			return { atMs, kind, forMs: forMsOf(random), spell };
		}
		case 'redis':
			return { atMs, kind, forMs: forMsOf(random), spell: random.pick(['away', 'answersLost', 'answersLost', 'slow']) };
		case 'cut':
			return { atMs, kind };
		case 'gateway':
			return {
				atMs,
				kind,
				does: random.pick(['kill', 'kill', 'stop']),
				at: random.int(0, gateways - 1),
				downMs: random.pick([10, 2000, 60_000]),
			};
		case 'clock':
			return { atMs, kind, byMs: random.pick([-5000, -1000, 5000, 3_600_000]) };
	}
};

/** Of some plans, by a chance of its own: so many leads of one key that what the API tells of its limit is believed. */
const withLimit = (plan: Plan): Plan => {
	const random = createRandom(seedOf(plan.seed, 'redis limit'));
	if (!random.chance(0.35)) return plan;
	const windowSeconds = random.pick([1, 5, 12, 30, 30]);
	const everyMs = random.pick([300, 1000]);
	const leads = Array.from(
		{ length: 24 },
		(_, at): Event => ({
			atMs: at * everyMs,
			kind: 'lead',
			lead: 20 + at,
			account: at % 2,
			at: at % plan.gateways,
			isNamed: true,
		}),
	);
	// It learns again what was noted of the limit.
	const restart: readonly Event[] = random.chance(0.6)
		? [{ atMs: random.int(5000, 20_000), kind: 'gateway', does: 'kill', at: 0, downMs: 10 }]
		: [];
	return {
		...plan,
		limit: {
			most: random.pick([6, 8, 12]),
			quota: {
				family: random.pick(['policy', 'draft7', 'bare', 'extended']),
				tells: random.pick(['truth', 'truth', 'uneven', 'generous']),
				windowSeconds,
			},
		},
		events: [...plan.events, ...leads, ...restart].sort((one, other) => one.atMs - other.atMs),
	};
};

/** The same seed is the same plan. */
export const planOf = (seed: number): Plan => {
	const random = createRandom(seedOf(seed, 'redis plan'));
	const gateways = random.pick([1, 2, 2, 3]);
	const wellMs = random.pick([10_000, 60_000, 300_000]);
	const chosen = troubles.filter(() => random.chance(0.5));
	const leads = Array.from(
		{ length: random.int(3, 14) },
		(_, lead): Event => ({
			atMs: random.int(0, wellMs),
			kind: 'lead',
			lead,
			account: random.int(0, 2),
			at: random.int(0, gateways - 1),
			isNamed: random.chance(0.8),
		}),
	);
	const events = Array.from({ length: chosen.length === 0 ? 0 : random.int(1, 10) }, () =>
		troubleOf(
			random.pick(chosen as [(typeof troubles)[number], ...(typeof troubles)[number][]]),
			random,
			gateways,
			random.int(0, wellMs),
		),
	);
	return withLimit({
		seed,
		gateways,
		concurrency: random.pick([1, 2, 5]),
		maxPerSecond: random.pick([0, 0, 0, 2]),
		timeoutSeconds: random.pick([5, 30]),
		waitSeconds: random.pick([1, 10]),
		events: [...leads, ...events].sort((one, other) => one.atMs - other.atMs),
		wellMs,
	});
};
