import {
	createLead,
	type Host,
	type LeadStatusRequest,
	type LeadRequest,
	type Policy,
	type Reply,
} from '../../packages/core/src';
import { byCases, seed } from '../fixtures/cases';
import { answered, fakeHost } from './fakeHost';
import fc from 'fast-check';

/** What happens to one exchange on its way: nothing, or the request or the answer is lost, or a proxy answers. */
type Way = 'whole' | 'requestLost' | 'answerLost' | 'proxy' | 'notReached';

/** What the API says of a lead when the gateway sends it, and whether it has one then. */
interface Ending {
	readonly status: number;
	readonly creates: boolean;
}

interface Kept {
	readonly id: string;
	readonly ending: Ending;
	/** So many answers are 202 before the end is told. */
	left: number;
}

/** A gateway that keeps its word, with an unkind network before it. */
const gatewayOf = (
	ways: readonly Way[],
	endings: readonly Ending[],
	patience: number,
): { readonly send: Host['send']; readonly leads: () => number; readonly taken: () => number } => {
	const kept = new Map<string, Kept>();
	let exchanges = 0;

	const tell = (lead: Kept, isReplay: boolean): Reply => {
		const headers = { 'x-gateway-lead': lead.id, ...(isReplay ? { 'idempotent-replayed': 'true' } : {}) };
		if (lead.left > 0) {
			lead.left--;
			return answered(202, { id: lead.id, state: 'waiting' }, headers);
		}
		return answered(lead.ending.status, lead.ending.status === 201 ? { _id: lead.id } : '', headers);
	};
	const answer = (request: LeadRequest | LeadStatusRequest): Reply => {
		if (request.method === 'GET') {
			const lead = [...kept.values()].find(({ id }) => request.url.endsWith(`/leads/${id}`));
			return lead === undefined ? answered(404) : tell(lead, false);
		}
		const key = request.headers['idempotency-key'] ?? '';
		const before = kept.get(key);
		const lead = before ?? {
			id: `g${kept.size}`,
			ending: endings[kept.size % endings.length] as Ending,
			left: patience,
		};
		kept.set(key, lead);
		return tell(lead, before !== undefined);
	};
	return {
		send: async (request) => {
			const way = ways[exchanges++ % ways.length];
			if (way === 'notReached') return await Promise.resolve({ fault: { code: 'ECONNREFUSED' } });
			if (way === 'requestLost') return await Promise.resolve({ fault: { code: 'ECONNRESET' } });
			if (way === 'proxy') return await Promise.resolve(answered(502));
			const reply = answer(request);
			return await Promise.resolve(way === 'answerLost' ? { fault: { code: 'TIMEOUT', left: true } } : reply);
		},
		leads: () => [...kept.values()].filter(({ ending }) => ending.creates).length,
		taken: () => kept.size,
	};
};

const endings: fc.Arbitrary<Ending> = fc.constantFrom(
	{ status: 201, creates: true },
	{ status: 201, creates: true },
	{ status: 400, creates: false },
	{ status: 403, creates: false },
	{ status: 504, creates: true },
	{ status: 504, creates: false },
);
const policies: fc.Arbitrary<Partial<Policy>> = fc.record({
	maxTries: fc.integer({ min: 1, max: 6 }),
	maxWaitSeconds: fc.constantFrom(0, 3, 60),
	duplicates: fc.constantFrom('allow', 'always'),
});

test('whatever is lost on the way to a gateway, it takes one lead, and the outcome tells whether that exists', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.constantFrom<Way>('whole', 'whole', 'requestLost', 'answerLost', 'proxy', 'notReached'), {
				minLength: 1,
				maxLength: 9,
			}),
			fc.array(endings, { minLength: 1, maxLength: 3 }),
			fc.integer({ min: 0, max: 20 }),
			policies,
			fc.double({ min: 0, max: 0.999, noNaN: true }),
			async (ways, ends, patience, policy, random) => {
				const gateway = gatewayOf(ways, ends, patience);
				const host = { ...fakeHost([], { random }), send: gateway.send };
				const begunAtMs = host.now();
				const outcome = await createLead(
					{ firstName: 'Mona', phone: '+201001234567' },
					{ baseUrl: 'http://gateway.test', organizationId: 'o', apiKey: 'key-1234', gateway: true },
					policy,
					host,
				);

				expect(gateway.taken()).toBeLessThanOrEqual(1);
				if (outcome.outcome === 'created') expect(gateway.leads()).toBe(1);
				else if (outcome.outcome !== 'unconfirmed') expect(gateway.leads()).toBe(0);
				expect(outcome.outcome).not.toBe('duplicate');
				expect(outcome.attempts).toBeLessThanOrEqual(policy.maxTries ?? 5);
				expect(host.now() - begunAtMs).toBe(outcome.waitedMs);
				expect(outcome.warnings).toEqual([]);
				if (outcome.outcome === 'unconfirmed' && outcome.cause.kind === 'atGateway') expect(gateway.taken()).toBe(1);
			},
		),
		{ numRuns: byCases({ few: 700, more: 2000, all: 50_000 }), seed: 20261124 + seed },
	);
});
