import { createRandom, type Random, seedOf } from '../kernel/random';
import type { Event, GivenLead, Happening, Plan } from './plan';
import { minuteMs } from './troubles';

/**
 * What few plans have: it takes longer than the rest of a run, or excuses more. It is drawn by a chance of its own, so that the
 * rest of a seed's plan stays what it was.
 */

/** How likely each is; with `often` in the focus twice as likely. */
const shares = {
	isSmall: 0.4,
	look: 0.25,
	bulk: 0.12,
	load: 0.02,
	fewPlaces: 0.15,
	newer: 0.02,
	days: 0.05,
	names: 0.2,
	twoDamages: 0.04,
	version: 0.03,
	otherReasons: 0.3,
} as const;

const lookOf = (random: Random, { accounts, seed }: Plan, lastMs: number): Happening => {
	const account = random.pick(['', ...accounts.map(({ organizationIds }) => organizationIds[0])] as [string]);
	const span = random.chance(0.2) ? { from: random.int(0, lastMs) } : random.chance(0.2) ? { to: lastMs / 2 } : {};
	return {
		kind: 'look',
		shelf: random.pick(['waiting', 'unconfirmed', 'ended', 'ended']),
		text: random.pick([
			'',
			'',
			'',
			'lead',
			`+2010012${String(random.int(1, 4)).padStart(5, '0')}`,
			'2',
			'L',
			`${seed}`,
		]),
		limit: random.pick([1, 2, 20]),
		filter: {
			...(random.chance(0.4)
				? { outcome: random.pick(['created', 'unconfirmed', 'invalid', 'failed', 'nothing']) }
				: {}),
			...(random.chance(0.3) ? { source: random.pick(['', 'Facebook']) } : {}),
			...(account === '' ? {} : { organization: account }),
			...span,
		},
	};
};

const bulkOf = (random: Random, number: number): Happening => ({
	kind: 'person',
	act: random.pick(['retry', 'retry', 'arrived', 'discard']),
	which: random.int(0, 5),
	looksForMs: random.pick([0, 3, 500]),
	bulkId: `bulk-${number}`,
});

/** So many leads, at once or one after the other, that an account which adapts learns how many the API bears. */
const loadOf = ({ nodes, accounts }: Plan, random: Random): Partial<Plan> & Pick<Plan, 'events' | 'wellMs'> => {
	const [node] = nodes;
	const account = accounts.find(({ id }) => id === node?.account);
	if (node === undefined || account === undefined) return { events: [], wellMs: 0 };
	const all = random.pick([120, 200, 300]);
	const leads = Array.from(
		{ length: all },
		(_, at): GivenLead => ({ name: `Load${at}`, phone: `+2010014${String(at).padStart(5, '0')}` }),
	);
	const [bursts, everyMs] = random.pick<[number, number]>([
		[1, 0],
		[3, 20_000],
		[all / 4, 300],
		[all, 150],
	]);
	const size = Math.ceil(all / bursts);
	const windowSeconds = random.pick([1, 1, 10, 30, 60]);
	const isLimited = random.chance(0.6);
	return {
		accounts: accounts.map((each) => ({
			...each,
			concurrency: 0,
			maxPerSecond: 0,
			outboxMax: 1000,
			outbox: random.chance(0.5) ? 'disk' : 'off',
		})),
		apiLimit: isLimited ? Math.max(2, Math.ceil((windowSeconds * random.int(2, 20)) / 2)) : 0,
		quota: {
			family: random.pick(['policy', 'draft7', 'trio', 'extended']),
			tells: isLimited ? random.pick(['truth', 'truth', 'truth', 'zero', 'plenty']) : 'nonsense',
			windowSeconds,
		},
		strain: {
			ofOneMs: random.pick([40, 300, 1000]),
			spread: random.pick([0.02, 0.1, 0.9]),
			atOnce: random.pick([50, 4, 8, 15]),
		},
		events: Array.from({ length: bursts }, (_, at) => ({
			atMs: at * everyMs,
			kind: 'leads' as const,
			node: node.id,
			organizationId: account.organizationIds[0],
			leads: leads.slice(at * size, (at + 1) * size),
		})),
		wellMs: 10 * minuteMs,
	};
};

/** An entry and the journal that vouches for it come back changed together. */
const twoDamagesOf = (random: Random, atMs: number): readonly Event[] => [
	{ atMs, kind: 'mangle', how: random.pick(['cut', 'cut', 'block']), which: random.int(0, 9) },
	{ atMs: atMs + 1, kind: 'mangle', how: 'cut', which: random.int(0, 9) },
	{ atMs: atMs + 2, kind: 'mangleJournal', how: random.pick(['cut', 'zeroed', 'turned', 'gone']) },
];

/** Another version has written the outboxes, perhaps while the API was away; what is saved of them meets a disk that fails, perhaps. */
const versionOf = (random: Random, atMs: number): readonly Event[] => [
	{
		atMs: Math.max(0, atMs - 5000),
		kind: 'weather',
		forMs: 8000,
		spell: { weather: 'away', share: 1, asked: { kind: 'none' } },
	},
	{ atMs, kind: 'otherFormat' },
	...(random.chance(0.5)
		? [
				{
					atMs: atMs + 11,
					kind: 'disk' as const,
					forMs: random.int(1, 200),
					spell: {
						what: random.pick<'write' | 'read'>(['write', 'read']),
						fate: random.pick<'fails' | 'applied'>(['fails', 'applied']),
						share: 0.5,
					},
				},
			]
		: []),
];

const withNames = (event: Event): Event =>
	event.kind === 'leads'
		? {
				...event,
				leads: event.leads.map((lead) => ({ ...lead, more: { lastName: 'Of the rare', email: 'lead@example.com' } })),
			}
		: event;

/** The disk says something else than that it is full. */
const withReasons = (event: Event, random: Random): Event => {
	if (event.kind !== 'disk' && event.kind !== 'gatewayDisk') return event;
	return {
		...event,
		spell: { ...event.spell, says: random.pick(['full', 'readOnly', 'noPermission']), isPartial: random.chance(0.5) },
	};
};

/** `which`: twice as often, or these always and nothing else. */
export const withRare = (plan: Plan, lastMs: number, which?: 'often' | readonly string[]): Plan => {
	const random = createRandom(seedOf(plan.seed, 'rare'));
	const has = (name: keyof typeof shares): boolean => {
		const isDrawn = random.chance(shares[name] * (which === 'often' ? 2 : 1));
		return which === undefined || which === 'often' ? isDrawn : which.includes(name);
	};
	const when = (): number => random.int(0, lastMs);
	const events: Event[] = [];
	const isSmall = has('isSmall');
	if (has('look'))
		for (let left = random.int(1, 5); left > 0; left--) events.push({ atMs: when(), ...lookOf(random, plan, lastMs) });
	if (has('bulk'))
		for (let left = random.int(1, 3); left > 0; left--) events.push({ atMs: when(), ...bulkOf(random, left) });
	const hasLoad = has('load');
	const load = hasLoad && plan.gateway === undefined && plan.n8n === undefined ? loadOf(plan, random) : undefined;
	const gateway = has('fewPlaces') && plan.gateway !== undefined ? { ...plan.gateway, maxWaiting: 3 } : plan.gateway;
	if (has('newer'))
		events.push({
			atMs: when(),
			kind: plan.gateway === undefined ? 'mangle' : 'gatewayMangle',
			how: 'newer',
			which: random.int(0, 9),
		});
	// Ended leads are forgotten for their age.
	const days = has('days') ? 40 * 24 * 60 * minuteMs : 0;
	if (days > 0) events.push({ atMs: lastMs, kind: 'clock', byMs: days });
	const saysOther = has('otherReasons');
	const hasNames = has('names');
	const twoDamages = has('twoDamages') ? twoDamagesOf(random, when()) : [];
	const hasVersion = has('version');
	const version = hasVersion && plan.gateway === undefined ? versionOf(random, when()) : [];
	const known = (saysOther ? plan.events.map((event) => withReasons(event, random)) : plan.events).map((event) =>
		hasNames ? withNames(event) : event,
	);
	return {
		...plan,
		...load,
		isSmall: isSmall || version.length > 0,
		gateway,
		events: [...known, ...events, ...twoDamages, ...version, ...(load?.events ?? [])].sort(
			(one, other) => one.atMs - other.atMs,
		),
		wellMs: Math.max(plan.wellMs, load?.wellMs ?? 0) + (days > 0 ? 26 * 60 * minuteMs : 0),
	};
};
