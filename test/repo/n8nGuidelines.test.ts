import { IcloudReadyApi } from '../../credentials/IcloudReadyApi.credentials';
import { IcloudReadyTriggerApi } from '../../credentials/IcloudReadyTriggerApi.credentials';
import { IcloudReady } from '../../nodes/IcloudReady/IcloudReady.node';
import { IcloudReadyTrigger } from '../../nodes/IcloudReadyTrigger/IcloudReadyTrigger.node';
import { failureError } from '../../nodes/IcloudReady/report/toItems';
import { interpretResponse, issueAt, type Outcome, outcomeOf } from '../../packages/core/src';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode, INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

/** n8n's guidelines for verified community nodes, line by line: each test quotes one and shows how it is met. */
const root = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const manifest = JSON.parse(read('package.json')) as Readonly<Record<string, unknown>>;
const { description } = new IcloudReady();
const trigger = new IcloudReadyTrigger();
const arabic = /[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]/;

/** Every property of the panel, however deep. */
const deep = (
	properties: readonly (INodeProperties | INodePropertyCollection | INodePropertyOptions)[],
): readonly INodeProperties[] =>
	properties.flatMap((each) => [
		...('type' in each ? [each] : []),
		...('values' in each ? deep(each.values) : []),
		...('options' in each && Array.isArray(each.options) ? deep(each.options) : []),
	]);
const all = deep([...description.properties, ...trigger.description.properties]);
const named = (name: string): INodeProperties => {
	const found = description.properties.find((each) => each.name === name);
	if (found === undefined) throw new Error(`The panel has no ${name}.`);
	return found;
};
const choicesOf = (property: INodeProperties): readonly INodePropertyOptions[] =>
	(property.options ?? []).filter((each): each is INodePropertyOptions => 'value' in each && 'name' in each);

const node = { id: '1', name: 'Create Lead', type: 'x', typeVersion: 1, position: [0, 0], parameters: {} } as INode;
const outcomes: readonly Outcome[] = [
	outcomeOf(
		{ outcome: 'invalid', cause: { kind: 'ownCheck' } },
		{ issues: [issueAt('leadInformation.phone', { kind: 'missing' })] },
	),
	interpretResponse({ status: 400, headers: {}, body: { message: 'email is taken' } }),
	interpretResponse({ status: 401, headers: {}, body: '' }),
	interpretResponse({ status: 403, headers: {}, body: '' }),
	interpretResponse({ status: 429, headers: {}, body: '' }),
	interpretResponse({ status: 500, headers: {}, body: '' }),
	interpretResponse({ status: 302, headers: {}, body: '' }),
	interpretResponse({ fault: { code: 'ECONNREFUSED' } }),
];
const errors = outcomes.map((outcome) => failureError(node, outcome, 1, ''));

describe('verification', () => {
	test('"The package must use the MIT license"', () => {
		expect(manifest.license).toBe('MIT');
		expect(read('LICENSE')).toMatch(/^MIT License/);
	});

	test('"must not include any run-time dependencies"', () => {
		expect(manifest.dependencies).toBeUndefined();
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	test('"public GitHub repository", "published by a GitHub Action with a provenance statement"', () => {
		expect(manifest.repository).toMatchObject({ url: expect.stringMatching(/^git\+https:\/\/github\.com\//) });
		expect(read('.github/workflows/publish.yml')).toMatch(/npm publish --provenance --access public\n/);
	});

	test('"must not use environment variables or the file system"', () => {
		const imported = readdirSync(join(root, 'nodes'), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.ts'))
			.flatMap((file) => [...read(join('nodes', file)).matchAll(/ from '([^.'][^']*)'/g)])
			.map(([, name = '']) => name);
		expect([...new Set(imported)].sort()).toEqual(['crypto', 'n8n-workflow']);
	});

	test('"The node interface and all documentation must be in English only"', () => {
		expect(JSON.stringify([description, trigger.description])).not.toMatch(arabic);
		expect(JSON.stringify([new IcloudReadyApi(), new IcloudReadyTriggerApi()])).not.toMatch(arabic);
		for (const name of ['IcloudReady', 'IcloudReadyTrigger'])
			expect(read(`nodes/${name}/${name}.node.json`)).not.toMatch(arabic);
		expect(read('README.md')).not.toMatch(arabic);
	});

	test('the same of the tarball: Arabic letters stand in the tables of recognition alone, and are shown to nobody', () => {
		const recognition =
			/^(?:packages\/core\/src\/(?:catalog\/fields|text\/text|values\/(?:country|gulfCity|phone|person)|reading\/coerce|forms\/.+)\.ts|node_modules\/libphonenumber-js\/)/;
		let module = '';
		const places = new Set<string>();
		const bundles = ['IcloudReady', 'IcloudReadyTrigger'].map((name) => read(`dist/nodes/${name}/${name}.node.js`));
		for (const line of bundles.join('\n').split('\n')) {
			module = /^\s*\/\/ ((?:packages|nodes|node_modules)\/\S+)/.exec(line)?.[1] ?? module;
			if (arabic.test(line)) places.add(module);
		}
		expect([...places].filter((place) => !recognition.test(place))).toEqual([]);
		expect(read('dist/credentials/IcloudReadyApi.credentials.js')).not.toMatch(arabic);
	});

	test('npm puts no document in another language into the tarball', () => {
		const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
			cwd: root,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		const [{ files }] = JSON.parse(listed) as [{ readonly files: readonly { readonly path: string }[] }];
		const shown = files.map(({ path }) => path).filter((path) => /\.(?:md|txt)$|^LICENSE/i.test(path));
		expect(shown.filter((path) => arabic.test(read(path)))).toEqual([]);
		expect(shown).toContain('README.md');
	});
});

describe('user experience', () => {
	test('"Resource, then Operation"; "the action has no article and is in sentence case"', () => {
		expect(description.properties.slice(0, 2).map(({ name }) => name)).toEqual(['resource', 'operation']);
		expect(choicesOf(named('operation')).map(({ action }) => action)).toEqual(['Create lead']);
	});

	test('"Trigger On" of a trigger, whose name ends in Trigger and which has no input', () => {
		const { displayName, name, inputs, properties, group } = trigger.description;
		expect([displayName, name, inputs, group]).toEqual(['iCloud-Ready Trigger', 'icloudReadyTrigger', [], ['trigger']]);
		const event = properties.find((each) => each.displayName === 'Trigger On') as INodeProperties;
		expect(choicesOf(event).map(({ action }) => action)).toEqual([
			'On lead form submission',
			'On leads need attention',
		]);
	});

	test('"Use Title Case for display names"', () => {
		const small = ['as', 'by', 'for', 'per', 'at', 'a', 'an', 'and', 'in', 'of', 'or', 'the', 'to'];
		for (const { displayName, type } of all.filter((each) => each.type !== 'notice')) {
			const words = displayName
				.replace(/\(|\)/g, '')
				.split(' ')
				.filter((word) => !small.includes(word));
			expect([displayName, type, words.filter((word) => !/^[A-Z0-9]/.test(word))]).toEqual([displayName, type, []]);
		}
	});

	test('"Use sentence case, without a final period, for descriptions of one sentence"', () => {
		for (const { description: text = '' } of all) {
			expect(text).toMatch(/^(?:$|[A-Z])/);
			if (!/[.;] /.test(text)) expect(text).not.toMatch(/\.$/);
		}
	});

	test('"Boolean descriptions start with Whether"', () => {
		const flags = all.filter(({ type }) => type === 'boolean');
		expect(flags.length).toBeGreaterThan(3);
		for (const { description: text } of flags) expect(text).toMatch(/^Whether /);
	});

	test('"Placeholders begin with e.g."', () => {
		const texts = all.filter(({ type }) => ['string', 'number', 'json'].includes(type));
		for (const { placeholder } of texts) expect(placeholder ?? 'e.g. ').toMatch(/^e\.g\. /);
	});

	test('"Optional fields go under Additional Fields, alphabetically; behavior under Options"', () => {
		for (const name of ['additionalFields', 'options']) {
			const names = (named(name).options ?? []).map((each) => ('displayName' in each ? each.displayName : each.name));
			expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other, 'en')));
		}
	});

	test('"With more than ten output fields, offer Simplify"; "an AI tool offers Output: Simplified, Raw, Selected Fields"', () => {
		expect(named('simplify')).toMatchObject({ type: 'boolean', default: true });
		expect(choicesOf(named('output')).map(({ name }) => name)).toEqual(['Simplified', 'Raw', 'Selected Fields']);
	});

	test('"Sensitive fields use the password type"', () => {
		const { properties } = new IcloudReadyApi();
		expect(properties.find(({ name }) => name === 'apiKey')).toMatchObject({ typeOptions: { password: true } });
	});

	test('"An error says what happened, names the item as [Item X], and its description how to fix it"', () => {
		for (const { message, description: text } of errors) {
			expect(message).toMatch(/^(?:[A-Z]|iCloud-Ready ).* \[Item 2\]$/);
			expect(text ?? '').not.toBe('');
		}
	});

	test('"Avoid the words error, problem, failure, mistake"', () => {
		for (const { message } of errors) expect(message).not.toMatch(/\b(?:errors?|problems?|failures?|mistakes?)\b/i);
	});

	test('"Icons are SVG, for light and dark"; "a codex file says where it belongs"', () => {
		expect(description.icon).toEqual({ light: 'file:icloudReady.svg', dark: 'file:icloudReady.dark.svg' });
		expect(JSON.parse(read('nodes/IcloudReady/IcloudReady.node.json'))).toMatchObject({
			categories: expect.any(Array),
		});
	});

	test('"Pair every item with the one it came from", "say why by failure", "hint at how to build with it"', () => {
		expect(errors.map(({ failure }) => failure?.cause)).toContain('credential-invalid');
		expect(description.builderHint?.searchHint).toMatch(/^Creates a lead/);
	});
});
