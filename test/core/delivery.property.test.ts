import { createLead, createLimiter, type Policy, type Reply } from '../../packages/core/src';
import { byCases, seed } from '../fixtures/cases';
import { fakeHost } from './fakeHost';
import fc from 'fast-check';

/** What a server may do with one sending, and whether it has a lead afterwards. */
interface Deed {
	readonly reply: Reply;
	readonly creates: boolean;
}

const answered = (status: number, headers: Readonly<Record<string, string>> = {}, body: unknown = ''): Reply => ({
	status,
	headers,
	body,
});
const created: Deed = { reply: answered(201, {}, { _id: 'a', leadNumber: 1 }), creates: true };

const deed: fc.Arbitrary<Deed> = fc.oneof(
	fc.constant(created),
	fc
		.constantFrom(400, 401, 403, 404, 408, 409, 413, 415, 422, 429, 451, 501, 301, 302, 307, 308)
		.map((status) => ({ reply: answered(status), creates: false })),
	fc
		.constantFrom('0', '1', '5', '61', '9999')
		.map((after) => ({ reply: answered(429, { 'retry-after': after }), creates: false })),
	fc.constantFrom('0', '1', '61').map((after) => ({ reply: answered(503, { 'retry-after': after }), creates: false })),
	// Nobody can tell from these whether a lead was created, so both happens.
	fc
		.tuple(fc.constantFrom(500, 502, 503, 504, 507, 520), fc.boolean())
		.map(([status, creates]) => ({ reply: answered(status), creates })),
	fc
		.tuple(
			fc.constantFrom('ECONNRESET', 'UND_ERR_SOCKET', 'TIMEOUT', 'ETIMEDOUT', 'EPIPE', 'SOMETHING_NEW'),
			fc.boolean(),
		)
		.map(([code, creates]) => ({ reply: { fault: { code, left: true } }, creates })),
	fc
		.tuple(fc.constantFrom('', '<html>', '{"ok":true}', '{"_id":""}', '[]'), fc.boolean())
		.map(([body, creates]) => ({ reply: answered(200, {}, body), creates })),
	fc
		.constantFrom('ENOTFOUND', 'ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED', 'EHOSTUNREACH')
		.map((code) => ({ reply: { fault: { code } }, creates: false })),
);

const policy: fc.Arbitrary<Partial<Policy>> = fc.record({
	maxTries: fc.integer({ min: 1, max: 8 }),
	maxWaitSeconds: fc.constantFrom(0, 1, 60, 600),
	unconfirmed: fc.constantFrom('report', 'resend'),
});

test('for any answers and faults: no more sendings than allowed, and the outcome tells how many leads there are', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(deed, { minLength: 8, maxLength: 8 }),
			policy,
			fc.double({ min: 0, max: 0.999, noNaN: true }),
			fc.boolean(),
			async (deeds, settings, random, isPaced) => {
				const fake = fakeHost(
					deeds.map(({ reply }) => reply),
					{ random },
				);
				const host = isPaced ? { ...fake, turns: createLimiter(0, fake.monotonicMs()) } : fake;
				const outcome = await createLead(
					{ firstName: 'Mona', phone: '+201001234567' },
					{ baseUrl: '', organizationId: 'o' },
					settings,
					host,
				);
				const sendings = fake.sendings.length;
				const leads = deeds.slice(0, sendings).filter(({ creates }) => creates).length;

				expect(sendings).toBe(outcome.attempts);
				expect(sendings).toBeGreaterThanOrEqual(1);
				expect(sendings).toBeLessThanOrEqual(settings.maxTries ?? 5);
				expect(outcome.waitedMs).toBeLessThanOrEqual((settings.maxWaitSeconds ?? 60) * 1000);
				const resent = settings.unconfirmed === 'resend';
				if (outcome.outcome === 'created') expect(resent ? leads >= 1 : leads === 1).toBe(true);
				else if (outcome.outcome === 'unconfirmed') expect(resent || leads <= 1).toBe(true);
				else expect(leads).toBe(0);
			},
		),
		{ numRuns: byCases({ few: 700, more: 2000, all: 50_000 }), seed: 20261122 + seed },
	);
});
