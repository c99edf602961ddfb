import {
	choices,
	defaultFlow,
	defaultPolicy,
	flagSetting,
	flowSettings,
	type LimitName,
	limits,
	numberSetting,
	type Policy,
	readPolicy,
	readSettings,
	type SettingFlaw,
	settingText,
	textSetting,
	verbatimSetting,
} from '../../packages/core/src';
import fc from '../fixtures/fastCheck';

const limitNames = Object.keys(limits) as LimitName[];

describe('a number', () => {
	test.each(limitNames)('%s takes both its bounds, its default, and text of them', (name) => {
		const { min, max, default: fallback } = limits[name];
		for (const number of [min, max, fallback])
			for (const given of [number, String(number), ` ${number} `]) {
				const read = readSettings({ it: numberSetting(limits[name]) }, { it: given });
				expect({ given, ...read }).toEqual({ given, values: { it: number }, flaws: [] });
			}
	});

	test.each(
		limitNames.flatMap((name) =>
			['below', 'above', 'soon', '${TRIES}', true, [], {}].map((given) => ({ name, given })),
		),
	)('$name of $given has its default, which is told', ({ name, given }) => {
		const { min, max, default: used, unit } = limits[name];
		const it = given === 'below' ? min - 0.5 : given === 'above' ? max + 1 : given;
		expect(readSettings({ it: numberSetting(limits[name]) }, { it })).toEqual({
			values: { it: used },
			flaws: [{ setting: 'it', kind: 'number', min, max, unit, used }],
		});
	});

	test('a fraction of what is counted is rounded down, and is none where it is measured', () => {
		expect(readPolicy({ maxTries: 2.9, maxWaitSeconds: 2.9 })).toEqual({
			policy: { ...defaultPolicy, maxTries: 2, maxWaitSeconds: 2.9 },
			flaws: [],
		});
	});
});

describe('a policy', () => {
	test.each<[name: string, given: unknown, policy: Partial<Policy>, told: readonly string[]]>([
		['nothing', undefined, {}, []],
		['no settings at all', {}, {}, []],
		['what was emptied', { maxTries: '', phone: ' ', defaultCountry: null, dryRun: undefined }, {}, []],
		['an object of something else', { id: 'n1', wires: [[]] }, {}, []],
		['text in place of settings', 'soon', {}, ['']],
		['a list in place of settings', [1], {}, ['']],
		['a choice', { duplicates: 'run' }, { duplicates: 'run' }, []],
		['a choice that does not exist', { duplicates: 'never' }, {}, ['duplicates']],
		['a choice that is a list', { phone: ['check'] }, {}, ['phone']],
		['a name that every object has', { duplicateKey: 'constructor' }, {}, ['duplicateKey']],
		['a box as text', { dryRun: 'true' }, { dryRun: true }, []],
		['a box that is a word', { dryRun: 'yes' }, {}, ['dryRun']],
		['a country as people write it', { defaultCountry: ' Saudi Arabia ' }, { defaultCountry: 'Saudi Arabia' }, []],
		['a country that is an object', { defaultCountry: {} }, {}, ['defaultCountry']],
		['a language', { language: 'ar' }, { language: 'ar' }, []],
		['a language that nobody speaks here', { language: 'tlh' }, {}, ['language']],
		['several at once', { maxTries: 0, timeoutSeconds: -1, phone: 1 }, {}, ['phone', 'maxTries', 'timeoutSeconds']],
	])('%s', (_name, given, changed, told) => {
		const { policy, flaws } = readPolicy(given);
		expect(policy).toEqual({ ...defaultPolicy, ...changed });
		expect(flaws.map(({ setting }) => setting)).toEqual(told);
	});

	test('the defaults of the schema are those of the policy and of the flow', () => {
		expect(readPolicy({}).policy).toEqual(defaultPolicy);
		expect(readSettings(flowSettings(), {}).values).toEqual(defaultFlow);
	});

	/** Values that people, expressions and older versions leave in a setting. */
	const stored = fc.oneof(
		fc.jsonValue(),
		fc.double(),
		fc.integer().map(String),
		fc.constantFrom(...Object.values(choices).flat(), 'true', 'false', '', ' ', null, undefined),
	);
	const isSet = (given: unknown): boolean =>
		given !== undefined && given !== null && !(typeof given === 'string' && given.trim() === '');

	test('of anything it is usable, and each default that took the place of something set is told', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.jsonValue(),
					fc.dictionary(fc.constantFrom(...Object.keys(defaultPolicy), 'language', '__proto__'), stored),
				),
				(given) => {
					const { policy, flaws } = readPolicy(given);
					const told = flaws.map(({ setting }) => setting);
					for (const name of ['maxTries', 'maxWaitSeconds', 'timeoutSeconds'] as const) {
						expect(policy[name]).toBeGreaterThanOrEqual(limits[name].min);
						expect(policy[name]).toBeLessThanOrEqual(limits[name].max);
					}
					for (const name of ['phone', 'duplicates', 'duplicateKey', 'unconfirmed'] as const)
						expect(choices[name]).toContain(policy[name]);
					expect(typeof policy.dryRun).toBe('boolean');
					expect(policy.defaultCountry.trim()).not.toBe('');
					// Read once more it is the same, with nothing left to tell.
					expect(readPolicy(policy)).toEqual({ policy, flaws: [] });
					if (typeof given !== 'object' || given === null || Array.isArray(given)) return;
					for (const [name, value] of Object.entries(given)) {
						if (!Object.hasOwn(defaultPolicy, name) || !isSet(value) || told.includes(name)) continue;
						const used = policy[name as keyof Policy];
						const number = typeof used === 'number' ? Number(value) : undefined;
						expect(used).toEqual(
							typeof used === 'string'
								? String(value).trim()
								: typeof used === 'boolean'
									? String(value) === 'true'
									: name === 'maxTries'
										? Math.floor(number as number)
										: number,
						);
					}
				},
			),
		);
	});
});

describe('text and boxes', () => {
	test.each([
		['text', textSetting(), ' a ', 'a', []],
		['a number', textSetting(), 12, '12', []],
		['nothing', textSetting('x'), undefined, 'x', []],
		['a list', textSetting('x'), ['a'], 'x', ['it']],
		['text as it stands', verbatimSetting(), ' a ', ' a ', []],
		['yes or no as text', verbatimSetting(), false, 'false', []],
		['an object as text', verbatimSetting(), {}, '', ['it']],
		['a tick', flagSetting(), true, true, []],
		['a tick as text', flagSetting(), 'false', false, []],
		['a tick as a number', flagSetting(), 1, false, ['it']],
	])('%s', (_name, setting, given, value, told) => {
		const { values, flaws } = readSettings({ it: setting }, { it: given });
		expect([values.it, flaws.map((flaw) => flaw.setting)]).toEqual([value, told]);
	});
});

describe('in words', () => {
	const flaws: readonly SettingFlaw[] = [
		...readPolicy({ maxTries: 'x', maxWaitSeconds: {}, duplicates: 'x', dryRun: 'x', defaultCountry: [] }).flaws,
		...readPolicy(7).flaws,
		...readSettings({ keepDays: numberSetting(limits.keepDays), baseUrl: textSetting() }, { keepDays: -1, baseUrl: {} })
			.flaws,
		{ setting: 'fields', kind: 'entry', index: 2 },
		{ setting: 'fields', kind: 'list' },
	];

	test('each is a sentence with what is used, and what to do', () => {
		expect(flaws.map((flaw) => settingText(flaw))).toEqual([
			'"Default country" is not text, so EG is used. Correct it in the settings of the node.',
			'"Duplicates" is none of allow, run, always, so allow is used. Correct it in the settings of the node.',
			'"Attempts" is not a number from 1 to 100, so 5 is used. Correct it in the settings of the node.',
			'"Retry for at most (seconds)" is not a number from 0 to 86,400, so 60 is used. Correct it in the settings of the node.',
			'"Dry run" is neither true nor false, so false is used. Correct it in the settings of the node.',
			'The settings of the node cannot be read, so the defaults are used. Check them.',
			'"Keep for (days)" is not a number from 0 to 3,650, so 30 is used. Correct it in the settings of the node.',
			'"Base URL" is not text, so it counts as empty. Correct it in the settings of the node.',
			'Entry 3 of "Fields" is not a lead field with a value, so it is left out. Correct or remove it in the settings of the node.',
			'"Fields" is not a list, so it counts as empty. Correct it in the settings of the node.',
		]);
	});

	test('each is said in Arabic too, without a name from the code', () => {
		for (const flaw of flaws) {
			const text = settingText(flaw, 'ar');
			expect(text).toMatch(/[\u0600-\u06ff]/);
			expect(text).toMatch(/\.$/);
			if (flaw.setting !== '') expect(text).not.toContain(flaw.setting);
		}
	});

	test('what was given is never shown: it may be a key in the wrong place', () => {
		const key = 'canary-key';
		const given = Object.fromEntries(Object.keys(defaultPolicy).map((name) => [name, [key]]));
		const { flaws: found } = readPolicy(given);
		expect(found).toHaveLength(Object.keys(defaultPolicy).length);
		for (const flaw of found)
			expect([JSON.stringify(flaw), settingText(flaw), settingText(flaw, 'ar')].join(' ')).not.toContain(key);
	});
});
