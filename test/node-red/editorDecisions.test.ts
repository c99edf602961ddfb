import { type LimitName, limits } from '../../packages/core/src';
import { settingLabels as arabicSettingLabels } from '../../packages/core/src/words/arabic/settings';
import { settingLabels } from '../../packages/core/src/words/english/settings';
import { baseUrlFlaw, isReadableOnTheWay } from '../../packages/node-red/src/baseUrl';
import { baseUrlComplaint } from '../../packages/node-red/src/editor/dialog/baseUrl';
import { unlessAbsent, withinLimit } from '../../packages/node-red/src/editor/dialog/checks';
import type { EditorNode } from '../../packages/node-red/src/editor/dialog/editor';
import { changedDestination } from '../../packages/node-red/src/editor/dialog/moved';
import { fieldsToStore, missingPaths, storedFields } from '../../packages/node-red/src/editor/dialog/storedFields';
import { isHalfAKey, refusal, typedKey } from '../../packages/node-red/src/editor/dialog/testAnswer';
import { readAccountSettings } from '../../packages/node-red/src/runtime/config/accountSettings';
import { source } from './editorFiles';

describe('an account that is changed while leads wait', () => {
	const before = { baseUrl: 'https://api.icloud-ready.com/api/v2', organizationId: 'org-1' };

	test.each([
		['nothing changed', {}, 3, undefined],
		['another server', { baseUrl: 'https://crm.test' }, 3, 'server'],
		['another organization', { organizationId: 'org-2' }, 1, 'organization'],
		['both', { baseUrl: 'https://crm.test', organizationId: 'org-2' }, 1, 'server'],
		['another server, and none waits', { baseUrl: 'https://crm.test' }, 0, undefined],
	] as const)('%s', (_name, change, waiting, moved) => {
		expect(changedDestination(before, { ...before, ...change }, waiting)).toBe(moved);
	});
});

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
		expect([withinLimit('maxTries').length, withinLimit('maxWaitSeconds').length]).toEqual([2, 2]);
	});

	test.each([
		[withinLimit('maxTries'), 5, true],
		[withinLimit('maxTries'), '5', true],
		[withinLimit('maxTries'), '0', 'error.count {"label":"label.maxTries {}","min":1,"max":100}'],
		[withinLimit('maxTries'), '1.5', 'error.count {"label":"label.maxTries {}","min":1,"max":100}'],
		[withinLimit('maxTries'), 100, true],
		[withinLimit('maxTries'), 101, 'error.count {"label":"label.maxTries {}","min":1,"max":100}'],
		[withinLimit('maxPerSecond'), '0', true],
		[withinLimit('maxPerSecond'), '1e9', 'error.number {"label":"label.maxPerSecond {}","min":0,"max":1000}'],
		[withinLimit('maxPerSecond'), '0.5', true],
		[withinLimit('maxPerSecond'), '', 'error.number {"label":"label.maxPerSecond {}","min":0,"max":1000}'],
		[withinLimit('maxPerSecond'), '-1', 'error.number {"label":"label.maxPerSecond {}","min":0,"max":1000}'],
		[withinLimit('maxPerSecond'), 'fast', 'error.number {"label":"label.maxPerSecond {}","min":0,"max":1000}'],
		[unlessAbsent(withinLimit('outboxMax')), undefined, true],
		[unlessAbsent(withinLimit('outboxMax')), '', 'error.count {"label":"label.outboxMax {}","min":1,"max":10000000}'],
	])('%# %p', (check, value, expected) => expect(check.call(node, value, {})).toBe(expected));
});

describe('limits of the dialog and of the running node', () => {
	const node: EditorNode = { id: 'n', type: 't', _: (key) => key };
	const names = Object.keys(limits) as LimitName[];

	test.each(names)('%s: what the dialog takes is used, and what it refuses is told at the start', (name) => {
		const { min, max, default: fallback } = limits[name];
		for (const value of [min, max, fallback, min - 1, max + 1, 'soon']) {
			const isTaken = withinLimit(name).call(node, value, {}) === true;
			const { settings, flaws } = readAccountSettings({ [name]: value });
			expect({ value, used: settings[name], told: flaws.length }).toEqual(
				isTaken ? { value, used: value, told: 0 } : { value, used: fallback, told: 1 },
			);
		}
	});

	test.each([
		['en-US', settingLabels],
		['ar', arabicSettingLabels],
	])('warnings name the settings as the dialogs do: %s', (language, labels) => {
		for (const type of ['icloud-ready-account', 'icloud-ready-create-lead', 'icloud-ready-lead-form']) {
			const { label } = JSON.parse(source('locales', language, `${type}.json`)) as {
				readonly label: Readonly<Record<string, string>>;
			};
			for (const [setting, text] of Object.entries(labels))
				if (label[setting] !== undefined) expect([setting, text]).toEqual([setting, label[setting]]);
		}
	});

	test('a variable that is not set is told by itself, and not as a number that is none', () => {
		expect(readAccountSettings({ maxTries: '${TRIES}', keepDays: 'x' }).flaws.map(({ setting }) => setting)).toEqual([
			'keepDays',
		]);
	});
});

describe('the key of a test', () => {
	test.each([
		['__PWRD__', true, undefined],
		['', true, undefined],
		['', false, ''],
		['new-key', true, 'new-key'],
		['new-key', false, 'new-key'],
	])('typed %p, stored: %p -> %p', (value, isStored, expected) => expect(typedKey(value, isStored)).toBe(expected));

	test.each([
		['__PWRD__', false],
		['new-key', false],
		['', false],
		['__PWRD__new-key', true],
		['new__PWRD', true],
		['_PWRD__', true],
	])('%p is half the stored one: %p', (value, expected) => expect(isHalfAKey(value)).toBe(expected));
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
