import { createRandom, type Random, seedOf } from '../kernel/random';
import type { Event, Happening, Plan } from './plan';
import { filesOf, twoDamagesOf, versionOf, withHang } from './rareDisk';
import { withDoubts, withForbidden, withKeys } from './rareLeads';
import { loadOf } from './rareLoad';
import { withQuota } from './rareQuota';
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
	load: 0.04,
	fewPlaces: 0.15,
	newer: 0.02,
	days: 0.05,
	names: 0.2,
	twoDamages: 0.06,
	version: 0.03,
	otherReasons: 0.3,
	hang: 0.05,
	quota: 0.06,
	files: 0.03,
	forbidden: 0.03,
	doubts: 0.06,
	keys: 0.04,
	nodes: 0.15,
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

/** Somebody looks for one of the leads that were given, by its phone and by where it came from. */
const looksFor = ({ events }: Plan, atMs: number): readonly Event[] => {
	const given = events.flatMap((event) =>
		event.kind === 'leads' ? event.leads : event.kind === 'client' ? [event.lead] : [],
	);
	const [lead] = given;
	if (lead === undefined || lead.phone === '') return [];
	const look = { atMs, kind: 'look', shelf: 'ended', limit: 20 } as const;
	return [
		{ ...look, text: lead.phone },
		{ ...look, text: '', filter: { source: 'Facebook' } },
		{ ...look, text: lead.phone.slice(-8), filter: { source: '' } },
	];
};

const bulkOf = (random: Random, number: number): Happening => ({
	kind: 'person',
	act: random.pick(['retry', 'retry', 'arrived', 'discard']),
	which: random.int(0, 5),
	looksForMs: random.pick([0, 3, 500]),
	bulkId: `bulk-${number}`,
});

const withNames = (event: Event): Event =>
	event.kind === 'leads'
		? {
				...event,
				leads: event.leads.map((lead) => ({
					...lead,
					more: { lastName: 'Of the rare', email: 'lead@example.com' },
					...(event.atMs % 2 === 0 ? { source: 'Facebook' } : {}),
				})),
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

type Which = 'often' | readonly string[] | undefined;
type Has = (name: keyof typeof shares) => boolean;

/** What a plan has is drawn by this chance, whatever is asked for. */
const hasOf =
	(random: Random, which: Which): Has =>
	(name) => {
		const isDrawn = random.chance(shares[name] * (which === 'often' ? 2 : 1));
		return which === undefined || which === 'often' ? isDrawn : which.includes(name);
	};

/** What came into the plans last: each by a chance of its own. */
const withLatest = (plan: Plan, lastMs: number, which: Which): Plan => {
	const chanceOf = (name: string): Random => createRandom(seedOf(plan.seed, `rare ${name}`));
	const has = (name: keyof typeof shares): boolean => hasOf(chanceOf(`has ${name}`), which)(name);
	const counted = has('quota') ? withQuota(plan, chanceOf('quota')) : plan;
	const hung = has('hang') ? withHang(counted, chanceOf('hang'), lastMs) : counted;
	const barred = has('forbidden') ? withForbidden(hung, chanceOf('forbidden'), lastMs) : hung;
	const doubted = has('doubts') ? withDoubts(barred, chanceOf('doubts'), lastMs) : barred;
	const crowded = has('keys') ? withKeys(doubted, chanceOf('keys')) : doubted;
	const random = chanceOf('files');
	const more = [
		...(has('files') ? filesOf(random, plan, random.int(100, lastMs)) : []),
		...(has('nodes') ? [{ atMs: random.int(0, lastMs), kind: 'deployNodes' as const }] : []),
	];
	return more.length === 0 ? crowded : { ...crowded, events: crowded.events.concat(more) };
};

/** `which`: twice as often, or these always and nothing else. */
export const withRare = (given: Plan, lastMs: number, which?: Which): Plan => {
	const plan = withLatest(given, lastMs, which);
	const random = createRandom(seedOf(plan.seed, 'rare'));
	const has = hasOf(random, which);
	const when = (): number => random.int(0, lastMs);
	const events: Event[] = [];
	const isSmall = has('isSmall');
	if (has('look'))
		for (let left = random.int(1, 5); left > 0; left--) events.push({ atMs: when(), ...lookOf(random, plan, lastMs) });
	if (events.length > 0) events.push(...looksFor(plan, lastMs));
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
	const twoDamages = has('twoDamages') ? twoDamagesOf(random, plan, when()) : [];
	const hasVersion = has('version');
	const version = hasVersion && plan.gateway === undefined ? versionOf(random, when()) : [];
	const known =
		load?.isCalm === true
			? []
			: (saysOther ? plan.events.map((event) => withReasons(event, random)) : plan.events).map((event) =>
					hasNames ? withNames(event) : event,
				);
	return {
		...plan,
		...load,
		isSmall: isSmall || plan.isSmall === true || version.length + twoDamages.length > 0,
		gateway,
		events: [...known, ...events, ...twoDamages, ...version, ...(load?.events ?? [])].sort(
			(one, other) => one.atMs - other.atMs,
		),
		wellMs: Math.max(plan.wellMs, load?.wellMs ?? 0) + (days > 0 ? 26 * 60 * minuteMs : 0),
	};
};
