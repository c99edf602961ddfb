import { headerOf, withRetryAfterSeconds } from '../../packages/core/src';
import { readRetryAfterMs } from '../../packages/core/src/api/retryAfter';

const nowMs = Date.UTC(2026, 10, 20, 8, 0, 0);

test.each<[name: string, header: string | null | undefined, ms: number | null]>([
	['seconds', '120', 120_000],
	['no seconds', '0', 0],
	['space around', ' 5 ', 5_000],
	['a fraction', '1.5', 1_500],
	['a small fraction is never cut to nothing', '0.0004', 1],
	['a date (RFC 7231)', 'Fri, 20 Nov 2026 08:00:30 GMT', 30_000],
	['a date (RFC 850)', 'Friday, 20-Nov-26 08:00:30 GMT', 30_000],
	['a date (asctime, which means UTC)', 'Fri Nov 20 08:00:30 2026', 30_000],
	['a date that has passed', 'Fri, 20 Nov 2026 07:59:30 GMT', 0],
	['longer than a year', '99999999999999999999', 365 * 24 * 3_600_000],
	['hundreds of digits', '9'.repeat(400), 365 * 24 * 3_600_000],
	['a date in a thousand years', 'Tue, 20 Nov 3026 08:00:30 GMT', 365 * 24 * 3_600_000],
	['negative', '-5', null],
	['words', 'soon', null],
	['a day and nothing', 'Fri, never', null],
	['an ISO date, which HTTP does not know', '2026-11-20T08:00:30Z', null],
	['empty', '', null],
	['none', null, null],
	['none at all', undefined, null],
])('%s', (_, header, ms) => {
	expect(readRetryAfterMs(header, undefined, nowMs)).toBe(ms);
});

describe("a date and the answer's own Date", () => {
	const until = 'Fri, 20 Nov 2026 08:00:30 GMT';
	test.each<[name: string, date: string | undefined, ownMs: number | undefined, ms: number | null]>([
		['our clock is right', 'Fri, 20 Nov 2026 08:00:00 GMT', nowMs, 30_000],
		['our clock is two hours ahead', 'Fri, 20 Nov 2026 08:00:00 GMT', nowMs + 7_200_000, 30_000],
		['our clock is years behind', 'Fri, 20 Nov 2026 08:00:00 GMT', 0, 30_000],
		['their clock is a day behind', 'Thu, 19 Nov 2026 08:00:30 GMT', nowMs, 86_400_000],
		['a Date in the oldest form', 'Fri Nov 20 08:00:00 2026', 0, 30_000],
		['no Date: our clock', undefined, nowMs, 30_000],
		['a Date that is none', 'yesterday', nowMs, 30_000],
		['neither', undefined, undefined, null],
	])('%s', (_, date, ownMs, ms) => {
		expect(readRetryAfterMs(until, date, ownMs)).toBe(ms);
	});

	test.each<[name: string, headers: Readonly<Record<string, string>>, after: string | undefined]>([
		['a date', { 'Retry-After': until, Date: 'Fri, 20 Nov 2026 08:00:00 GMT' }, '30'],
		['a date that has passed', { 'retry-after': until, date: 'Fri, 20 Nov 2026 09:00:00 GMT' }, '0'],
		['seconds stay as they came', { 'retry-after': '1.5' }, '1.5'],
		['words stay as they came', { 'retry-after': 'soon' }, 'soon'],
		['none', {}, undefined],
	])('it is read once: %s', (_, headers, after) => {
		const reply = withRetryAfterSeconds({ status: 429, headers, body: 'kept' }, 0);
		expect(reply).toMatchObject({ status: 429, body: 'kept' });
		expect('headers' in reply ? headerOf(reply.headers, 'retry-after') : null).toBe(after ?? null);
	});
});
