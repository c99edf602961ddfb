import { platforms } from '../../../packages/core/src';
import { signedHeaders } from '../../../packages/gateway/src/alerts/signAlert';
import { receivingHost } from '../../fixtures/receivingHost';
import { byCases, seed } from '../../fixtures/cases';
import fc from 'fast-check';

const nowMs = 1_800_000_000_000;
const secret = fc
	.uint8Array({ minLength: 24, maxLength: 64 })
	.map((bytes) => `whsec_${Buffer.from(bytes).toString('base64')}`);
const message = fc.record({ id: fc.stringMatching(/^[a-z0-9_]{1,40}$/), body: fc.json(), secret });

/** What whoever receives Standard Webhooks says of it. */
const proofOf = (headers: Readonly<Record<string, string>>, body: string, ownSecret: string, atMs = nowMs): string =>
	platforms.standard.prove(
		{ method: 'POST', headers, query: {}, body: Buffer.from(body) },
		{ secret: ownSecret, nextSecret: '', verifyToken: '', pageToken: '' },
		receivingHost(() => atMs),
	);
const runs = { numRuns: byCases({ few: 100, more: 500, all: 5000 }), seed };

test('what the gateway signs is genuine for a receiver of Standard Webhooks, and nothing that was changed is', () => {
	fc.assert(
		fc.property(message, secret, fc.nat(), (given, otherSecret, place) => {
			const headers = signedHeaders(given.id, given.body, given.secret, nowMs);
			expect(proofOf(headers, given.body, given.secret)).toBe('genuine');
			const at = place % given.body.length;
			const changed = `${given.body.slice(0, at)}${given.body[at] === 'x' ? 'y' : 'x'}${given.body.slice(at + 1)}`;
			expect(proofOf(headers, changed, given.secret)).toBe('forged');
			expect(proofOf({ ...headers, 'webhook-id': `${given.id}x` }, given.body, given.secret)).toBe('forged');
			if (otherSecret !== given.secret) expect(proofOf(headers, given.body, otherSecret)).toBe('forged');
			expect(proofOf(headers, given.body, given.secret, nowMs + 600_000)).toBe('tooOld');
		}),
		runs,
	);
});
