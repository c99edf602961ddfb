import { initialLimiter, onThrottled, longestAskedMs } from '../../packages/core/src';
import type { Account } from '../../packages/gateway/src/leads/accounts';
import { createCircuitBreakers, type CircuitBreakers } from '../../packages/gateway/src/stores/redis/circuitBreaker';
import { readHold } from '../../packages/gateway/src/stores/redis/schema/hold';
import { readPace } from '../../packages/gateway/src/stores/redis/schema/pace';
import { paceOf } from '../../packages/gateway/src/stores/redis/sharedLimiter';
import { openOf } from '../../packages/gateway/src/stores/redis/storedBreaker';
import { nextStep } from '../../packages/outbox/src';
import { answerOf } from '../../packages/outbox/src/queue/stepAfter';
import { cases } from '../fixtures/cases';
import { type ApiAnswer, outcomeOfAnswer, seeded, sequencesOf } from '../outbox/answers';
import type { Redis } from 'ioredis';

const hourMs = 3_600_000;
const yearMs = 365 * 24 * hourMs;

/** The few commands that holds take, on a clock of its own that can be set. */
const fakeRedis = () => {
	const values = new Map<string, { readonly value: string; readonly untilMs: number }>();
	const clock = { nowMs: 50 * yearMs };
	const get = (key: string): string | null => {
		const found = values.get(key);
		if (found === undefined || found.untilMs <= clock.nowMs) return null;
		return found.value;
	};
	const commands = {
		get,
		mget: (...keys: readonly string[]) => keys.map(get),
		time: () => [String(Math.floor(clock.nowMs / 1000)), String(Math.floor((clock.nowMs % 1000) * 1000))],
		set: (key: string, value: string, _px: 'PX', ms: number, nx?: 'NX') => {
			if (nx === 'NX' && get(key) !== null) return null;
			values.set(key, { value, untilMs: clock.nowMs + ms });
			return 'OK';
		},
		del: (...keys: readonly string[]) => keys.filter((key) => values.delete(key)).length,
		incr: (key: string) => {
			const value = Number(get(key) ?? 0) + 1;
			values.set(key, { value: String(value), untilMs: Number.POSITIVE_INFINITY });
			return value;
		},
		pexpire: () => 1,
		srem: () => 0,
		smembers: () => [],
	};
	const pipeline = (): unknown => {
		const answers: [null, unknown][] = [];
		const batch: unknown = new Proxy(
			{},
			{
				get:
					(_target, name: keyof typeof commands | 'exec') =>
					(...given: never[]) => {
						if (name === 'exec') return Promise.resolve(answers);
						answers.push([null, (commands[name] as (...args: never[]) => unknown)(...given)]);
						return batch;
					},
			},
		);
		return batch;
	};
	const redis = new Proxy(
		{},
		{
			get: (_target, name: keyof typeof commands | 'pipeline') =>
				name === 'pipeline'
					? pipeline
					: async (...given: never[]) =>
							await Promise.resolve((commands[name] as (...args: never[]) => unknown)(...given)),
		},
	);
	return { redis: redis as Redis, clock };
};

const accounts: readonly Account[] = ['a', 'b'].map((organization) => ({
	id: `key.${organization}`,
	group: 'key',
	organization,
}));
const timeoutMs = 30_000;
const unread = { newer: () => undefined, damaged: () => undefined };

/** Leads of both organizations through the holds of two gateways, in turns; gives how long the last of them waited for its turn. */
const waitedMs = async (sequence: readonly ApiAnswer[], count: number, setMs: () => number): Promise<number> => {
	const { redis, clock } = fakeRedis();
	let nowMs = 1000;
	const pass = (ms: number): void => {
		nowMs += ms;
		clock.nowMs += ms;
	};
	// Their clocks began at different times.
	const gateways: readonly CircuitBreakers[] = [
		createCircuitBreakers(redis, () => nowMs, unread),
		createCircuitBreakers(redis, () => nowMs + 77_777, unread),
	];
	const clocks = [() => nowMs, () => nowMs + 77_777];
	const mayLeave = async (gateway: number, account: Account): Promise<boolean> => {
		const holds = gateways[gateway] as CircuitBreakers;
		const at = (clocks[gateway] as () => number)();
		const { key, organization } = await holds.of(account);
		if (key !== undefined && key.untilMs > at) return false;
		if (organization === undefined) return true;
		return organization.untilMs <= at && (await holds.mayProbe(account.id, `probe ${nowMs}`, timeoutMs));
	};
	const beganAtMs = nowMs;
	const all = [...sequence, ...accounts.map((): ApiAnswer => '201')];
	for (const [index, answer] of all.entries()) {
		const [gateway, account] = [index % 2, accounts[index % count] as Account];
		for (; !(await mayLeave(gateway, account)); pass(500)) if (nowMs - beganAtMs > 1_200_000) return nowMs - beganAtMs;
		const leftAtMs = (clocks[gateway] as () => number)();
		pass(50);
		clock.nowMs += setMs();
		const outcome = outcomeOfAnswer[answer]();
		const said = answerOf(nextStep(outcome, undefined), outcome, leftAtMs);
		const holds = gateways[gateway] as CircuitBreakers;
		if (said.kind === 'refused') await holds.refused(account, said);
		else if (said.kind === 'unanswered') await holds.unanswered(account, leftAtMs);
		else if (said.kind === 'undecided') await holds.undecided(account);
		else await holds.passed(account, outcome.outcome === 'created', leftAtMs);
	}
	return nowMs - beganAtMs;
};

const isAll = cases === 'all';
test.each<[name: string, count: number, jumpMs: number]>([
	['one organization', 1, 0],
	['two organizations', 2, 0],
	['one organization, and the time at Redis is set', 1, hourMs],
	['two organizations, and the time at Redis is set by years', 2, yearMs],
])(
	'%s: after every sequence of answers leads leave within ten minutes',
	async (_name, count, jumpMs) => {
		const random = seeded(20);
		const threes = sequencesOf(3).filter(() => cases !== 'few' || random() < 0.2);
		const longer = sequencesOf(isAll ? 5 : 4).filter(() => isAll || random() < (cases === 'few' ? 0.01 : 0.05));
		const late: string[] = [];
		for (const sequence of [...sequencesOf(2), ...threes, ...longer]) {
			const ms = await waitedMs(sequence, count, () => Math.round((random() * 2 - 1) * jumpMs));
			if (ms > 600_000) late.push(`${sequence.join(', ')}: ${ms}`);
		}
		expect(late.slice(0, 10)).toEqual([]);
	},
	600_000,
);

describe('a note of a hold', () => {
	const note = (sinceMs: number, untilMs: number): string =>
		JSON.stringify({ schemaVersion: 1, why: 'key', consecutiveFailures: 2, sinceMs, untilMs });
	test.each<[name: string, text: string | null, leftMs: number | undefined]>([
		['as it was written', note(1000, 3000), 1000],
		['over', note(0, 500), 0],
		['by a clock that was ahead by years', note(yearMs, yearMs + 5000), 5000],
		['by a clock that was behind', note(-yearMs, -yearMs + 5000), 0],
		['of a pause that is longer than any', note(1000, 1000 + yearMs), longestAskedMs],
		['that ends before it began', note(3000, 1000), 0],
		['none', null, undefined],
		['of no version', '{"until":5}', undefined],
		['of a newer version', note(1000, 3000).replace('"schemaVersion":1', '"schemaVersion":2'), undefined],
		[
			'with a reason that nobody knows',
			'{"schemaVersion":1,"why":"moon","consecutiveFailures":1,"sinceMs":1,"untilMs":2}',
			undefined,
		],
		[
			'with a time that is none',
			'{"schemaVersion":1,"why":"key","consecutiveFailures":1,"sinceMs":null,"untilMs":1e999}',
			undefined,
		],
		['no JSON', '{', undefined],
	])('%s', (_name, text, leftMs) => {
		const read = readHold(text);
		expect(read.kind === 'known' ? openOf(read.value, 2000, 500).untilMs - 500 : undefined).toBe(leftMs);
	});
});

describe('a pace that was noted', () => {
	const noted = (notedAtMs: number): string => {
		const pace = onThrottled(initialLimiter(notedAtMs), notedAtMs, 60_000, notedAtMs);
		return JSON.stringify({ ...pace, notedAtMs, schemaVersion: 1 });
	};
	test.each<[name: string, text: string | null, heldMs: number | undefined]>([
		['a moment ago', noted(yearMs - 1000), 59_000],
		['by a clock that was ahead by years', noted(10 * yearMs), 60_000],
		['by a clock that was a little ahead', noted(yearMs + 30_000), 60_000],
		['long ago', noted(0), -24 * hourMs + 60_000],
		[
			'held until a time that is ahead by years',
			JSON.stringify({
				...onThrottled(initialLimiter(10 * yearMs), 0, 60_000, 10 * yearMs),
				notedAtMs: yearMs,
				schemaVersion: 1,
			}),
			hourMs,
		],
		['by a newer version', noted(yearMs).replace('"schemaVersion":1', '"schemaVersion":2'), undefined],
		['never', null, undefined],
		['in another shape', '{"rate":1}', undefined],
	])('%s', (_name, text, heldMs) => {
		const read = readPace(text);
		expect(read.kind === 'known' ? paceOf(read.value, yearMs, 7000).heldUntilMs - 7000 : undefined).toBe(heldMs);
	});
});
