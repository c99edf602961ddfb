import { fields, outcomeKinds } from '@icloud-ready/core';
import { shownShelves } from '../../packages/node-red/src/editor/outbox/answers';
import { catalogWords, withCatalogWords } from '../../packages/node-red/src/editor/page/catalogWords';
import { sentenceCase } from '../../packages/node-red/src/editor/page/sentenceCase';
import { builtEditor, flatWords, nodeTypes, source, sourcesOf, type Words } from './editorFiles';

let built: ReturnType<typeof builtEditor>;
beforeAll(() => {
	built = builtEditor();
});
afterAll(() => built.remove());

const builtWords = (type: string) => flatWords(JSON.parse(built.read('locales/en-US', `${type}.json`)) as Words);
const written = (type: string) => flatWords(JSON.parse(source('locales/en-US', `${type}.json`)) as Words);

describe('labels in sentence case', () => {
	test.each([
		['First Name', 'First name'],
		['ZIP Code', 'ZIP code'],
		['Is Qualified', 'Is qualified'],
		['Rate Limited (429)', 'Rate limited (429)'],
		['Phone', 'Phone'],
	])('%s', (label, expected) => expect(sentenceCase(label)).toBe(expected));
});

describe('what is written by hand', () => {
	const catalogLabels = new Set([...fields, ...outcomeKinds].flatMap(({ label, labelAr }) => [label.toLowerCase(), labelAr]));

	test.each(nodeTypes)('%s repeats no label of the catalog', (type) => {
		const repeated = [...written(type)].filter(([, words]) => catalogLabels.has(words.toLowerCase()));
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

	test('Arabic takes the Arabic labels', () => {
		const words = flatWords(catalogWords('ar'));
		for (const { name, labelAr } of fields) expect(words.get(`field.${name}.label`)).toBe(labelAr);
		for (const { kind, labelAr, whenAr } of outcomeKinds) expect([words.get(`outcome.${kind}.label`), words.get(`outcome.${kind}.when`)]).toEqual([labelAr, whenAr]);
	});

	test('every outcome but created has a status of less than 20 characters', () => {
		const words = builtWords('icloud-ready-create-lead');
		for (const { kind } of outcomeKinds) expect(words.get(`status.${kind}`)).toMatch(/^.{3,19}$/);
	});
});

/** Keys that code asks for: `words('…')` and `{ key: '…' }` in dialogs, `RED._('…')` and `translate('…')` in the runtime. */
const askedFor = (code: string): readonly string[] =>
	[...code.matchAll(/(?:\bwords\(|\bwordsOf\(this\)\(|\bkey: |\bRED\._\(|\btranslate\()'([^']+)'/g)].map(([, key]) => key ?? '');

describe('every key has its words', () => {
	test.each(nodeTypes)('in the html of %s', (type) => {
		const words = builtWords(type);
		const keys = [...built.read(`${type}.html`).matchAll(/data-i18n="(?:\[[\w-]+\])?([^"]+)"/g)].map(([, key]) => key ?? '');
		expect(keys.length).toBeGreaterThan(10);
		expect(keys.filter((key) => !words.has(key))).toEqual([]);
	});

	test('in the code of the dialogs', () => {
		const words = new Set(nodeTypes.flatMap((type) => [...builtWords(type).keys()]));
		const keys = askedFor(sourcesOf('dialog') + sourcesOf('outbox'));
		expect(keys.length).toBeGreaterThan(10);
		expect(keys.filter((key) => !words.has(key))).toEqual([]);
	});

	test('of the sidebar, for every list, action, question and reason', () => {
		const words = builtWords('icloud-ready-create-lead');
		const actions = ['retry', 'arrived', 'discard'].flatMap((action) => [`outbox.action.${action}`, `outbox.done.${action}`]);
		const reasons = ['key', 'organization', 'limit', 'network', 'answers', 'disk'].map((why) => `outbox.held.${why}`);
		const questions = ['discard', 'exists', 'mayExist'].map((question) => `outbox.question.${question}`);
		const marks = ['arrived', 'discarded'].flatMap((mark) => [`outbox.state.${mark}`, `outbox.resolved.${mark}`]);
		const lists = [...shownShelves.map((shelf) => `outbox.empty.${shelf}`), 'outbox.shelf.waiting', 'outbox.shelf.ended', 'outcome.unconfirmed.label'];
		expect([...actions, ...reasons, ...questions, ...marks, ...lists].filter((key) => !words.has(key))).toEqual([]);
	});

	test('in the runtime', () => {
		const words = builtWords('icloud-ready-create-lead');
		const keys = askedFor(source('runtime/createLead.ts') + source('runtime/status.ts'));
		expect(keys).toContain('status.sending');
		expect(keys.filter((key) => !words.has(key))).toEqual([]);
	});
});

describe('the help', () => {
	test.each(nodeTypes)('of %s begins with a sentence for the tooltip and leaves no blank', (type) => {
		const help = built.read('locales/en-US', `${type}.html`);
		expect(help).toMatch(new RegExp(`^<script type="text/markdown" data-help-name="${type}">\\n[A-Z][^#\\n]+\\.\\n\\n### `));
		expect(help).not.toMatch(/\{\{|\}\}/);
	});

	test('tells of every outcome, in the order of the outputs', () => {
		const help = built.read('locales/en-US', 'icloud-ready-create-lead.html');
		const ports = /<ol class="node-ports">(.*)<\/ol>/.exec(help)?.[1] ?? '';
		expect([...ports.matchAll(/<li>([^<]+)<dl/g)].map(([, label]) => label)).toEqual(outcomeKinds.map(({ label }) => sentenceCase(label)));
		for (const { when } of outcomeKinds) expect(ports).toContain(`<dd>${when}</dd>`);
	});
});
