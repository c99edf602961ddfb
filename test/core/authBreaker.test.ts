import { createAuthBreaker, neverProbe, type AuthBreaker } from '../../packages/core/src';

type Ending = Parameters<AuthBreaker['learn']>[1];
const unauthorized: Ending = { outcome: 'unauthorized', status: 401 };
const forbidden: Ending = { outcome: 'forbidden', status: 403 };
const created: Ending = { outcome: 'created', status: 201 };
const fresh = (): AuthBreaker => createAuthBreaker({ withoutPause: 1, firstPauseMs: 1000, longestPauseMs: 4000 });

test('after a first 401 one lead at a time may ask, and the others are not sent', () => {
	const refusals = fresh();
	refusals.learn('a', unauthorized, 0, 10);
	expect([refusals.check('a', 11), refusals.check('b', 12), refusals.check('a', 13), refusals.isKeyRefused()]).toEqual([
		'send',
		'unauthorized',
		'unauthorized',
		true,
	]);
});

test('the lead that asks and is let in lets everybody in again', () => {
	const refusals = fresh();
	refusals.learn('a', unauthorized, 0, 10);
	refusals.check('a', 11);
	refusals.learn('a', created, 11, 20);
	expect([refusals.check('a', 21), refusals.check('b', 21), refusals.isKeyRefused()]).toEqual(['send', 'send', false]);
});

test('each further refusal in a row pauses twice as long, up to the longest', () => {
	const refusals = fresh();
	let nowMs = 0;
	const pauses = [1, 2, 3, 4, 5].map(() => {
		refusals.learn('a', unauthorized, nowMs, nowMs);
		const refusedAtMs = nowMs;
		while (refusals.check('a', nowMs) !== 'send') nowMs += 100;
		return nowMs - refusedAtMs;
	});
	expect(pauses).toEqual([0, 1000, 2000, 4000, 4000]);
});

test('refusals that were under way together are one, and a success among them changes nothing', () => {
	const refusals = fresh();
	refusals.learn('a', unauthorized, 0, 10);
	refusals.learn('a', unauthorized, 5, 20);
	refusals.learn('a', created, 8, 30);
	expect([refusals.isKeyRefused(), refusals.check('a', 31)]).toEqual([true, 'send']);
	refusals.learn('a', unauthorized, 31, 40);
	expect([refusals.check('a', 500), refusals.check('a', 1040)]).toEqual(['unauthorized', 'send']);
});

test('a 403 stops the same organization only', () => {
	const refusals = fresh();
	refusals.learn('a', forbidden, 0, 10);
	refusals.check('a', 11);
	refusals.learn('a', forbidden, 11, 20);
	expect([refusals.check('a', 21), refusals.check('b', 21), refusals.isKeyRefused()]).toEqual([
		'forbidden',
		'send',
		false,
	]);
	refusals.check('a', 1021);
	refusals.learn('a', created, 1021, 1030);
	expect(refusals.check('a', 1031)).toBe('send');
});

test('a lead that asked and got no answer leaves the question to the next', () => {
	const refusals = fresh();
	refusals.learn('a', unauthorized, 0, 10);
	refusals.check('a', 11);
	refusals.learn('a', { outcome: 'unconfirmed', status: null }, 11, 20);
	expect([refusals.check('a', 21), refusals.check('a', 22)]).toEqual(['send', 'unauthorized']);
});

test('a key that is refused while an organization asks leaves that question open', () => {
	const refusals = fresh();
	refusals.learn('a', forbidden, 0, 10);
	refusals.check('a', 11);
	refusals.learn('a', unauthorized, 11, 20);
	refusals.check('b', 21);
	refusals.learn('b', created, 21, 30);
	expect(refusals.check('a', 31)).toBe('send');
});

test('where nothing is tried again, nothing more is sent', () => {
	const refusals = createAuthBreaker(neverProbe);
	refusals.learn('a', unauthorized, 0, 10);
	expect(refusals.check('a', 1e12)).toBe('unauthorized');
});
