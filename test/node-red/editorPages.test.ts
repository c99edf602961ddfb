import { builtEditor, type NodeType, nodeTypes, propertiesOf, registrationsIn, scriptsOf, source } from './editorFiles';
import { fieldNamed, fields, outcomeKinds } from '@icloud-ready/core';

let built: ReturnType<typeof builtEditor>;
beforeAll(() => {
	built = builtEditor();
});
afterAll(() => built.remove());

const definitionOf = (type: NodeType) => {
	const [code, ...others] = scriptsOf(built.read(`${type}.html`), 'text/javascript');
	expect(others).toEqual([]);
	const registrations = registrationsIn(code ?? '');
	expect(registrations.map((each) => each.type)).toEqual([type]);
	return propertiesOf(registrations[0]?.definition);
};

const literal = (value: unknown): unknown => {
	const { type, value: held } = value as { type: string; value: unknown };
	return type === 'Literal' ? held : `not a literal: ${type}`;
};

/** Names and order of what flows hold; a flow that was saved once must stay readable. */
const properties: Readonly<Record<NodeType, readonly string[]>> = {
	'icloud-ready-account': [
		'name',
		'baseUrl',
		'organizationId',
		'maxPerSecond',
		'concurrency',
		'maxTries',
		'maxWaitSeconds',
		'timeoutSeconds',
		'tls',
		'proxy',
		'allowHttp',
		'gateway',
		'outbox',
		'outboxMax',
		'keepDays',
		'keepInvalid',
	],
	'icloud-ready-create-lead': [
		'name',
		'account',
		'input',
		'fields',
		'routing',
		'outputs',
		'defaultCountry',
		'phone',
		'phoneAsName',
		'duplicates',
		'duplicateKey',
		'unconfirmed',
		'dryRun',
	],
	'icloud-ready-lead-form': [
		'name',
		'path',
		'platform',
		'answer',
		'answerSeconds',
		'browser',
		'redirect',
		'ownerNotes',
		'origins',
		'publicUrl',
		'graphUrl',
	],
	'icloud-ready-alerts': ['name', 'account', 'minutes'],
};

describe('the definition of a node, as catalogs of nodes read it', () => {
	test.each(nodeTypes)('%s keeps its properties inline', (type) => {
		expect([...propertiesOf(definitionOf(type).get('defaults')).keys()].sort()).toEqual([...properties[type]].sort());
	});

	test('the account is a config node with a hidden key', () => {
		const definition = definitionOf('icloud-ready-account');
		expect(literal(definition.get('category'))).toBe('config');
		expect(literal(propertiesOf(propertiesOf(definition.get('credentials')).get('apiKey')).get('type'))).toBe(
			'password',
		);
	});

	test.each([
		['category', 'iCloud-Ready'],
		['icon', 'icloud-ready.svg'],
		['color', '#9cc7e6'],
		['inputs', 1],
		['outputs', outcomeKinds.length],
	] as const)('create-lead has a literal %s', (name, value) => {
		expect(literal(definitionOf('icloud-ready-create-lead').get(name))).toBe(value);
	});

	test.each(nodeTypes)('%s carries no check of leads into the browser', (type) => {
		expect(built.read(`${type}.html`)).not.toMatch(/zod|libphonenumber|synonyms/);
	});
});

describe('the form', () => {
	test.each(fields.map(({ path, name }) => [path, name] as const))('has %s once', (path, name) => {
		const html = built.read('icloud-ready-create-lead.html');
		expect(html.split(`data-path="${path}"`)).toHaveLength(2);
		expect(html.split(`id="node-input-field-${name}"`)).toHaveLength(2);
	});

	const dialogs: readonly (readonly [NodeType, string, readonly string[]])[] = [
		['icloud-ready-account', 'node-config-input', [...properties['icloud-ready-account'], 'apiKey']],
		[
			'icloud-ready-create-lead',
			'node-input',
			properties['icloud-ready-create-lead'].filter((name) => !['fields', 'duplicates', 'duplicateKey'].includes(name)),
		],
		['icloud-ready-alerts', 'node-input', properties['icloud-ready-alerts']],
	];
	test.each(dialogs)('of %s has a control for every property', (type, prefix, names) => {
		const html = built.read(`${type}.html`);
		for (const name of names) expect(html.split(`id="${prefix}-${name}"`)).toHaveLength(2);
	});

	test.each(nodeTypes)('of %s is one container, in the direction of its language', (type) => {
		const [form] = scriptsOf(built.read(`${type}.html`), 'text/html');
		expect(form?.trim()).toMatch(/^<div class="icr-form" data-i18n="\[dir\]direction">[\s\S]*<\/div>$/);
	});

	test.each(['email', 'phone', 'additionalPhones', 'additionalEmails', 'dealSize'])(
		'%s reads from left to right in every language',
		(name) => {
			expect(built.read('icloud-ready-create-lead.html')).toMatch(
				new RegExp(`data-name="${name}"[^>]* data-dir="ltr"`),
			);
		},
	);

	test.each(['baseUrl', 'organizationId', 'apiKey', 'timeoutSeconds'])(
		"the account's %s reads from left to right in every language",
		(name) => {
			expect(built.read('icloud-ready-account.html')).toMatch(
				new RegExp(
					`<input id="node-config-input-${name}" [^>]*class="(?:icr-number )?icr-ltr" dir="ltr"|<input id="node-config-input-${name}" [^>]*dir="ltr" class="icr-number icr-ltr"`,
				),
			);
		},
	);

	test('offers every country with its calling code, the suggested ones first', () => {
		const list =
			/<select id="node-input-defaultCountry">(.*?)<\/select>/s.exec(
				built.read('icloud-ready-create-lead.html'),
			)?.[1] ?? '';
		const options = [...list.matchAll(/<option value="([A-Z]{2})"[^>]*>\+\d+<\/option>/g)].map(([, code]) => code);
		const suggested = fieldNamed('country')?.suggestions ?? [];
		expect(options.slice(0, suggested.length)).toEqual(suggested);
		expect(options.length).toBeGreaterThan(200);
		expect(new Set(options).size).toBe(options.length);
	});

	test.each(nodeTypes)('of %s has no element twice', (type) => {
		const ids = [...built.read(`${type}.html`).matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
		expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
	});
});

describe('the looks', () => {
	test.each(['common.css', 'outbox.css', ...nodeTypes.map((type) => `${type}.css`)])(
		'%s takes its colors from the theme',
		(name) => {
			const css = source('editor/style', name).replace(/\/\*.*?\*\//gs, '');
			expect(css).not.toMatch(/#[\da-f]{3,8}\b|\b(?:rgb|hsl)a?\(/i);
			for (const [, value] of css.matchAll(/(?:[^-]color|background|fill|stroke):\s*([^;]+);/g))
				expect(value).toMatch(/^(?:var\(--red-ui-[\w-]+\)(?: !important)?|none)$/);
		},
	);

	test('the icon is white on nothing, 40 by 60', () => {
		const icon = built.read('icons', 'icloud-ready.svg');
		expect(icon).toMatch(/width="40" height="60"/);
		expect([...icon.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, color]) => color)).toEqual(['none', '#fff']);
	});
});
