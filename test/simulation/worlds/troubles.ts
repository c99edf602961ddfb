import type { ApiSpell, RetryAfter, Weather } from '../api/api';
import type { DiskSpell } from '../disk/disk';
import type { Random } from '../kernel/random';
import type { AccountPlan, Damage, Happening } from './plan';

export const minuteMs = 60_000;

const weathers: readonly [Weather, ...Weather[]] = [
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
];

const weatherOf = (random: Random, among = weathers): Omit<ApiSpell, 'untilMs'> => {
	const weather = random.pick(among);
	const asked: RetryAfter =
		weather === '429' || weather === '503' || weather === '408'
			? random.pick<RetryAfter>([
					{ kind: 'none' },
					{ kind: 'nonsense' },
					{ kind: 'varied' },
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

const damageOf = (random: Random): Damage => random.pick(['cut', 'field', 'key', 'block']);

/** What may go wrong in this run at all: few things at a time meet in more ways than all things at once. */
export const troubles = [
	'weather',
	'disk',
	'lie',
	'crash',
	'stop',
	'deploy',
	'clock',
	'person',
	'mangle',
	'second',
] as const;
export type Trouble = (typeof troubles)[number];

/** How likely each is in a run: what excuses much is rare. */
export const shares: Readonly<Record<Trouble, number>> = {
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
		random.chance(0.3) ? random.int(20 * minuteMs, 60 * minuteMs) : random.int(100, 60_000),
	]);

/** Whoever is asked to come again at once does so hundreds of times, which tells no more than dozens. */
const longestMs = (asked: RetryAfter | undefined): number =>
	asked?.kind === 'seconds' || asked?.kind === 'date'
		? Math.max(20_000, asked.seconds * 20_000)
		: Number.POSITIVE_INFINITY;

export const troubleOf = (
	trouble: Trouble,
	random: Random,
	accounts: readonly AccountPlan[],
	among?: readonly [Weather, ...Weather[]],
): Happening => {
	switch (trouble) {
		case 'weather': {
			const spell = weatherOf(random, among);
			const account = random.pick(accounts as [AccountPlan, ...AccountPlan[]]);
			const organizationId = random.pick(account.organizationIds as [string, ...string[]]);
			const isOfOne = spell.weather === '403' || random.chance(0.15);
			// Long enough that whoever is not concerned must have left meanwhile.
			if (spell.weather === '403' && random.chance(0.4))
				return { kind: 'weather', forMs: 60 * minuteMs, spell: { ...spell, organizationId, share: 1 } };
			return {
				kind: 'weather',
				forMs: Math.min(spanOf(random), longestMs(spell.asked)),
				spell: isOfOne ? { ...spell, organizationId } : spell,
			};
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
			return { kind: 'mangle', how: damageOf(random), which: random.int(0, 9) };
		case 'second':
			return { kind: 'second', forMs: random.int(100, 10 * minuteMs), ends: random.pick(['stop', 'kill']) };
	}
};

/** Of what misbehaves at the gateway, how likely each is in a run. */
export const gatewayShares: Readonly<Record<GatewayTrouble, number>> = {
	gateway: 0.35,
	gatewayDisk: 0.35,
	gatewayLie: 0.06,
	gatewayMangle: 0.1,
	network: 0.35,
	gatewayPerson: 0.35,
};

export const gatewayTroubles = [
	'gateway',
	'gatewayDisk',
	'gatewayLie',
	'gatewayMangle',
	'network',
	'gatewayPerson',
] as const;
export type GatewayTrouble = (typeof gatewayTroubles)[number];

export const gatewayTroubleOf = (trouble: GatewayTrouble, random: Random): Happening => {
	switch (trouble) {
		case 'gateway':
			return {
				kind: 'gateway',
				does: random.pick(['stop', 'kill', 'powerCut']),
				afterOperations: random.pick([0, 0, 1, 2, 5]),
			};
		case 'gatewayLie':
			return { kind: 'gatewayLie', forMs: spanOf(random) };
		case 'gatewayMangle':
			return { kind: 'gatewayMangle', how: damageOf(random), which: random.int(0, 9) };
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

export const n8nTroubles = ['weather', 'renew', 'clock', 'kill', 'cancel', 'again', 'record'] as const;
export type N8nTrouble = (typeof n8nTroubles)[number];

/** How likely each is in a run of n8n. */
export const n8nShares: Readonly<Record<N8nTrouble, number>> = {
	weather: 0.85,
	renew: 0.2,
	clock: 0.15,
	kill: 0.3,
	cancel: 0.2,
	again: 0.5,
	record: 0.15,
};

export const n8nTroubleOf = (
	trouble: N8nTrouble,
	random: Random,
	accounts: readonly AccountPlan[],
	among?: readonly [Weather, ...Weather[]],
): Happening => {
	switch (trouble) {
		case 'weather':
		case 'clock':
			return troubleOf(trouble, random, accounts, among);
		case 'renew':
			return troubleOf('deploy', random, accounts);
		case 'kill':
		case 'cancel':
		case 'again':
			return { kind: 'n8n', does: trouble, which: random.int(0, 5) };
		case 'record':
			return {
				kind: 'n8nRecord',
				forMs: spanOf(random),
				fate: random.pick(['fails', 'applied']),
				share: random.pick([1, 0.5]),
			};
	}
};
