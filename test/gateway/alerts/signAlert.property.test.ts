import { platforms } from '../../../packages/core/src';
import { signedHeaders, signingKey } from '../../../packages/gateway/src/alerts/signAlert';
import { receivingHost } from '../../fixtures/receivingHost';
import { byCases, seed } from '../../fixtures/cases';
import fc from 'fast-check';

const nowMs = 1_800_000_000_000;
const secret = fc
	.uint8Array({ minLength: 24, maxLength: 64 })
	.map((bytes) => Buffer.from(bytes).toString('base64'))
	.chain((text) => fc.constantFrom(text, `whsec_${text}`));
const keyOf = (text: string): Buffer => signingKey(text) ?? Buffer.from('');
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
			const headers = signedHeaders(given.id, given.body, keyOf(given.secret), nowMs);
			expect(proofOf(headers, given.body, given.secret)).toBe('genuine');
			const at = place % given.body.length;
			const changed = `${given.body.slice(0, at)}${given.body[at] === 'x' ? 'y' : 'x'}${given.body.slice(at + 1)}`;
			expect(proofOf(headers, changed, given.secret)).toBe('forged');
			expect(proofOf({ ...headers, 'webhook-id': `${given.id}x` }, given.body, given.secret)).toBe('forged');
			if (!keyOf(otherSecret).equals(keyOf(given.secret)))
				expect(proofOf(headers, given.body, otherSecret)).toBe('forged');
			expect(proofOf(headers, given.body, given.secret, nowMs + 600_000)).toBe('tooOld');
		}),
		runs,
	);
});

test.each([
	['a plain text, of which a receiver would make other bytes', 'a secret of sixteen and more'],
	['the same behind the prefix', 'whsec_a secret of sixteen and more'],
	['too few bytes', `whsec_${Buffer.alloc(23).toString('base64')}`],
	['base64 that is cut off', Buffer.alloc(25).toString('base64').replace(/=+$/, '')],
	['base64 for addresses', Buffer.alloc(24, 0xff).toString('base64url')],
	['nothing', ''],
	['the prefix alone', 'whsec_'],
])('%s is no secret to sign with', (_name, text) => {
	expect(signingKey(text)).toBeUndefined();
});
