import { createRefusals } from '../../packages/core/src';

const answer = (outcome: 'unauthorized' | 'forbidden' | 'created', status: number | null = 200): { readonly outcome: typeof outcome; readonly status: number | null } => ({ outcome, status });
const fresh = (): ReturnType<typeof createRefusals> => createRefusals({ firstPauseMs: 1000, longestPauseMs: 4000 });

test('after a 401 nothing is sent, until one lead asks again', () => {
	const refusals = fresh();
	refusals.learn('a', answer('unauthorized'), 0, 10);
	expect([refusals.check('a', 11), refusals.check('b', 500), refusals.isKeyRefused()]).toEqual(['unauthorized', 'unauthorized', true]);
	expect([refusals.check('a', 1010), refusals.check('b', 1010), refusals.check('a', 1500)]).toEqual(['send', 'unauthorized', 'unauthorized']);
});

test('the lead that asks and is let in lets everybody in again', () => {
	const refusals = fresh();
	refusals.learn('a', answer('unauthorized'), 0, 10);
	refusals.check('a', 1010);
	refusals.learn('a', answer('created'), 1010, 1020);
	expect([refusals.check('a', 1021), refusals.check('b', 1021), refusals.isKeyRefused()]).toEqual(['send', 'send', false]);
});

test('each further refusal pauses twice as long, up to the longest', () => {
	const refusals = fresh();
	let nowMs = 0;
	const pauses = [1, 2, 3, 4].map(() => {
		refusals.learn('a', answer('unauthorized'), nowMs, nowMs);
		const begunAtMs = nowMs;
		while (refusals.check('a', nowMs) !== 'send') nowMs += 100;
		return nowMs - begunAtMs;
	});
	expect(pauses).toEqual([1000, 2000, 4000, 4000]);
});

test('refusals that were under way together are one, and a success among them does not end the pause', () => {
	const refusals = fresh();
	refusals.learn('a', answer('unauthorized'), 0, 10);
	refusals.learn('a', answer('unauthorized'), 5, 20);
	refusals.learn('a', answer('created'), 8, 30);
	expect([refusals.check('a', 900), refusals.check('a', 1011)]).toEqual(['unauthorized', 'send']);
});

test('a 403 stops the same organization only', () => {
	const refusals = fresh();
	refusals.learn('a', answer('forbidden'), 0, 10);
	expect([refusals.check('a', 11), refusals.check('b', 11), refusals.isKeyRefused()]).toEqual(['forbidden', 'send', false]);
	refusals.check('a', 1010);
	refusals.learn('a', answer('created'), 1010, 1020);
	expect(refusals.check('a', 1021)).toBe('send');
});

test('what was not answered tells nothing', () => {
	const refusals = fresh();
	refusals.learn('a', answer('unauthorized', null), 0, 10);
	expect(refusals.check('a', 11)).toBe('send');
});

test('without probing, a run sends nothing more', () => {
	const refusals = createRefusals({ firstPauseMs: Number.POSITIVE_INFINITY, longestPauseMs: Number.POSITIVE_INFINITY });
	refusals.learn('a', answer('unauthorized'), 0, 10);
	expect(refusals.check('a', 1e12)).toBe('unauthorized');
});
