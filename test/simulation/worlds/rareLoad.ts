import type { Random } from '../kernel/random';
import type { Event, GivenLead, Plan } from './plan';
import { minuteMs } from './troubles';

/** So many leads, at once or one after the other, that an account which adapts learns how many the API bears. */
export const loadOf = (
	{ nodes, accounts }: Plan,
	random: Random,
): Partial<Plan> & Pick<Plan, 'events' | 'wellMs'> & { readonly isCalm: boolean } => {
	const [node] = nodes;
	const account = accounts.find(({ id }) => id === node?.account);
	if (node === undefined || account === undefined) return { events: [], wellMs: 0, isCalm: false };
	const isCalm = random.chance(0.5);
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
	const ofOneMs = random.pick([40, 300, 1000]);
	const strains: readonly Event[] = isCalm
		? [{ atMs: random.pick([4000, 20_000]), kind: 'strain', strain: { ofOneMs, spread: 0.05, atOnce: 50 } }]
		: [];
	const windowSeconds = random.pick([1, 1, 10, 30, 60]);
	const isLimited = !isCalm && random.chance(0.6);
	return {
		isCalm,
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
			ofOneMs,
			spread: random.pick([0.02, 0.1, 0.9]),
			atOnce: isCalm ? random.pick([4, 8, 15]) : random.pick([50, 4, 8, 15]),
		},
		events: Array.from(
			{ length: bursts },
			(_, at): Event => ({
				atMs: at * everyMs,
				kind: 'leads',
				node: node.id,
				organizationId: account.organizationIds[0],
				leads: leads.slice(at * size, (at + 1) * size),
			}),
		).concat(strains),
		wellMs: 10 * minuteMs,
	};
};
