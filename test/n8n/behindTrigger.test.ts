import { policyBehindTrigger, withTriggerId } from '../../nodes/IcloudReady/read/behindTrigger';
import type { Entry } from '../../nodes/IcloudReady/read/readItem';
import { defaultPolicy, readTriggerItem, type Submission, triggerItem } from '../../packages/core/src';
import fc from 'fast-check';

const submission: Submission = { platform: 'tally', id: 'abc', isOwnId: true };
const told = { platform: 'tally', submissionId: 'abc' };

describe('an item of the trigger', () => {
	test('any payload comes back as it was, with what names it', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (payload) => {
				const isObject = typeof payload === 'object' && payload !== null && !Array.isArray(payload);
				const { icloudReady: _, ...own } = isObject ? payload : { body: payload };
				expect(readTriggerItem(triggerItem(payload, submission))).toEqual({ payload: own, submission: told });
			}),
			{ seed: 1 },
		);
	});

	test.each<[string, unknown]>([
		['nothing', { name: 'Mona' }],
		['warnings of a created lead', { name: 'Mona', icloudReady: { warnings: [] } }],
		['an empty ID', { icloudReady: { platform: 'tally', submissionId: '' } }],
		['an ID that is no text', { icloudReady: { platform: 'tally', submissionId: 7 } }],
		['text', 'Mona'],
		['null', null],
	])('%s in its place is left alone', (_name, item) => {
		expect(readTriggerItem(item)).toEqual({ payload: item });
	});
});

describe('duplicates behind the trigger', () => {
	test.each<[string, unknown, typeof told | undefined, string, string]>([
		['are told apart by submission', {}, told, 'always', 'submission'],
		['are as the panel says', { duplicates: 'allow' }, told, 'allow', 'phone'],
		['are as they were elsewhere', {}, undefined, 'allow', 'phone'],
		['where the options are no object', 'x', told, 'always', 'submission'],
	])('%s', (_name, options, received, duplicates, duplicateKey) => {
		expect(policyBehindTrigger({ ...defaultPolicy }, options, received)).toMatchObject({ duplicates, duplicateKey });
	});
});

describe('the ID of a lead', () => {
	const entry: Entry = { kind: 'draft', draft: {}, reading: {} };
	const ended = { kind: 'ended' } as Entry;
	test.each<[string, Entry, number, object]>([
		['is that of its call', entry, 0, { source: 'tally', dedupeKey: 'abc' }],
		['and of its place in it', entry, 2, { source: 'tally', dedupeKey: 'abc#2' }],
		[
			'is the own one of its form',
			{ ...entry, reading: { source: 'Tally', dedupeKey: 'x' } },
			0,
			{ source: 'Tally', dedupeKey: 'x' },
		],
		[
			'keeps the source of its form',
			{ ...entry, reading: { source: 'Tally' } },
			0,
			{ source: 'Tally', dedupeKey: 'abc' },
		],
	])('%s', (_name, given, ofItem, reading) => {
		expect(withTriggerId(given, told, ofItem)).toMatchObject({ reading });
	});
	test('is none where there was no call, or it has ended', () => {
		expect(withTriggerId(entry, undefined, 0)).toBe(entry);
		expect(withTriggerId(ended, told, 0)).toBe(ended);
	});
});
