import { decide, type Decision } from '../../packages/sandbox/src/answers';
import { createLimit } from '../../packages/sandbox/src/limit';
import { readScenario, scenarioEmails, scenarioKeys } from '../../packages/sandbox/src/scenarios';
import { goodHeaders } from './calling';
import { guideRequest } from './guide';

const sent = (
	headers: Record<string, string | undefined> = {},
	body: string = JSON.stringify(guideRequest),
	waitMs = 0,
): Decision => {
	const received = {
		'content-type': 'application/json',
		'x-api-key': goodHeaders['x-api-key'],
		organizationid: 'o',
		...headers,
	};
	return decide({ headers: received, body, origin: 'http://here' }, () => waitMs);
};

describe('refusals, in the order key, permission, limit, body', () => {
	const rows: [name: string, decision: Decision, status: number, message: string | RegExp][] = [
		['no key, and a bad body', sent({ 'x-api-key': undefined }, '{'), 401, 'The x-api-key header is missing'],
		['a key of spaces', sent({ 'x-api-key': '  ' }), 401, 'The x-api-key header is missing'],
		['a key nobody knows', sent({ 'x-api-key': 'mine' }), 401, 'Invalid API key'],
		['an expired key', sent({ 'x-api-key': 'expired-key' }), 401, 'The API key has expired'],
		[
			'a key without the permission, and a bad body',
			sent({ 'x-api-key': 'readonly-key' }, '{'),
			403,
			'Missing permission: Lead > Create',
		],
		['over the limit, and a bad body', sent({ 'x-api-key': 'limited-key' }, '{', 1), 429, 'Too many requests'],
		['no organization', sent({ organizationid: undefined }), 400, 'The organizationId header is required'],
		['no content type', sent({ 'content-type': undefined }), 400, 'Content-Type must be application/json'],
		[
			'a form',
			sent({ 'content-type': 'application/x-www-form-urlencoded' }),
			400,
			'Content-Type must be application/json',
		],
		['no JSON', sent({}, '{"a":'), 400, /JSON/],
		['an empty body', sent({}, ''), 400, /JSON/],
		['a list', sent({}, '[]'), 400, 'The request body must be a JSON object'],
	];
	it.each(rows)('%s', (_, decision, status, message) => {
		expect(decision.create).toBeNull();
		expect(decision.answer?.status).toBe(status);
		const body = JSON.parse(decision.answer?.body ?? '') as { statusCode: number; message: string; error: string };
		expect(body.statusCode).toBe(status);
		expect(body.error).not.toBe('Error');
		expect(body.message).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
	});
});

it('asks for a turn only for the limited key', () => {
	for (const { key, rule } of scenarioKeys) {
		const takeTurn = jest.fn(() => 0);
		decide({ headers: { 'x-api-key': key }, body: '', origin: '' }, takeTurn);
		expect(takeTurn).toHaveBeenCalledTimes(rule === 'limited' ? 1 : 0);
	}
});

it.each([
	[1, '1'],
	[1000, '1'],
	[1001, '2'],
])('rounds a wait of %s ms up to %s s', (waitMs, seconds) => {
	expect(sent({ 'x-api-key': 'limited-key' }, '{}', waitMs).answer?.headers['retry-after']).toBe(seconds);
});

describe('scenario addresses', () => {
	const rows: [email: string | null, reading: ReturnType<typeof readScenario>][] = [
		['status-503@sandbox.test', { kind: 'effect', effect: { kind: 'status', status: 503 } }],
		['status-400@sandbox.test', { kind: 'effect', effect: { kind: 'status', status: 400 } }],
		['status-599@sandbox.test', { kind: 'effect', effect: { kind: 'status', status: 599 } }],
		[' LOST@Sandbox.Test ', { kind: 'effect', effect: { kind: 'lost' } }],
		['slow-120@sandbox.test', { kind: 'effect', effect: { kind: 'slow', delayMs: 120_000 } }],
		['slow-0@sandbox.test', { kind: 'effect', effect: { kind: 'slow', delayMs: 0 } }],
		['status-200@sandbox.test', expect.objectContaining({ kind: 'malformed' })],
		['status-600@sandbox.test', expect.objectContaining({ kind: 'malformed' })],
		['status-@sandbox.test', expect.objectContaining({ kind: 'malformed' })],
		['slow-121@sandbox.test', expect.objectContaining({ kind: 'malformed' })],
		['slow-long@sandbox.test', expect.objectContaining({ kind: 'malformed' })],
		['mona@sandbox.test', { kind: 'none' }],
		['lost@example.com', { kind: 'none' }],
		['lost@sandbox.test.example.com', { kind: 'none' }],
		[null, { kind: 'none' }],
	];
	it.each(rows)('%s', (email, reading) => expect(readScenario(email)).toEqual(reading));
	it.each(scenarioEmails.map(({ email }) => email))('%s, which is offered, does something', (email) =>
		expect(readScenario(email).kind).toBe('effect'),
	);
});

describe('the limit', () => {
	const turns = (perSecond: number, times: number[]): number[] => {
		const take = createLimit(perSecond);
		return times.map(take);
	};
	const rows: [name: string, perSecond: number, times: number[], waits: number[]][] = [
		['lets two through', 2, [0, 0], [0, 0]],
		['stops the third for the rest of the second', 2, [0, 400, 700], [0, 0, 300]],
		['goes by any second, not by the clock', 2, [900, 950, 1000, 1900, 1950], [0, 0, 900, 0, 0]],
		['does not count those it stopped', 1, [0, 10, 20, 1000], [0, 990, 980, 0]],
	];
	it.each(rows)('%s', (_, perSecond, times, waits) => expect(turns(perSecond, times)).toEqual(waits));
});
