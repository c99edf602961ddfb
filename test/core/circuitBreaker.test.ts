import {
	type Answer,
	type Breaker,
	breaker,
	changesAtMs,
	closed,
	createAuthBreaker,
	eventsOf,
	holdReasons,
	mayLeave,
	type Outcome,
} from '../../packages/core/src';

const hourMs = 3_600_000;
const refused = (why: (typeof holdReasons)[number], leftAtMs: number, askedMs?: number): Answer => ({
	kind: 'refused',
	why,
	leftAtMs,
	...(askedMs === undefined ? {} : { askedMs }),
});

/** Everything that may be said of a sending that left at this time. */
const answersTo = (leftAtMs: number): readonly Answer[] => [
	{ kind: 'passed', leftAtMs },
	{ kind: 'unanswered', leftAtMs },
	{ kind: 'undecided' },
	...holdReasons.map((why) => refused(why, leftAtMs)),
	refused('limit', leftAtMs, 0),
	refused('limit', leftAtMs, 20_000),
	refused('limit', leftAtMs, 9e15),
];

/** All states that so many sendings come to, each leaving as soon as one may. */
const reached = (sendings: number): readonly { readonly state: Breaker; readonly atMs: number }[] => {
	let states: { readonly state: Breaker; readonly atMs: number }[] = [{ state: closed, atMs: 0 }];
	const all = [...states];
	for (let sending = 0; sending < sendings; sending++) {
		states = states.flatMap(({ state, atMs }) => {
			const leftAtMs = Math.max(atMs, changesAtMs(state) ?? 0);
			const left = breaker(state, { kind: 'left' }, leftAtMs);
			all.push({ state: left, atMs: leftAtMs });
			return answersTo(leftAtMs).map((answer) => ({
				state: breaker(left, answer, leftAtMs + 100),
				atMs: leftAtMs + 100,
			}));
		});
		all.push(...states);
	}
	return all;
};

test('no state lasts: after an hour at most a lead may leave, after a probe at most five minutes', () => {
	const lasting = reached(3).filter(({ state, atMs }) => {
		const changes = changesAtMs(state) ?? atMs;
		return changes - atMs > (state.kind === 'halfOpen' ? 300_000 : hourMs) || !mayLeave(state, changes);
	});
	expect(lasting).toEqual([]);
});

test('whatever a probe meets, it is not waited for any longer', () => {
	const waiting = reached(3).flatMap(({ state, atMs }) => {
		const left = breaker(state, { kind: 'left' }, atMs);
		const events = answersTo(atMs).flatMap((answer) => Object.values(eventsOf(answer)));
		return events.filter((event) => breaker(left, event, atMs + 100).kind === 'halfOpen');
	});
	expect(waiting).toEqual([]);
});

test('each state goes through JSON unchanged', () => {
	for (const { state } of reached(2)) expect(JSON.parse(JSON.stringify(state))).toEqual(state);
});

describe('what left before it tripped', () => {
	const atMs = 1000;
	const tripped = (why: (typeof holdReasons)[number]): Breaker => breaker(closed, refused(why, 900), atMs);

	test.each(holdReasons)('the same once more is one meeting: %s', (why) => {
		expect(breaker(tripped(why), refused(why, 950), 1100)).toEqual(tripped(why));
	});
	test.each<[why: (typeof holdReasons)[number], kind: Breaker['kind']]>([
		['key', 'open'],
		['limit', 'open'],
		['organization', 'closed'],
		['network', 'closed'],
		['answers', 'closed'],
		['disk', 'closed'],
	])('a lead that passed, held by %s: %s', (why, kind) => {
		expect(breaker(tripped(why), { kind: 'passed', leftAtMs: 950 }, 1100).kind).toBe(kind);
		expect(breaker(tripped(why), { kind: 'passed', leftAtMs: 1050 }, 1100).kind).toBe('closed');
	});
	test('the longer of two waits that the API asks for counts', () => {
		const twice = breaker(breaker(closed, refused('limit', 900, 5000), atMs), refused('limit', 950, 20_000), 1100);
		expect(twice).toMatchObject({ consecutiveFailures: 1, untilMs: 21_100 });
	});
});

test('a server that asks for no wait, over and over, is asked once a second', () => {
	const once = breaker(closed, refused('limit', 0, 0), 0);
	expect([changesAtMs(once), changesAtMs(breaker(once, refused('limit', 10, 0), 10))]).toEqual([0, 1010]);
});

test('refusals: after any sequence of answers a lead may leave within ten minutes', () => {
	const kinds: readonly Pick<Outcome, 'outcome' | 'status'>[] = [
		{ outcome: 'created', status: 201 },
		{ outcome: 'unauthorized', status: 401 },
		{ outcome: 'forbidden', status: 403 },
		{ outcome: 'rateLimited', status: 429 },
		{ outcome: 'unconfirmed', status: 500 },
		{ outcome: 'unconfirmed', status: null },
		{ outcome: 'failed', status: null },
	];
	const sequences = (length: number): readonly (readonly number[])[] =>
		length === 0 ? [[]] : sequences(length - 1).flatMap((before) => kinds.map((_, kind) => [...before, kind]));
	let longestMs = 0;
	const held: string[] = [];
	for (const length of [2, 3, 4, 5]) {
		for (const sequence of sequences(length)) {
			const refusals = createAuthBreaker({ withoutPause: 2, firstPauseMs: 1000, longestPauseMs: 300_000 });
			let nowMs = 0;
			for (const [index, kind] of sequence.entries()) {
				const organization = index % 2 === 0 ? 'a' : 'b';
				for (; refusals.check(organization, nowMs) !== 'send'; nowMs += 500) longestMs = Math.max(longestMs, nowMs);
				refusals.learn(organization, kinds[kind] ?? { outcome: 'created', status: 201 }, nowMs, nowMs + 10);
				nowMs += 20;
			}
			for (const organization of ['a', 'b']) {
				const since = nowMs;
				for (; refusals.check(organization, nowMs) !== 'send' && nowMs < since + 600_000; nowMs += 500);
				if (nowMs - since >= 600_000) held.push(`${organization} after ${sequence.join(' ')}`);
				refusals.learn(organization, { outcome: 'created', status: 201 }, nowMs, nowMs + 10);
			}
		}
	}
	expect([held, longestMs > 0]).toEqual([[], true]);
});
