import { catalogWords, withCatalogWords } from '../../packages/node-red/src/editor/page/catalogWords';
import { sentenceCase } from '../../packages/node-red/src/editor/page/sentenceCase';
import { builtEditor, flatWords, nodeTypes, source, sourcesOf, type Words } from './editorFiles';
import { fields, outcomeKinds } from '@icloud-ready/core';

let built: ReturnType<typeof builtEditor>;
beforeAll(() => {
	built = builtEditor();
});
afterAll(() => built.remove());

const builtWords = (type: string, language = 'en-US') =>
	flatWords(JSON.parse(built.read('locales', language, `${type}.json`)) as Words);
const written = (type: string, language = 'en-US') =>
	flatWords(JSON.parse(source('locales', language, `${type}.json`)) as Words);

describe('labels in sentence case', () => {
	test.each([
		['First Name', 'First name'],
		['ZIP Code', 'ZIP code'],
		['Is Qualified', 'Is qualified'],
		['Rate Limited', 'Rate limited'],
		['Phone', 'Phone'],
	])('%s', (label, expected) => expect(sentenceCase(label)).toBe(expected));
});

describe('what is written by hand', () => {
	const catalogLabels = new Set(
		[...fields, ...outcomeKinds].flatMap(({ label, labelAr }) => [label.toLowerCase(), labelAr]),
	);

	test.each(nodeTypes)('%s repeats no label of the catalog', (type) => {
		const repeated = [...written(type), ...written(type, 'ar')].filter(([, words]) =>
			catalogLabels.has(words.toLowerCase()),
		);
		expect(repeated).toEqual([]);
	});

	test('is refused where the catalog has the words', () => {
		expect(() => withCatalogWords({ field: { city: { label: 'Town' } } }, 'en-US')).toThrow('field');
	});
});

describe('what the catalog gives', () => {
	test.each(fields.map((field) => [field.name, field] as const))('%s has its words', (name, { label, description }) => {
		const words = builtWords('icloud-ready-create-lead');
		expect(words.get(`field.${name}.label`)).toBe(sentenceCase(label));
		expect(words.get(`field.${name}.description`)).toBe(description);
		expect(words.get(`field.${name}.example`)).not.toBe('');
	});

	test('each suggestion has a name', () => {
		const words = builtWords('icloud-ready-create-lead', 'ar');
		expect(words.get('field.country.suggestion.EG')).toBe('مصر');
		expect(words.get('field.salutation.suggestion.mr')).toBe('السيد');
	});

	test.each([
		['en-US', 'ltr'],
		['ar', 'rtl'],
	])('%s is written %s', (language, direction) =>
		expect(builtWords('icloud-ready-account', language).get('direction')).toBe(direction),
	);

	test('Arabic takes the Arabic labels and descriptions', () => {
		const words = flatWords(catalogWords('ar'));
		for (const { name, labelAr, descriptionAr } of fields)
			expect([words.get(`field.${name}.label`), words.get(`field.${name}.description`)]).toEqual([
				labelAr,
				descriptionAr,
			]);
		for (const { kind, labelAr, whenAr } of outcomeKinds)
			expect([words.get(`outcome.${kind}.label`), words.get(`outcome.${kind}.when`)]).toEqual([labelAr, whenAr]);
	});

	test.each(['en-US', 'ar'])('in %s every outcome but created has a status of less than 20 characters', (language) => {
		const words = builtWords('icloud-ready-create-lead', language);
		for (const { kind } of outcomeKinds) expect(words.get(`status.${kind}`)).toMatch(/^.{3,19}$/);
	});
});

/** Keys that code asks for: `words('…')` and `{ key: '…' }` in dialogs, `RED._('…')` and `translate('…')` in the runtime. */
const askedFor = (code: string): readonly string[] =>
	[...code.matchAll(/(?:\b(?:words|own)\(|\bwordsOf\(this\)\(|\bkey: |\bRED\._\(|\btranslate\()'([^']+)'/g)].map(
		([, key]) => key ?? '',
	);

describe('every key has its words', () => {
	test.each(nodeTypes)('in the html of %s', (type) => {
		const words = builtWords(type);
		const keys = [...built.read(`${type}.html`).matchAll(/data-i18n="(?:\[[\w-]+\])?([^"]+)"/g)].map(
			([, key]) => key ?? '',
		);
		expect(keys.length).toBeGreaterThan(10);
		expect(keys.filter((key) => !words.has(key))).toEqual([]);
	});

	test('in the code of the dialogs', () => {
		const words = new Set(nodeTypes.flatMap((type) => [...builtWords(type).keys()]));
		const keys = askedFor(sourcesOf('dialog') + sourcesOf('outbox'));
		expect(keys.length).toBeGreaterThan(10);
		expect(keys.filter((key) => !words.has(key))).toEqual([]);
	});

	test.each([
		['icloud-ready-account', 'account/connectionTest'],
		['icloud-ready-account', 'account/testResult'],
		['icloud-ready-create-lead', 'preview/routes'],
	] as const)('of %s in %s', (type, file) => {
		const words = builtWords(type);
		const code = source(`runtime/${file}.ts`);
		const said = [...code.matchAll(/(?:\bsay\(|\)\()'([^']+)'/g)]
			.map(([, key = '']) => key)
			.filter((key) => key.includes('.'));
		const failures = [...code.matchAll(/(?:\bfailure\(|\)\()'(\w+)'/g)].flatMap(([, key]) => [
			`answer.${key}.message`,
			`answer.${key}.hint`,
		]);
		expect(said.length + failures.length).toBeGreaterThan(2);
		expect([...said, ...failures].filter((key) => !words.has(key))).toEqual([]);
	});

	test('of the sidebar, for every reason', () => {
		const words = builtWords('icloud-ready-create-lead');
		const reasons = ['key', 'organization', 'limit', 'network', 'answers', 'disk'].map((why) => `outbox.held.${why}`);
		expect(reasons.filter((key) => !words.has(key))).toEqual([]);
	});

	test('in the runtime', () => {
		const words = builtWords('icloud-ready-create-lead');
		const keys = askedFor(source('runtime/create-lead/createLead.ts') + source('runtime/account/status.ts'));
		expect(keys).toContain('status.sending');
		expect(keys.filter((key) => !words.has(key))).toEqual([]);
	});
});

const blanksOf = (text: string): readonly string[] => [...text.matchAll(/__\w+?__/g)].map(([blank]) => blank).sort();

describe.each(nodeTypes)('English and Arabic say the same of %s', (type) => {
	test('every key is in both, and none is empty', () => {
		const [english, arabic] = [builtWords(type), builtWords(type, 'ar')];
		expect([...arabic.keys()].sort()).toEqual([...english.keys()].sort());
		expect([...english, ...arabic].filter(([, text]) => text.trim() === '')).toEqual([]);
	});

	test('the same blanks are filled in', () => {
		const arabic = builtWords(type, 'ar');
		for (const [key, text] of builtWords(type))
			expect([key, blanksOf(arabic.get(key) ?? '')]).toEqual([key, blanksOf(text)]);
	});

	test('what is written by hand in Arabic is Arabic', () => {
		// Products that have no Arabic name, and a line of blanks alone.
		const names =
			/^(?:palette\.label\.iCloud|country|comma|platform\.(?:typeform|tally|calendly|calcom|webflow|standard)\.label|status\.refused\.other)$/;
		expect([...written(type, 'ar')].filter(([key, text]) => !names.test(key) && !/[\u0600-\u06ff]/.test(text))).toEqual(
			[],
		);
	});

	test('the help has the same parts, and reads from right to left', () => {
		const parts = (language: string) =>
			[...built.read('locales', language, `${type}.html`).matchAll(/^(?:###|: |- \[)/gm)].map(([part]) => part);
		expect(parts('ar')).toEqual(parts('en-US'));
		const help = built.read('locales/ar', `${type}.html`);
		expect(help).toMatch(
			/^<script [^>]*>\n<p dir="rtl">[\u0600-\u06ff][^<]+\.<\/p>\n\n<div dir="rtl">\n\n### [\u0600-\u06ff]/,
		);
		expect(help).not.toMatch(/\{\{|\}\}/);
	});
});

describe('the help', () => {
	test.each(nodeTypes)('of %s begins with a sentence for the tooltip and leaves no blank', (type) => {
		const help = built.read('locales/en-US', `${type}.html`);
		expect(help).toMatch(
			new RegExp(`^<script type="text/markdown" data-help-name="${type}">\\n[A-Z][^#\\n]+\\.\\n\\n### `),
		);
		expect(help).not.toMatch(/\{\{|\}\}/);
	});

	test('tells of every outcome, in the order of the outputs', () => {
		const help = built.read('locales/en-US', 'icloud-ready-create-lead.html');
		const ports = /<ol class="node-ports">(.*)<\/ol>/.exec(help)?.[1] ?? '';
		expect([...ports.matchAll(/<li>([^<]+)<dl/g)].map(([, label]) => label)).toEqual(
			outcomeKinds.map(({ label }) => sentenceCase(label)),
		);
		for (const { when } of outcomeKinds) expect(ports).toContain(`<dd>${when}</dd>`);
	});
});
