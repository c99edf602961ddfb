import type { QuotaPlan } from '../api/quota';
import { createRandom, type Random, seedOf } from '../kernel/random';
import type { Event, Happening, Plan } from './plan';

/**
 * What came into the plans after the others, drawn by a chance of its own: so the rest of a seed's plan stays what it was, and
 * a plan of a focus has nothing of it.
 */

/** Leads of one node at once: an account that adapts how many leave together learns of nothing less. */
const burstOf = ({ nodes, accounts }: Plan, random: Random): Happening | undefined => {
	const [node] = nodes;
	const account = accounts.find(({ id }) => id === node?.account);
	if (node === undefined || account === undefined) return undefined;
	return {
		kind: 'leads',
		node: node.id,
		organizationId: account.organizationIds[0],
		leads: Array.from({ length: random.int(12, 60) }, (_, index) => ({
			name: `Burst${index}`,
			phone: `+2010013${String(index).padStart(5, '0')}`,
		})),
	};
};

const lookOf = (random: Random): Happening => ({
	kind: 'look',
	shelf: random.pick(['waiting', 'unconfirmed', 'ended']),
	text: random.pick(['', 'Lead1', '20100', 'nobody has this']),
	limit: random.pick([1, 3, 20]),
});

/** The two halves of an old copy: it is made, and put in the place of what is there while nothing runs. */
const copiesOf = (random: Random, lastMs: number): readonly Event[] => {
	const takenMs = random.int(0, lastMs);
	return [
		{ atMs: takenMs, kind: 'copyFolders' },
		{ atMs: takenMs + random.int(100, lastMs), kind: 'olderCopy', downMs: random.pick([0, 5000]) },
	];
};

const quotaOf = (random: Random): QuotaPlan => ({
	family: random.pick(['policy', 'draft7', 'trio', 'extended']),
	tells: random.pick(['truth', 'truth', 'zero', 'plenty', 'nonsense']),
});

/** A lead that the API refuses, and somebody who corrects it a while later. */
const correctionOf = ({ accounts }: Plan, random: Random, lastMs: number): readonly Event[] => {
	const [account] = accounts;
	if (account === undefined) return [];
	const atMs = random.int(0, lastMs);
	const which = random.int(0, 5);
	return [
		{
			atMs,
			kind: 'client',
			lead: { name: `Refused9${which}`, phone: `+2010015${String(which).padStart(5, '0')}` },
			account: account.id,
			isMadeUp: false,
			organizationId: account.organizationIds[0],
			isNamed: random.chance(0.5),
			repeats: 'never',
			patienceMs: 30_000,
		},
		{ atMs: atMs + random.int(200, lastMs), kind: 'correct', which, tries: random.pick([1, 1, 3]) },
	];
};

/** `times`: how much more often than in a plan of everything each of it is there. */
export const withExtras = (plan: Plan, lastMs: number, times: number): Plan => {
	const random = createRandom(seedOf(plan.seed, 'extras'));
	const adapts = random.chance(0.3 * times);
	const events: Event[] = [];
	const when = (): number => random.int(0, lastMs);
	if (random.chance(0.06 * times)) {
		const burst = burstOf(plan, random);
		if (burst !== undefined) events.push({ atMs: when(), ...burst });
	}
	if (random.chance(0.3 * times)) events.push({ atMs: when(), ...lookOf(random) }, { atMs: when(), ...lookOf(random) });
	if (random.chance(0.06 * times)) events.push(...copiesOf(random, lastMs));
	if (random.chance(0.08 * times))
		events.push({ atMs: when(), kind: 'mangleJournal', how: random.pick(['cut', 'zeroed', 'turned', 'gone']) });
	if (random.chance(0.08))
		events.push({ atMs: when(), kind: 'mangleMark', how: random.pick(['cut', 'block']), which: random.int(0, 5) });
	if (random.chance(0.02)) events.push({ atMs: when(), kind: 'otherFormat' });
	const quota = random.chance(0.2 * times) ? quotaOf(random) : undefined;
	if (plan.gateway !== undefined && random.chance(0.1 * times)) events.push(...correctionOf(plan, random, lastMs));
	const adaptive = adapts ? { concurrency: 0 } : {};
	return {
		...plan,
		accounts: plan.accounts.map((account) => ({ ...account, ...adaptive })),
		gateway: plan.gateway === undefined ? undefined : { ...plan.gateway, ...adaptive },
		n8n: plan.n8n === undefined ? undefined : { ...plan.n8n, ...adaptive },
		...(quota === undefined ? {} : { quota }),
		events: [...plan.events, ...events].sort((one, other) => one.atMs - other.atMs),
	};
};
