import type { QueueCounts } from '../leads/leadQueue';
import { type HeldLeads, holdReasons, outcomeKinds } from '@icloud-ready/core';
import type { NotLeaving } from '@icloud-ready/outbox';

/** Upper bounds of the histogram, in seconds. */
const bounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600] as const;

/** What this gateway has counted since its start; no person and no key is in it. */
export interface Metrics {
	readonly ended: (outcome: string, tookMs: number | undefined) => void;
	readonly attempt: (status: number | null) => void;
	/** A lead was not kept, for this reason. */
	readonly unkept: (why: string) => void;
	/** Something that is kept is not read by this gateway: what it is, and why. */
	readonly unread: (what: string, why: string) => void;
	/** Leads could have left for a minute and have not, for this reason. */
	readonly notLeaving: (reason: string) => void;
	readonly counts: () => Counts;
}

interface Counts {
	readonly byOutcome: ReadonlyMap<string, number>;
	readonly byRefusal: ReadonlyMap<string, number>;
	/** By what and why, parted by a space. */
	readonly byUnread: ReadonlyMap<string, number>;
	/** How often leads that could have left did not, by why. */
	readonly byNotLeaving: ReadonlyMap<string, number>;
	readonly attempts: number;
	readonly limited: number;
	/** How many leads ended within each bound, and beyond the last. */
	readonly within: readonly number[];
	readonly seconds: number;
}

/** What a gateway is, and what holds its leads back. */
export interface GatewayFacts {
	readonly version: string;
	readonly store: 'disk' | 'redis';
	readonly maxWaiting: number;
	/** Left out where the store does not say. */
	readonly held?: readonly HeldLeads[] | undefined;
}

/** Why a lead is not kept, as far as too many wait. */
const refusals = { full: 'all', keyFull: 'key', unverifiedFull: 'unverified' } as const;

export const createMetrics = (): Metrics => {
	const byOutcome = new Map<string, number>(outcomeKinds.map(({ kind }) => [kind, 0]));
	const byRefusal = new Map<string, number>(Object.values(refusals).map((part) => [part, 0]));
	const byUnread = new Map<string, number>(['lead newer', 'lead damaged'].map((kind) => [kind, 0]));
	const byNotLeaving = new Map<string, number>();
	const within = [...bounds, Number.POSITIVE_INFINITY].map(() => 0);
	let [attempts, limited, seconds] = [0, 0, 0];
	return {
		ended: (outcome, tookMs) => {
			byOutcome.set(outcome, (byOutcome.get(outcome) ?? 0) + 1);
			if (tookMs === undefined) return;
			const at = bounds.findIndex((bound) => tookMs <= bound * 1000);
			const index = at === -1 ? bounds.length : at;
			within[index] = (within[index] ?? 0) + 1;
			seconds += tookMs / 1000;
		},
		attempt: (status) => {
			attempts++;
			if (status === 429) limited++;
		},
		unkept: (why) => {
			const part = Object.entries(refusals).find(([kind]) => kind === why)?.[1];
			if (part !== undefined) byRefusal.set(part, (byRefusal.get(part) ?? 0) + 1);
		},
		unread: (what, why) => {
			const kind = `${what} ${why}`;
			byUnread.set(kind, (byUnread.get(kind) ?? 0) + 1);
		},
		notLeaving: (reason) => {
			byNotLeaving.set(reason, (byNotLeaving.get(reason) ?? 0) + 1);
		},
		counts: () => ({ byOutcome, byRefusal, byUnread, byNotLeaving, attempts, limited, within, seconds }),
	};
};

const family = (
	name: string,
	type: 'counter' | 'gauge' | 'histogram',
	help: string,
	lines: readonly string[],
): string => [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n');
const one = (name: string, type: 'counter' | 'gauge', help: string, value: number): string =>
	family(name, type, help, [`${name} ${value}`]);

const histogram = ({ within, seconds }: Counts): string => {
	const name = 'gateway_lead_seconds';
	const sums = within.map((_, index) => within.slice(0, index + 1).reduce((sum, count) => sum + count, 0));
	const all = sums.at(-1) ?? 0;
	return family(name, 'histogram', "Time from a lead's arrival to its end.", [
		...bounds.map((bound, index) => `${name}_bucket{le="${bound}"} ${sums[index]}`),
		`${name}_bucket{le="+Inf"} ${all}`,
		`${name}_sum ${seconds}`,
		`${name}_count ${all}`,
	]);
};

const figuresText = (
	{ waiting, unverified, sending, unconfirmed, damaged = 0, hasGoneBack = false, waitsSinceMs }: QueueCounts,
	nowMs: number,
): readonly string[] => [
	one('gateway_waiting', 'gauge', 'Leads that wait.', waiting),
	one(
		'gateway_waiting_unverified',
		'gauge',
		'Those of them whose key was never accepted for their organization.',
		unverified,
	),
	one('gateway_sending', 'gauge', 'Leads that are on their way.', sending),
	one('gateway_unconfirmed', 'gauge', 'Leads that a person should look for.', unconfirmed),
	one('gateway_damaged', 'gauge', 'Leads that were found damaged or missing, until a person has seen it.', damaged),
	one(
		'gateway_gone_back',
		'gauge',
		'Whether an older copy of the store was found in its place, until a person has seen it: 1 or 0.',
		hasGoneBack ? 1 : 0,
	),
	one(
		'gateway_oldest_waiting_seconds',
		'gauge',
		'How long the oldest of them waits.',
		waitsSinceMs === undefined ? 0 : Math.max(0, nowMs - waitsSinceMs) / 1000,
	),
];

/** What the watchdog saw. Leads that do not leave are none of what decides whether new ones are taken. */
const notLeavingText = (found: NotLeaving | undefined, { byNotLeaving }: Counts, nowMs: number): readonly string[] => [
	one(
		'gateway_not_leaving',
		'gauge',
		'Leads that could have left for a minute and have not; those of other keys go on.',
		found?.count ?? 0,
	),
	one(
		'gateway_not_leaving_seconds',
		'gauge',
		'For how long the first of them could have.',
		found === undefined ? 0 : Math.max(0, nowMs - found.sinceMs) / 1000,
	),
	family(
		'gateway_not_leaving_total',
		'counter',
		'How often that began, by why they did not leave.',
		[...byNotLeaving].map(([reason, count]) => `gateway_not_leaving_total{reason="${reason}"} ${count}`),
	),
];

/** Leads of keys that were accepted before, by what holds them back. */
const heldText = (held: readonly HeldLeads[]): string =>
	family(
		'gateway_held',
		'gauge',
		'Leads that something holds back, by what it is; of keys that were accepted before.',
		holdReasons.map((reason) => {
			const count = held.reduce((sum, each) => sum + (each.why === reason ? each.count : 0), 0);
			return `gateway_held{why="${reason}"} ${count}`;
		}),
	);

const factsText = ({ version, store, maxWaiting, held }: GatewayFacts): readonly string[] => [
	family('gateway_build_info', 'gauge', 'Which gateway this is, and where it keeps leads; always 1.', [
		`gateway_build_info{version="${version}",store="${store}"} 1`,
	]),
	one('gateway_max_waiting', 'gauge', 'How many leads may wait.', maxWaiting),
	...(held === undefined ? [] : [heldText(held)]),
];

/** Everything in Prometheus' text format; without `figures` where the store cannot give them. */
export const metricsText = (
	metrics: Metrics,
	figures: QueueCounts | undefined,
	nowMs: number,
	isReady = true,
	notLeaving?: NotLeaving,
	facts?: GatewayFacts,
): string => {
	const counts = metrics.counts();
	return [
		...(facts === undefined ? [] : factsText(facts)),
		family(
			'gateway_leads_total',
			'counter',
			'Leads that ended, by outcome.',
			[...counts.byOutcome].map(([outcome, count]) => `gateway_leads_total{outcome="${outcome}"} ${count}`),
		),
		one('gateway_requests_total', 'counter', 'Requests sent to the API.', counts.attempts),
		one('gateway_limited_total', 'counter', 'Requests that the API answered 429.', counts.limited),
		one(
			'gateway_store_ready',
			'gauge',
			'Whether leads can be kept now: 1, or 0 while the store cannot be used.',
			isReady ? 1 : 0,
		),
		...(figures === undefined ? [] : figuresText(figures, nowMs)),
		...notLeavingText(notLeaving, counts, nowMs),
		family(
			'gateway_full_total',
			'counter',
			'Leads that were not kept, by what was full: the queue, the share of their key, or that of keys never accepted.',
			[...counts.byRefusal].map(([part, count]) => `gateway_full_total{part="${part}"} ${count}`),
		),
		family(
			'gateway_unread_total',
			'counter',
			'What this gateway found in Redis and could not read: written by a newer gateway, or damaged.',
			[...counts.byUnread].map(([kind, count]) => {
				const [what, why] = kind.split(' ');
				return `gateway_unread_total{what="${what}",why="${why}"} ${count}`;
			}),
		),
		histogram(counts),
	].join('');
};
