import { createAccess } from '../../packages/gateway/src/inbox/access';
import { createLockOut } from '../../packages/gateway/src/inbox/lockOut';
import { createdBy, openWorld, replied, type World } from './world';

const hourMs = 3_600_000;
const yearMs = 365 * 24 * hourMs;
const jumps: readonly (readonly [name: string, byMs: number])[] = [
	['an hour back', -hourMs],
	['years back', -5 * yearMs],
	['an hour forward', hourMs],
	['years forward', 5 * yearMs],
];

describe('a visit to the inbox', () => {
	const sign = (...texts: readonly string[]): string => texts.join('_');
	test.each<[name: string, byMs: number, isIn: boolean]>([
		['nothing', 0, true],
		['an hour back', -hourMs, true],
		['years back: it would last as long', -5 * yearMs, false],
		['an hour forward', hourMs, true],
		['nine hours forward', 9 * hourMs, false],
	])('the clock is set by %s', (_name, byMs, isIn) => {
		let nowMs = 50 * yearMs;
		const access = createAccess({ token: 't', sign, now: () => nowMs });
		const cookie = access.cookie(false).split(';')[0];
		nowMs += byMs;
		expect(access.isSignedIn(cookie)).toBe(isIn);
	});
});

test('whoever guesses tokens waits as long, whatever the clock is set to', () => {
	let elapsedMs = 0;
	const lockOut = createLockOut(() => elapsedMs);
	for (let wrong = 0; wrong < 5; wrong++) expect(lockOut.begin('a')).toBe(0);
	expect(lockOut.begin('a')).toBe(10_000);
	elapsedMs += 10_000;
	expect(lockOut.begin('a')).toBe(0);
	expect(lockOut.begin('a')).toBe(20_000);
	elapsedMs += 20_000;
	expect(lockOut.begin('a')).toBe(0);
});

describe('a gateway whose clock is set', () => {
	const wait = async (world: World): Promise<number> => {
		const answer = world.call({ headers: { prefer: 'wait=5' } });
		await world.clock.advance(6000);
		return (await answer).status;
	};
	test.each(jumps)(
		'%s: a client waits no longer than it asked for, and the lead leaves when it may',
		async (_name, byMs) => {
			let isGood = false;
			const world: World = await openWorld((request) => {
				world.clock.set(byMs);
				return isGood ? createdBy(request) : replied(401);
			});
			expect(await wait(world)).toBe(202);
			isGood = true;
			await world.clock.advance(300_000);
			expect((await world.gateway.queue.counts()).ended).toBe(1);
		},
	);

	test.each(jumps)('%s: so it is with a cap', async (_name, byMs) => {
		const world: World = await openWorld(
			(request) => {
				world.clock.set(byMs);
				return createdBy(request);
			},
			{ maxPerSecond: 1 },
		);
		for (let number = 0; number < 5; number++) void world.call({ headers: { prefer: 'wait=0' } });
		await world.clock.advance(6000);
		expect((await world.gateway.queue.counts()).ended).toBe(5);
	});
});
