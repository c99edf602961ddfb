import { countOutcomes, itemRanges, othersSummary, runSummary } from '../../nodes/IcloudReady/report/summary';
import { failureError, failureItem, outcomeItem, type Showing } from '../../nodes/IcloudReady/report/toItems';
import type { Delivered } from '../../nodes/IcloudReady/send/deliver';
import {
	explain,
	interpretResponse,
	issueAt,
	type Outcome,
	outcomeObject,
	outcomeOf,
	wordedOutcome,
} from '../../packages/core/src';
import { type INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';

const node = {
	id: '1',
	name: 'Create Lead',
	type: 'x',
	typeVersion: 1,
	position: [0, 0] as [number, number],
	parameters: {},
};
const created = (answer: object): Outcome =>
	interpretResponse({ status: 201, headers: {}, body: { _id: 'a', ...answer } });
const refused = (message: string): Outcome => interpretResponse({ status: 400, headers: {}, body: { message } });
const missing = outcomeOf(
	{ outcome: 'invalid', cause: { kind: 'ownCheck' } },
	{ issues: [issueAt('leadInformation.phone', { kind: 'missing' })] },
);
const worded = wordedOutcome(missing);

const raw: Showing = { asTool: false, view: { kind: 'raw' } };
const simplified: Showing = { asTool: false, view: { kind: 'simplified' } };
const asTool: Showing = { asTool: true, view: { kind: 'simplified' } };
const item = (outcome: Outcome, showing: Showing, isRecalled = false): INodeExecutionData =>
	outcomeItem({ outcome, itemIndex: 3, isRecalled }, showing);
/** The answer in the guide of the API. */
const guide = JSON.parse(readFileSync(join(__dirname, '../../bench/api/answer.json'), 'utf8')) as Record<
	string,
	unknown
>;

describe('items', () => {
	test("without Simplify a created lead is the API's answer", () => {
		expect(item(created({ leadNumber: 7 }), raw)).toEqual({
			json: { _id: 'a', leadNumber: 7 },
			pairedItem: { item: 3 },
		});
	});

	test("with it what most need stands at the top under the API's names, and what is empty is left out", () => {
		expect(item(interpretResponse({ status: 201, headers: {}, body: guide }), simplified).json).toEqual({
			_id: guide._id,
			leadNumber: guide.leadNumber,
			firstName: 'Ahmed',
			lastName: 'Soliman',
			phone: '+201001234567',
			email: 'ahmed.soliman@example.com',
			leadSource: 'facebook_ads',
			campaignName: 'Q3-Resale-Boost',
			creationDate: guide.creationDate,
		});
		expect(item(created({ campaignName: '', leadInformation: { firstName: 'Mona' } }), simplified).json).toEqual({
			_id: 'a',
			firstName: 'Mona',
		});
	});

	test('warnings stand beside the answer', () => {
		const warned = { ...created({}), warnings: ['w'] };
		for (const showing of [raw, simplified])
			expect(item(warned, showing).json).toEqual({ _id: 'a', icloudReady: { warnings: ['w'] } });
	});

	test('an answer with a key "error" does not look like a failure to n8n', () => {
		expect(item(created({ error: 'x' }), raw).json).toEqual({ _id: 'a', icloudReady: { answerError: 'x' } });
		expect(item(created({ error: null }), raw).json).toEqual({ _id: 'a', error: null });
		expect(item(created({ error: 'x' }), simplified).json).toEqual({ _id: 'a' });
	});

	test('any other outcome is its object', () => {
		expect(item(missing, simplified)).toEqual({ json: outcomeObject(worded), pairedItem: { item: 3 } });
	});

	test('a failure in a continue mode has the three keys that n8n looks for, and no other', () => {
		expect(failureItem(missing, 2)).toEqual({
			json: { error: worded.message, message: `${worded.message} ${worded.hint}`, details: outcomeObject(worded) },
			pairedItem: { item: 2 },
		});
	});
});

describe("an agent's tool", () => {
	const createdLead = interpretResponse({ status: 201, headers: {}, body: guide });

	test('is told in one sentence that it was created, in at most 400 bytes', () => {
		const { json } = item(createdLead, asTool);
		expect(json).toMatchObject({
			outcome: 'created',
			message: 'Lead 1 was created.',
			leadNumber: 1,
			firstName: 'Ahmed',
		});
		expect(Buffer.byteLength(JSON.stringify(json))).toBeLessThanOrEqual(400);
	});

	test('is told that a recalled lead was created before', () => {
		expect(item(createdLead, asTool, true).json.message).toBe(
			'Lead 1 was already created by an earlier call for this person. Nothing was sent this time.',
		);
	});

	test.each<[view: Showing['view'], expected: object]>([
		[
			{ kind: 'selected', names: ['leadNumber', 'city', 'tags'] },
			{ leadNumber: 1, city: '6th of October', tags: ['resale', 'fb-q3', 'hot'] },
		],
		[{ kind: 'raw' }, guide],
	])('has what it chose: %j', (view, expected) => {
		expect(item(createdLead, { asTool: true, view }).json).toEqual({
			...expected,
			outcome: 'created',
			message: 'Lead 1 was created.',
		});
	});

	test.each<[outcome: Outcome, words: RegExp]>([
		[missing, /^Phone is missing\. Ask the person for a phone number with its country code/],
		[refused('email is taken'), /email is taken/],
		[interpretResponse({ status: 401, headers: {}, body: '' }), /did not accept the API key.*owner of this workflow/],
		[interpretResponse({ fault: { code: 'ECONNRESET' } }), /It may exist, so do not call this tool again/],
		[interpretResponse({ status: 429, headers: {}, body: '' }), /Nothing was created/],
	])('is told what to do next, by words that are for it', (outcome, words) => {
		const { json } = item(outcome, asTool);
		expect(json).toMatchObject({ outcome: outcome.outcome, message: expect.stringMatching(words), hint: '' });
	});
});

describe('for the error output', () => {
	test('a failure has an error that only n8n asks for: no copy of the item has it', () => {
		const item = failureItem(missing, 2, true);
		expect(item.error).toEqual({ message: worded.message });
		expect({ ...item }).toEqual({ ...failureItem(missing, 2) });
		expect('error' in { ...item }).toBe(false);
	});
});

describe("an error's own data", () => {
	const error = (outcome: Outcome): NodeApiError => failureError(node, outcome, 4, '') as NodeApiError;

	test('it has one item number, which counts from one, and names the person where one is known', () => {
		expect(error(missing).context.itemIndex).toBeUndefined();
		const lead = { leadInformation: { firstName: 'Mona', lastName: 'Ali', phone: '+201000000001' } };
		expect(error({ ...refused('bad'), lead }).message).toMatch(/^Mona Ali: .*bad.* \[Item 5\]$/);
	});

	test.each<[outcome: Outcome, failure: object | undefined]>([
		[interpretResponse({ status: 401, headers: {}, body: '' }), { cause: 'credential-invalid' }],
		[interpretResponse({ status: 403, headers: {}, body: '' }), { cause: 'configuration-invalid' }],
		[
			interpretResponse({ status: 429, headers: { 'retry-after': '7' }, body: '' }),
			{ cause: 'rate-limited', retryAfterMs: 7000 },
		],
		[interpretResponse({ fault: { code: 'ECONNREFUSED' } }), { cause: 'temporarily-unavailable' }],
		[refused('bad'), undefined],
		[interpretResponse({ fault: { code: 'ECONNRESET' } }), undefined],
	])('it says why in terms of n8n', (outcome, failure) => {
		expect(error(outcome).failure).toEqual(failure);
	});

	test('Error details have the status and what the API said', () => {
		const answer = '{"message":"email is taken"}';
		expect(failureError(node, refused('email is taken'), 0, '', answer).messages).toEqual([`400 - ${answer}`]);
		expect(error(refused('email is taken')).messages).toEqual(['400']);
		expect(error(missing).messages).toEqual([]);
	});
});

describe('errors', () => {
	test.each([
		['with a status', refused('bad'), NodeApiError, '400'],
		['without a status', missing, NodeOperationError, undefined],
	])('%s', (_name, outcome, type, httpCode) => {
		const error = failureError(node, outcome, 4, 'Others.');
		expect(error).toBeInstanceOf(type);
		expect(error).toMatchObject({
			message: `${explain(outcome).message} [Item 5]`,
			description: `${explain(outcome).hint} Others.`,
		});
		expect((error as NodeApiError).httpCode).toBe(httpCode);
	});

	test.each(['Keeperman', 'EPERM', 'ENOENT', 'ECONNREFUSED', 'eexist'])(
		'a message with %s in it stays as it is',
		(word) => {
			expect(failureError(node, refused(`${word} is taken`), 0, '').message).toContain(`${word} is taken`);
		},
	);

	test('an error holds nothing but our words', () => {
		expect(inspect(failureError(node, refused('bad'), 0, ''), { depth: 9 })).not.toMatch(/x-api-key|axios/i);
	});
});

const delivered = (outcomes: readonly (Outcome | undefined)[]): (Delivered | undefined)[] =>
	outcomes.map((outcome, itemIndex) =>
		outcome === undefined ? undefined : { itemIndex, ofItem: 0, outcome, dryRun: false },
	);

describe('summaries', () => {
	test.each([
		[[created({})], '1 created'],
		[
			[missing, created({}), created({}), interpretResponse({ status: 500, headers: {}, body: '' })],
			'2 created, 1 invalid, 1 unconfirmed',
		],
		[[interpretResponse({ status: 429, headers: {}, body: '' })], '1 rate limited'],
		[[], ''],
	])('counts %#: %s', (outcomes, counts) => {
		expect(countOutcomes(outcomes)).toBe(counts);
	});

	test.each([
		[[{ ...created({}), leadNumber: 17 }], [], 'Lead 17 was created'],
		[
			[{ ...created({}), leadNumber: 17, warnings: ['Seen.'], notes: ['Phone made international: 1 → +1'] }],
			[],
			'Lead 17 was created. Phone made international: 1 → +1. Seen',
		],
		[[{ ...created({}), warnings: ['a', 'b'] }, created({})], [], '2 created, 2 warnings'],
		[[{ ...created({}), notes: ['a', 'b'] }, created({})], [], '2 created'],
		[[created({}), missing], ['None.'], '1 created, 1 invalid. 1 item without a lead: None.'],
		[[], ['None.', 'None.'], '2 items without a lead: None.'],
		[[], [], ''],
	])('a run %#: %s', (outcomes, noLeads, words) => {
		expect(runSummary(outcomes, { noLeads, recalled: 0, heldMs: 999, isRecordFaulty: false })).toBe(words);
	});

	test('a run says how long the limit held, what was finished before and that the record failed', () => {
		expect(runSummary([created({})], { noLeads: [], recalled: 2, heldMs: 12_400, isRecordFaulty: true })).toBe(
			"1 created; waited 12 s for the rate limit. 2 leads had already finished in an earlier attempt and were not sent again. n8n's record of earlier leads could not be used, so duplicates were not checked",
		);
	});

	test.each([
		[[0], '1'],
		[[0, 1, 2], '1 to 3'],
		[[4, 0, 2, 3], '1, 3 to 5'],
		[[1, 1], '2'],
		[[], ''],
	])('items %p are %s', (indexes, words) => {
		expect(itemRanges(indexes)).toBe(words);
	});

	test('names the other failures when one stops the run, and counts the rest', () => {
		const all = delivered([created({}), missing, refused('bad'), undefined]);
		expect(othersSummary(all, all[1] as Delivered)).toBe(
			'The other leads of this run: 1 created, 1 invalid, 1 not sent. Created: item 1. Item 3: iCloud-Ready did not accept the lead: bad.',
		);
	});

	test('a lead alone has no others', () => {
		const all = delivered([missing]);
		expect(othersSummary(all, all[0] as Delivered)).toBe('');
	});
});
