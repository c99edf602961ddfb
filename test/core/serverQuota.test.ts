import { readAvailableQuota } from '../../packages/core/src/api/rateLimitHeaders';
import {
	initialQuota,
	onLeft,
	onQuotaReply,
	type QuotaState,
	quotaWaitMs,
} from '../../packages/core/src/rateLimit/serverQuota';
import { createLimiter } from '../../packages/core/src';
import { byCases, seed, seeded } from '../fixtures/cases';
import { type Headers, type Limit, type QuotaHeaders, type Run, runAgainst } from './limitedApi';
import fc from 'fast-check';

const date = 'Sat, 28 Nov 2026 18:00:00 GMT';
const dateSeconds = Date.parse(date) / 1000;

describe('what servers write', () => {
	test.each<[name: string, headers: Record<string, string | string[]>, claim: ReturnType<typeof readAvailableQuota>]>([
		[
			'draft 10',
			{ 'RateLimit-Policy': '"api";q=100;w=60', RateLimit: '"api";r=50;t=30' },
			{ remaining: 50, quota: 100, resetMs: 30_000, windowMs: 60_000 },
		],
		[
			'draft 10 without its policy',
			{ ratelimit: '"api";r=50;t=30' },
			{ remaining: 50, quota: null, resetMs: 30_000, windowMs: null },
		],
		[
			'draft 10 with several policies: the one with the least left',
			{
				'ratelimit-policy': '"burst";q=100;w=60,"da;il,y";q=1000;w=86400;pk=:dHJpYWwx:',
				ratelimit: '"burst";r=70;t=30, "da;il,y";r=3;t=4000',
			},
			{ remaining: 3, quota: 1000, resetMs: 4_000_000, windowMs: 86_400_000 },
		],
		[
			'draft 10 whose policy is of bytes',
			{ 'ratelimit-policy': '"b";q=65535;qu="content-bytes"', ratelimit: '"b";r=0;t=3600' },
			null,
		],
		[
			'draft 10 without a reset: its window',
			{ 'ratelimit-policy': 'api;q=10;w=1', ratelimit: 'api;r=4' },
			{ remaining: 4, quota: 10, resetMs: 1000, windowMs: 1000 },
		],
		[
			'draft 7',
			{ 'ratelimit-policy': '100;w=60', ratelimit: 'limit=100, remaining=50, reset=5' },
			{ remaining: 50, quota: 100, resetMs: 5000, windowMs: 60_000 },
		],
		[
			'the older trio',
			{ 'RateLimit-Limit': '100', 'RateLimit-Remaining': '50', 'RateLimit-Reset': '5' },
			{ remaining: 50, quota: 100, resetMs: 5000, windowMs: null },
		],
		[
			'the older trio with its policy behind the limit',
			{ 'ratelimit-limit': '100, 100;w=60', 'ratelimit-remaining': '50', 'ratelimit-reset': '5' },
			{ remaining: 50, quota: 100, resetMs: 5000, windowMs: 60_000 },
		],
		[
			'X-RateLimit with seconds',
			{ 'X-RateLimit-Limit': '60', 'X-RateLimit-Remaining': '59', 'X-RateLimit-Reset': '0.5' },
			{ remaining: 59, quota: 60, resetMs: 500, windowMs: null },
		],
		[
			'X-RateLimit with a time in seconds',
			{ date, 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '9', 'x-ratelimit-reset': String(dateSeconds + 20) },
			{ remaining: 9, quota: 60, resetMs: 20_000, windowMs: null },
		],
		[
			'X-Rate-Limit with a time in milliseconds',
			{ date, 'x-rate-limit-remaining': '9', 'x-rate-limit-reset': String((dateSeconds + 20) * 1000) },
			{ remaining: 9, quota: null, resetMs: 20_000, windowMs: null },
		],
		[
			'a time that is past',
			{ date, 'x-ratelimit-remaining': '9', 'x-ratelimit-reset': String(dateSeconds - 20) },
			{ remaining: 9, quota: null, resetMs: 0, windowMs: null },
		],
		[
			'a list of values: the first',
			{ 'x-ratelimit-remaining': ['9', '8'], 'x-ratelimit-reset': ['1'] },
			{ remaining: 9, quota: null, resetMs: 1000, windowMs: null },
		],
		['a time without a Date', { 'x-ratelimit-remaining': '9', 'x-ratelimit-reset': String(dateSeconds) }, null],
		['nothing of the kind', { 'content-type': 'application/json', 'x-request-id': 'ratelimit' }, null],
		['less than nothing', { 'ratelimit-remaining': '-1', 'ratelimit-reset': '5' }, null],
		['more than the quota', { 'ratelimit-limit': '5', 'ratelimit-remaining': '6', 'ratelimit-reset': '5' }, null],
		['a quota of nothing', { 'ratelimit-limit': '0', 'ratelimit-remaining': '0', 'ratelimit-reset': '5' }, null],
		['no number', { ratelimit: '"a";r=many;t=soon', 'x-ratelimit-remaining': 'NaN', 'x-ratelimit-reset': '1e9' }, null],
		['10 MB', { ratelimit: `"${'a,;"'.repeat(2_621_440)}`, 'x-ratelimit-remaining': '1'.repeat(10_485_760) }, null],
	])('%s', (_name, headers, claim) => expect(readAvailableQuota(headers)).toEqual(claim));

	test('anything else is read to numbers that make sense, or to nothing', () => {
		const value = fc.oneof(
			fc.string({ maxLength: 600 }),
			fc.string({ unit: fc.constantFrom('"', '\\', ',', ';', '=', 'r', 't', 'q', 'w', '1', '0', '-', '.', ' ') }),
			fc.integer().map(String),
		);
		const names = ['RateLimit', 'RateLimit-Policy', 'RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'];
		const all = [...names, 'X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset', 'Date'];
		fc.assert(
			fc.property(fc.dictionary(fc.constantFrom(...all), value), (headers) => {
				const claim = readAvailableQuota(headers);
				if (claim === null) return;
				expect(Number.isInteger(claim.remaining) && claim.remaining >= 0).toBe(true);
				expect(claim.resetMs >= 0 && Number.isFinite(claim.resetMs)).toBe(true);
				expect(claim.remaining <= (claim.quota ?? Number.POSITIVE_INFINITY)).toBe(true);
			}),
			{ seed, numRuns: byCases({ few: 300, more: 3000, all: 100_000 }) },
		);
	});
});

const families: readonly QuotaHeaders[] = ['draft10', 'draft7', 'trio', 'x', 'xEpoch'];
const twenty = (kind: Limit['kind'], headers: Limit['headers']): Limit => ({
	perSecond: 20,
	burst: 20,
	kind,
	retryAfter: 'seconds',
	...(headers === undefined ? {} : { headers }),
});

describe.each(['window', 'bucket'] as const)('300 leads at 20 a second, counted in a %s', (kind) => {
	test.each(families.flatMap((family) => [0, 5].map((concurrency) => [family, concurrency] as const)))(
		'told by %s, concurrency %i: none is refused, and it takes no longer than it must',
		async (headers, concurrency) => {
			const { ended, refused, seconds } = await runAgainst({ leads: 300, limit: twenty(kind, headers), concurrency });
			expect({ ended, refused }).toEqual({ ended: { created: 300 }, refused: 0 });
			expect(seconds / 14).toBeLessThanOrEqual(1.02);
		},
	);
});

describe('what is not true', () => {
	const honest = async (concurrency: number, limit: Limit): Promise<Run> =>
		await runAgainst({ leads: 300, limit, concurrency });
	/** What comes of an API that tells nothing: the same each time, so it is run once. */
	const silent = new Map<string, Promise<Run>>();
	const withoutHeaders = async (concurrency: number, kind: Limit['kind']): Promise<Run> => {
		const name = `${kind} ${concurrency}`;
		const run = silent.get(name) ?? honest(concurrency, twenty(kind, undefined));
		silent.set(name, run);
		return await run;
	};
	const both = (remaining: string, reset: string, quota = ''): Headers => {
		const fields = {
			ratelimit: `"api";r=${remaining};t=${reset}`,
			...(quota === '' ? {} : { 'ratelimit-policy': `"api";q=${quota};w=1`, 'x-ratelimit-limit': quota }),
			'x-ratelimit-remaining': remaining,
			'x-ratelimit-reset': reset,
		};
		return () => fields;
	};
	const random = (from: number, most: number, longest: number, quota = ''): Headers => {
		const next = seeded(from);
		return () => both(String(Math.floor(next() * most)), String(Math.floor(next() * longest)), quota)(0);
	};
	const alike = async (concurrency: number, headers: Headers, kind: Limit['kind'] = 'bucket'): Promise<void> => {
		const without = await withoutHeaders(concurrency, kind);
		const lied = await honest(concurrency, twenty(kind, headers));
		expect(lied.ended).toEqual({ created: 300 });
		expect(lied.refused).toBeLessThanOrEqual(without.refused);
		expect(lied.seconds / without.seconds).toBeLessThanOrEqual(1.05);
	};

	test.each<[name: string, headers: Headers]>([
		['huge', both('999999999999999', '999999999999999')],
		['much more than there is', both('1000', '1')],
		['zero', both('0', '0')],
		['zero for an hour', both('0', '3600')],
		['zero for a second, of twenty', both('0', '1', '20')],
		['one for a day', both('1', '86400', '100')],
		['negative', both('-1', '-1', '-1')],
		['10 MB', both('1'.repeat(10_485_760), '0'.repeat(10_485_760))],
		['no numbers', both('Infinity', 'NaN', '0x10')],
		['seconds where it means milliseconds', both('19', '60000', '20')],
	])('%s: no slower by more than 5 %%, and not refused more often', async (_name, headers) => {
		for (const concurrency of [0, 1, 5]) await alike(concurrency, headers);
	});

	const salts = Array.from({ length: byCases({ few: 2, more: 5, all: 200 }) }, (_, index) => seed * 1000 + index);
	test.each(salts)('numbers by chance, seed %i', async (of) => {
		for (const concurrency of [0, 1, 5]) {
			await alike(concurrency, random(of, 10, 2, '10'));
			await alike(concurrency, random(of, 100, 100));
			await alike(concurrency, random(of, 1e9, 1e9));
		}
	});

	test('one that counted once and then says for ever that nothing is left keeps no lead longer than its reset', async () => {
		let asked = 0;
		const headers: Headers = () => both(String(Math.max(0, 19 - asked++)), '1', '20')(0);
		const without = await withoutHeaders(1, 'bucket');
		const lied = await honest(1, twenty('bucket', headers));
		expect(lied.ended).toEqual({ created: 300 });
		// Each second that it held back is one after which it has to be true, or is heard no more.
		expect(lied.seconds - without.seconds).toBeLessThanOrEqual(6);
	});
});

describe('decisions', () => {
	const claim = (remaining: number, resetMs = 10_000, quota: number | null = 100) => ({
		remaining,
		quota,
		resetMs,
		windowMs: null,
	});
	/** One lead after the other, each answered with one less. */
	const counted = (from: number, until: number, resetMs = 10_000, state: QuotaState = initialQuota): QuotaState => {
		let known = state;
		for (let left = from; left >= until; left--)
			known = onQuotaReply(
				onLeft(known, (from - left) * 10),
				{ kind: 'taken', claim: claim(left, resetMs) },
				(from - left) * 10,
				(from - left) * 10 + 5,
			);
		return known;
	};

	test('nobody waits before it has counted, and from then on until the reset that came first', () => {
		expect(quotaWaitMs(counted(3, 0), 100)).toBe(0);
		expect(quotaWaitMs(counted(9, 0), 100)).toBe(9905);
		expect(quotaWaitMs(counted(9, 1), 100)).toBe(0);
		expect(quotaWaitMs(counted(9, 0), 10_005)).toBe(0);
	});

	test('what is on its way counts until its answer tells', () => {
		const one = onLeft(counted(9, 1), 100);
		expect(quotaWaitMs(one, 101)).toBe(20);
		const lost = onQuotaReply(one, { kind: 'lost' }, 100, 200);
		expect(quotaWaitMs(lost, 201)).toBe(0);
	});

	test('after the reset as many leave as the quota says, until an answer tells more, and for no longer than a window', () => {
		let state = counted(9, 0);
		for (let lead = 0; lead < 100; lead++) {
			expect(quotaWaitMs(state, 10_100)).toBe(0);
			state = onLeft(state, 10_100);
		}
		expect(quotaWaitMs(state, 10_100)).toBe(20);
		expect(quotaWaitMs(state, 20_100)).toBe(0);
	});

	test('a reset in an hour: a lead asks after half a minute, and one that is taken shows that it is not true', () => {
		const shut = counted(9, 0, 3_600_000);
		expect(quotaWaitMs(shut, 100)).toBe(29_905);
		const asking = onLeft(shut, 30_010);
		expect([quotaWaitMs(shut, 30_010), quotaWaitMs(asking, 30_011)]).toEqual([0, 20]);
		const taken = onQuotaReply(asking, { kind: 'taken', claim: claim(0, 3_570_000) }, 30_010, 30_020);
		expect([quotaWaitMs(taken, 30_021), quotaWaitMs(counted(9, 0, 3_600_000, taken), 100)]).toEqual([0, 0]);
	});

	test('it goes up where it cannot: it is not heard any more for a while', () => {
		let state = counted(9, 0);
		for (const [index, remaining] of [90, 95, 99].entries())
			state = onQuotaReply(
				onLeft(state, 200 + index * 10),
				{ kind: 'taken', claim: claim(remaining) },
				200 + index * 10,
				205 + index * 10,
			);
		expect(
			quotaWaitMs({ ...state, window: { ...(state.window as NonNullable<QuotaState['window']>), low: 0 } }, 300),
		).toBe(0);
	});

	test('its state goes through JSON unchanged', () => {
		const state = onLeft(counted(9, 0), 100);
		expect(JSON.parse(JSON.stringify(state))).toEqual(state);
	});
});

test('no lead ends by a header: nothing is said to be held back by the limit', async () => {
	const limiter = createLimiter(0, 0);
	for (let left = 9; left >= 0; left--) {
		limiter.tryAcquire(100);
		limiter.onSent((9 - left) * 10);
		limiter.onReply(
			{ status: 201, headers: { ratelimit: `"a";r=${left};t=3600` }, body: {} },
			(9 - left) * 10,
			(9 - left) * 10 + 5,
		);
	}
	expect([limiter.throttledMs(100), limiter.tryAcquire(100)]).toEqual([0, false]);
	let nowMs = 100;
	const sleep = async (ms: number): Promise<void> => {
		nowMs += ms;
		await Promise.resolve();
	};
	expect(await limiter.acquire({ sleep, monotonicMs: () => nowMs }, 60_000)).toBe(0);
	expect(nowMs).toBeLessThanOrEqual(30_100);
});
