import { createLockOut, sourceOf } from '../../packages/gateway/src/inbox/lockOut';
import { adminToken, openInboxWorld } from './inboxWorld';
import fc from 'fast-check';

test('200 wrong tokens sent together: five are looked at, as of those sent one after the other', async () => {
	const world = await openInboxWorld();
	const statuses = (
		await Promise.all(Array.from({ length: 200 }, async (_, index) => await world.signIn(`a wrong token ${index}`)))
	).map(({ status }) => status);
	expect([
		statuses.filter((status) => status === 401).length,
		statuses.filter((status) => status === 429).length,
	]).toEqual([5, 195]);
	expect((await world.signIn(adminToken)).status).toBe(429);
});

test('the right token among 200 sent together lets in only where its turn is one of the first', async () => {
	const world = await openInboxWorld();
	const statuses = (
		await Promise.all(
			Array.from({ length: 200 }, async (_, index) => await world.signIn(index === 150 ? adminToken : 'a wrong token')),
		)
	).map(({ status }) => status);
	expect(statuses.filter((status) => status === 303)).toEqual([]);
});

test('addresses share what may be tried; whoever signed in before is kept out by nobody else', async () => {
	const world = await openInboxWorld();
	expect((await world.signIn(adminToken, { from: '192.0.2.1' })).status).toBe(303);
	const statuses = (
		await Promise.all(
			Array.from(
				{ length: 500 },
				async (_, index) => await world.signIn('a wrong token', { from: `198.51.${index >> 8}.${index & 255}` }),
			),
		)
	).map(({ status }) => status);
	expect(statuses.filter((status) => status === 401)).toHaveLength(50);
	expect((await world.signIn(adminToken, { from: '203.0.113.9' })).status).toBe(429);
	expect((await world.signIn(adminToken, { from: '192.0.2.1' })).status).toBe(303);
	await world.clock.advance(10_000);
	expect((await world.signIn(adminToken, { from: '203.0.113.9' })).status).toBe(303);
});

test('in any order and at any times, no more than the free tries and those that time allows are looked at', () => {
	fc.assert(
		fc.property(
			fc.array(fc.record({ address: fc.nat(200), afterMs: fc.oneof(fc.constant(0), fc.nat(60_000)) }), {
				maxLength: 400,
			}),
			(calls) => {
				let nowMs = 1_000_000;
				const lockOut = createLockOut(() => nowMs);
				const letThrough = new Map<number, number>();
				let all = 0;
				for (const { address, afterMs } of calls) {
					nowMs += afterMs;
					if (lockOut.begin(`10.0.0.${address}`) > 0) continue;
					letThrough.set(address, (letThrough.get(address) ?? 0) + 1);
					all++;
				}
				const tookMs = nowMs - 1_000_000;
				expect(all).toBeLessThanOrEqual(50 + Math.ceil(tookMs / 10_000));
				for (const count of letThrough.values()) expect(count).toBeLessThanOrEqual(5 + Math.ceil(tookMs / 10_000));
			},
		),
		{ seed: 7 },
	);
});

test.each([
	['::ffff:192.0.2.1', '192.0.2.1'],
	['192.0.2.1', '192.0.2.1'],
	['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
	['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
	['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
	['::1', '0:0:0:0::/64'],
	['fe80::1%eth0', 'fe80:0:0:0::/64'],
	['', ''],
])('%s is counted as %s', (address, source) => {
	expect(sourceOf(address)).toBe(source);
});
