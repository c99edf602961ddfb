import type { Random } from '../kernel/random';
import type { Event, Plan } from './plan';
import { minuteMs } from './troubles';

/** A pause after which nothing is known any more of what the API told. */
const pauses = [0, 45_000, 100_000] as const;

/**
 * Some dozens of leads, one after the other, of one node without an outbox for the most part, and an API that tells what is left of its
 * limit: so many answers that it is believed, or found out.
 */
export const withQuota = (plan: Plan, random: Random): Plan => {
	const [node] = plan.nodes;
	const account = plan.accounts.find(({ id }) => id === node?.account);
	if (node === undefined || account === undefined || plan.gateway !== undefined) return plan;
	const windowSeconds = random.pick([1, 5, 12, 40, 70]);
	const isLimited = random.chance(0.75);
	const everyMs = random.pick([40, 300, 1500]);
	const pauseMs = random.pick(pauses);
	const count = 36;
	const leads = Array.from(
		{ length: count },
		(_, at): Event => ({
			atMs: at * everyMs + (at > 0.7 * count ? pauseMs : 0),
			kind: 'leads',
			node: node.id,
			organizationId: account.organizationIds[0],
			leads: [{ name: `Counted${at}`, phone: `+2010018${String(at).padStart(5, '0')}` }],
		}),
	);
	return {
		...plan,
		accounts: plan.accounts.map((each) => ({
			...each,
			concurrency: random.pick([0, 1, 3]),
			maxPerSecond: 0,
			maxWaitSeconds: 60,
			outboxMax: 1000,
			outbox: random.chance(0.3) ? 'disk' : 'off',
		})),
		apiLimit: isLimited ? random.pick([6, 8, 12]) : 0,
		quota: {
			family: random.pick(['policy', 'draft7', 'trio', 'extended', 'bare']),
			tells: isLimited
				? random.pick(['truth', 'truth', 'uneven', 'generous'])
				: random.pick(['zero', 'uneven', 'truth']),
			windowSeconds,
		},
		events: plan.events.concat(leads),
		wellMs: Math.max(plan.wellMs, count * everyMs + pauseMs + minuteMs),
	};
};
