import { baseUrlFlaw, isReadableOnTheWay } from '../../packages/node-red/src/baseUrl';
import { baseUrlComplaint } from '../../packages/node-red/src/editor/dialog/baseUrl';
import { countFrom, numberFrom, unlessAbsent } from '../../packages/node-red/src/editor/dialog/checks';
import type { EditorNode } from '../../packages/node-red/src/editor/dialog/editor';
import { fieldsToStore, missingPaths, storedFields } from '../../packages/node-red/src/editor/dialog/storedFields';
import { refusal, typedKey } from '../../packages/node-red/src/editor/dialog/testAnswer';

describe('base URL', () => {
	test.each([
		['https://api.icloud-ready.com/api/v2', false, undefined],
		['http://localhost:3000/api', false, undefined],
		['http://127.0.0.1', false, undefined],
		['http://[::1]:3000', false, undefined],
		['http://api.example.com', false, 'readable'],
		['http://api.example.com', true, undefined],
		['http://10.0.0.5:3000', false, 'readable'],
		['http://localhost.example.com', false, 'readable'],
		['', false, 'missing'],
		['   ', true, 'missing'],
		['api.icloud-ready.com', false, 'notAnAddress'],
		['ftp://api.icloud-ready.com', true, 'notAnAddress'],
	] as const)('%p, plain http allowed: %p -> %p', (url, allowHttp, complaint) => {
		expect(baseUrlComplaint(url, allowHttp)?.key).toBe(
			complaint === undefined ? undefined : `error.baseUrl.${complaint}`,
		);
		// The dialog and the running node must not disagree.
		expect(baseUrlFlaw(url, allowHttp) === undefined).toBe(complaint === undefined);
	});

	test('a login in the address is refused, an environment variable is left to Node-RED', () => {
		expect(baseUrlComplaint('https://user:secret@api.example.com', false)?.key).toBe('error.baseUrl.holdsLogin');
		expect(baseUrlComplaint('${ICLOUD_READY_URL}', false)).toBeUndefined();
		expect(baseUrlComplaint('${ICLOUD_READY_URL}/v2', false)?.key).toBe('error.baseUrl.notAnAddress');
	});

	test('what is readable on the way does not depend on what is allowed', () => {
		expect(
			['http://api.example.com', 'http://localhost', 'https://api.example.com', 'http'].map(isReadableOnTheWay),
		).toEqual([true, false, false, false]);
	});
});

describe('limits', () => {
	const node: EditorNode = { id: 'n', type: 't', _: (key, blanks) => `${key} ${JSON.stringify(blanks ?? {})}` };

	test('Node-RED shows the sentence of a check only if it has two parameters', () => {
		expect([countFrom('maxTries', 1).length, numberFrom('maxWaitSeconds', 0).length]).toEqual([2, 2]);
	});

	test.each([
		[countFrom('maxTries', 1), 5, true],
		[countFrom('maxTries', 1), '5', true],
		[countFrom('maxTries', 1), '0', 'error.count {"label":"label.maxTries {}","least":1}'],
		[countFrom('maxTries', 1), '1.5', 'error.count {"label":"label.maxTries {}","least":1}'],
		[numberFrom('maxPerSecond', 0), '0', true],
		[numberFrom('maxPerSecond', 0), '0.5', true],
		[numberFrom('maxPerSecond', 0), '', 'error.number {"label":"label.maxPerSecond {}","least":0}'],
		[numberFrom('maxPerSecond', 0), '-1', 'error.number {"label":"label.maxPerSecond {}","least":0}'],
		[numberFrom('maxPerSecond', 0), 'fast', 'error.number {"label":"label.maxPerSecond {}","least":0}'],
		[unlessAbsent(countFrom('outboxMax', 1)), undefined, true],
		[unlessAbsent(countFrom('outboxMax', 1)), '', 'error.count {"label":"label.outboxMax {}","least":1}'],
	])('%# %p', (check, value, expected) => expect(check.call(node, value, {})).toBe(expected));
});

describe('the key of a test', () => {
	test.each([
		['__PWRD__', true, undefined],
		['', true, undefined],
		['', false, ''],
		['new-key', true, 'new-key'],
		['new-key', false, 'new-key'],
	])('typed %p, stored: %p -> %p', (value, isStored, expected) => expect(typedKey(value, isStored)).toBe(expected));
});

describe('an answer of Node-RED itself', () => {
	test.each([
		[0, 'silent'],
		[200, 'strange'],
		[401, 'notAllowed'],
		[403, 'notAllowed'],
		[404, 'notThere'],
		[500, 'broken'],
		[502, 'broken'],
	])('status %p', (status, key) => {
		expect(refusal(status, (each) => each)).toEqual({
			ok: false,
			message: `test.${key}.message`,
			hint: `test.${key}.hint`,
		});
	});
});

describe('fields of a flow', () => {
	const city = { field: 'leadInformation.address.city', value: 'payload.city', valueType: 'msg' };
	const later = { field: 'aFieldOfALaterVersion', value: '1', valueType: 'num' };

	test.each([[undefined], ['text'], [[null, 1, { field: 'city' }, { field: 1, value: 'x', valueType: 'str' }]]])(
		'%p holds none',
		(given) => {
			expect(storedFields(given)).toEqual([]);
		},
	);

	test('empty rows are not stored, 0 is, and what this version does not know stays', () => {
		const zero = { field: 'dealSize', value: '0', valueType: 'num' };
		const blank = { field: 'region', value: '  ', valueType: 'str' };
		expect(fieldsToStore([city, blank, zero], [{ ...city, value: 'payload.town' }, later])).toEqual([
			city,
			zero,
			later,
		]);
	});

	test('required ones count only when filled', () => {
		expect(
			missingPaths(
				['a', 'b', 'c'],
				[
					{ field: 'a', value: 'x', valueType: 'msg' },
					{ field: 'b', value: ' ', valueType: 'str' },
				],
			),
		).toEqual(['b', 'c']);
	});
});
