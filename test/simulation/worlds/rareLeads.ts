import type { Random } from '../kernel/random';
import type { Event, Plan } from './plan';
import { minuteMs } from './troubles';

/** Leads and people as few plans have them: of one that is refused while others pass, and of acts that nobody knows to be done. */

const phoneOf = (of: number, at: number): string => `+20100${of}${String(at).padStart(5, '0')}`;

/** One lead is refused each time, and others of its organization pass in between: so it is the lead and not the key. */
export const withForbidden = (plan: Plan, random: Random, lastMs: number): Plan => {
	const [node] = plan.nodes;
	const account = plan.accounts.find(({ id }) => id === node?.account);
	if (node === undefined || account === undefined || plan.gateway !== undefined) return plan;
	const [organizationId] = account.organizationIds;
	const fromMs = random.int(0, lastMs);
	const given = (name: string, at: number): Event => ({
		atMs: fromMs + at * random.pick([900, 1700]),
		kind: 'leads',
		node: node.id,
		organizationId,
		leads: [{ name, phone: phoneOf(20, at) }],
	});
	return {
		...plan,
		accounts: plan.accounts.map((each) => ({ ...each, outbox: 'disk', outboxMax: 1000 })),
		events: [
			{
				atMs: fromMs,
				kind: 'weather',
				forMs: 5 * minuteMs,
				spell: { weather: '403', share: 1, organizationId, lead: 'Barred', asked: { kind: 'none' } },
			},
			given('Passes0', 0),
			given('Barred1', 1),
			...Array.from({ length: 9 }, (_, at) => given(`Passes${at + 1}`, at + 2)),
			...plan.events,
		],
		wellMs: Math.max(plan.wellMs, fromMs + 2 * minuteMs),
	};
};

const waysToStay = ['lostBefore', '500', 'away', '401'] as const;

/** People act just as the disk fails, and nobody can look whether that was done; then they act once more, or the program ends. */
export const withDoubts = (plan: Plan, random: Random, lastMs: number): Plan => {
	if (plan.n8n !== undefined) return plan;
	const [node] = plan.nodes;
	const [account] = plan.accounts;
	if (node === undefined || account === undefined) return plan;
	const isAtGateway = plan.gateway !== undefined;
	const atMs = 5000 + random.int(0, lastMs);
	const disk = isAtGateway ? 'gatewayDisk' : 'disk';
	const leads = [0, 1, 2].map((at): Event => {
		const lead = { name: `${at === 0 ? 'Refused9' : 'Doubtful'}${at}`, phone: phoneOf(21, at) };
		const own = { atMs: atMs - 3000 + at, organizationId: account.organizationIds[0] };
		return isAtGateway
			? {
					...own,
					kind: 'client',
					lead,
					account: account.id,
					isMadeUp: false,
					isNamed: true,
					repeats: 'never',
					patienceMs: 5000,
				}
			: { ...own, kind: 'leads', node: node.id, leads: [lead] };
	});
	const act = (whenMs: number): Event => ({
		atMs: whenMs,
		kind: isAtGateway ? 'gatewayPerson' : 'person',
		act: random.pick(['retry', 'retry', 'discard', 'arrived']),
		which: random.int(0, 5),
		looksForMs: 9,
	});
	const corrects = (whenMs: number): readonly Event[] =>
		isAtGateway ? [{ atMs: whenMs, kind: 'correct', which: 0, tries: random.pick([1, 3]) }] : [];
	const ends: readonly Event[] = random.chance(0.25)
		? [
				isAtGateway
					? { atMs: atMs + 2500, kind: 'gateway', does: 'stop', afterOperations: 0 }
					: { atMs: atMs + 2500, kind: 'stop', downMs: 10 },
			]
		: [];
	return {
		...plan,
		accounts: plan.accounts.map((each) => ({ ...each, outbox: 'disk' })),
		nodes: plan.nodes.map((each) => ({ ...each, unconfirmed: 'report' })),
		events: [
			{
				atMs: atMs - 3500,
				kind: 'weather',
				forMs: 3000,
				spell: { weather: random.pick(waysToStay), share: random.pick([1, 0.5]), asked: { kind: 'none' } },
			},
			...leads,
			...[-8, -8, -6].map((ms) => act(atMs + ms)),
			...corrects(atMs + random.pick([1, 4])),
			{
				atMs,
				kind: disk,
				forMs: random.pick([300, 3000]),
				spell: { what: 'write', fate: random.pick(['applied', 'applied', 'fails']), share: 1 },
			},
			{
				atMs: atMs + 6,
				kind: disk,
				forMs: random.pick([300, 4000, 9000]),
				spell: { what: 'read', fate: 'fails', share: 1 },
			},
			...[500, 2000, 4500, 9000].map((ms) => act(atMs + ms)),
			...corrects(atMs + random.pick([1000, 6000])),
			...ends,
			...plan.events,
		],
		wellMs: Math.max(plan.wellMs, atMs + 15_000),
	};
};

/** Many people with keys that nobody gave them, at a gateway whose API is slow or refuses them; some are given up as its disk fails. */
export const withKeys = (plan: Plan, random: Random): Plan => {
	const [account] = plan.accounts;
	if (plan.gateway === undefined || account === undefined) return plan;
	const visits = Array.from(
		{ length: 36 },
		(_, at): Event => ({
			atMs: at * random.pick([5, 60]),
			kind: 'client',
			lead: { name: `Stranger${at}`, phone: phoneOf(22, at) },
			account: account.id,
			isMadeUp: true,
			madeUpKey: `made-up-${at}`,
			organizationId: random.pick(account.organizationIds),
			isNamed: true,
			repeats: 'never',
			patienceMs: 30_000,
		}),
	);
	const discards = [0, 3, 6].map(
		(seconds): Event => ({
			atMs: 61_000 + seconds * 1000,
			kind: 'gatewayPerson',
			act: 'discard',
			which: random.int(0, 5),
			looksForMs: random.pick([0, 3]),
		}),
	);
	return {
		...plan,
		isSmall: true,
		gateway: { ...plan.gateway, unverifiedMinutes: 1, maxWaiting: random.pick([1000, 1000, 40]) },
		events: [
			{
				atMs: 0,
				kind: 'weather',
				forMs: 70_000,
				spell: { weather: random.pick(['slow', '401']), share: 1, asked: { kind: 'none' } },
			},
			{
				atMs: 61_000,
				kind: 'gatewayDisk',
				forMs: random.pick([300, 8000]),
				spell: { what: 'write', fate: random.pick(['fails', 'applied']), share: random.pick([1, 0.5]) },
			},
			...visits,
			...discards,
			...plan.events,
		],
		wellMs: Math.max(plan.wellMs, 3 * minuteMs),
	};
};
