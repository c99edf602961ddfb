import type { Random } from '../kernel/random';
import type { AccountPlan, Event, JournalDamage, Plan } from './plan';
import { minuteMs } from './troubles';

/** What disks do that few plans have: they hang, and entries come back damaged together with what vouches for them. */

const noAsk = { kind: 'none' } as const;

/** Leads of a node that wait at this time, since the API is away from before it on. */
const waitingAt = ({ nodes, accounts }: Plan, atMs: number): readonly Event[] => {
	const [node] = nodes;
	const account = accounts.find(({ id }) => id === node?.account);
	if (node === undefined || account === undefined) return [];
	return [
		{
			atMs: Math.max(0, atMs - 3000),
			kind: 'weather',
			forMs: 6000,
			spell: { weather: 'away', share: 1, asked: noAsk },
		},
		...[1, 2, 3].map(
			(at): Event => ({
				atMs: Math.max(1, atMs - 2000),
				kind: 'leads',
				node: node.id,
				organizationId: account.organizationIds[0],
				leads: [{ name: `Damaged${at}`, phone: `+2010019${String(at).padStart(5, '0')}` }],
			}),
		),
	];
};

/** An entry and the journal that vouches for it come back changed together, while leads wait perhaps. */
export const twoDamagesOf = (random: Random, plan: Plan, atMs: number): readonly Event[] => {
	const kind = plan.gateway === undefined ? 'mangle' : 'gatewayMangle';
	const journal: JournalDamage = random.pick(['cut', 'zeroed', 'turned', 'gone']);
	const isMeanwhile = random.chance(0.3);
	return [
		...(random.chance(0.7) ? waitingAt(plan, atMs) : []),
		{ atMs, kind, how: random.pick(['cut', 'cut', 'block', 'recent', 'index']), which: random.int(0, 9) },
		{ atMs: atMs + 1, kind, how: random.pick(['cut', 'cut', 'recent', 'index', 'block']), which: random.int(0, 9) },
		{ atMs: atMs + 2, kind: 'mangleJournal', how: journal, ...(isMeanwhile ? { isMeanwhile } : {}) },
		...(isMeanwhile ? [{ atMs: atMs + 2, kind: 'mangleMark' as const, how: 'cut' as const, which: 0 }] : []),
	];
};

/** Files of databases are damaged while leads wait; whoever mends them is cut off, perhaps. */
export const filesOf = (random: Random, plan: Plan, atMs: number): readonly Event[] => [
	...waitingAt(plan, atMs),
	{ atMs, kind: 'mangleFiles', how: random.pick(['entry', 'mendable', 'beyond']) },
	...(random.chance(0.5)
		? [
				plan.gateway === undefined
					? {
							atMs: atMs + 11,
							kind: 'crash' as const,
							afterOperations: random.int(5, 25),
							isPowerCut: random.chance(0.3),
							downMs: 10,
						}
					: {
							atMs: atMs + 3001,
							kind: 'gateway' as const,
							does: 'kill' as const,
							afterOperations: random.int(5, 25),
						},
			]
		: []),
];

/** Another version has written the outboxes, perhaps while the API was away; what is saved of them meets a disk that fails, perhaps. */
export const versionOf = (random: Random, atMs: number): readonly Event[] => [
	{
		atMs: Math.max(0, atMs - 5000),
		kind: 'weather',
		forMs: 8000,
		spell: { weather: 'away', share: 1, asked: noAsk },
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

/** Three organizations of one key, so that some wait behind others. */
const withOrganizations = ({ id, ...account }: AccountPlan, concurrency: number): AccountPlan => ({
	...account,
	id,
	organizationIds: [`${id}-one`, `${id}-two`, `${id}-three`],
	outbox: 'disk',
	outboxMax: 1000,
	concurrency,
});

interface Hang {
	readonly atMs: number;
	readonly forMs: number;
	readonly random: Random;
}

/** Leads that come shortly before a time and after it. */
const givenAround = ({ accounts, nodes, gateway }: Plan, { atMs, random }: Hang): readonly Event[] =>
	Array.from({ length: random.int(2, 5) }, (_, at): readonly Event[] => {
		const account = random.pick(accounts as [AccountPlan, ...AccountPlan[]]);
		const lead = { name: `Hung${at}`, phone: `+2010017${String(at).padStart(5, '0')}` };
		const organizationId = random.pick(account.organizationIds);
		const own = { atMs: Math.max(0, atMs + random.pick([-3000, -1500, -2, 1, 500, 40_000])), organizationId };
		const node = nodes.find((each) => each.account === account.id);
		if (gateway !== undefined && random.chance(0.8))
			return [
				{
					...own,
					kind: 'client',
					lead,
					account: account.id,
					isMadeUp: random.chance(0.4),
					isNamed: random.chance(0.7),
					repeats: random.pick(['never', 'same', 'changed']),
					patienceMs: random.pick([5000, 30_000]),
				},
			];
		return node === undefined ? [] : [{ ...own, kind: 'leads', node: node.id, leads: [lead] }];
	}).flat();

/** People who see that nothing goes on, and do something about it. */
const actsMeanwhile = ({ gateway }: Plan, { atMs, forMs, random }: Hang): readonly Event[] =>
	Array.from(
		{ length: random.int(0, 3) },
		(): Event => ({
			atMs: atMs + random.pick([2, 10, random.int(0, forMs)]),
			kind: gateway === undefined ? 'person' : 'gatewayPerson',
			act: random.pick(['retry', 'arrived', 'discard']),
			which: random.int(0, 5),
			looksForMs: random.pick([0, 3]),
		}),
	);

/** The disk takes some minutes for whatever it begins, and fails then, perhaps, or did all of it although it says so. */
const spellsOf = ({ gateway }: Plan, { atMs, forMs, random }: Hang): readonly Event[] => {
	const kind = gateway !== undefined && random.chance(0.8) ? 'gatewayDisk' : 'disk';
	const what = random.pick<'write' | 'read' | 'open'>(['write', 'write', 'write', 'read', 'open']);
	const failing = (fromMs: number, lastsMs: number): Event => ({
		atMs: fromMs,
		kind,
		forMs: lastsMs,
		spell: { what: what === 'open' ? 'write' : what, fate: random.pick(['fails', 'applied']), share: 1 },
	});
	return [
		// It is opened anew after a failure only.
		...(what === 'open' ? [failing(Math.max(0, atMs - 20), 1000)] : []),
		{ atMs, kind, forMs, spell: { what, fate: 'hangs', share: 1 } },
		...(what !== 'open' && random.chance(0.5) ? [failing(atMs + forMs - 1, 5)] : []),
	];
};

/** A disk that hangs for minutes, with leads that wait for it and behind each other. */
export const withHang = (plan: Plan, random: Random, lastMs: number): Plan => {
	if (plan.n8n !== undefined) return plan;
	const hang: Hang = {
		atMs: random.int(3000, Math.max(3000, Math.min(lastMs, 10 * minuteMs))),
		forMs: random.pick([70_000, 150_000, 400_000]),
		random,
	};
	const concurrency = random.pick([1, 1, 2]);
	const whole: Plan = {
		...plan,
		accounts: plan.accounts.map((account) => withOrganizations(account, concurrency)),
		gateway: plan.gateway === undefined ? undefined : { ...plan.gateway, concurrency },
	};
	const away: Event = {
		atMs: hang.atMs - 3000,
		kind: 'weather',
		forMs: random.pick([2000, 3500, 10_000]),
		spell: { weather: random.pick(['away', '401', '429', '500']), share: 1, asked: noAsk },
	};
	return {
		...whole,
		events: [
			...(random.chance(0.6) ? [away] : []),
			...givenAround(whole, hang),
			...spellsOf(whole, hang),
			...actsMeanwhile(whole, hang),
		].concat(plan.events),
		wellMs: Math.max(plan.wellMs, hang.atMs + hang.forMs + 1000),
	};
};
