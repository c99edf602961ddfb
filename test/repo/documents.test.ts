import { sources } from '../../packages/core/src/forms/sources';
import { tables, withTables } from './tables';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../..');
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
	cwd: root,
	encoding: 'utf8',
})
	.split('\n')
	.filter((file) => file !== '' && existsSync(join(root, file)));
const documents = tracked.filter((file) => file.endsWith('.md') && !file.startsWith('packages/node-red/src/'));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

test.each(documents)('the tables of %s are those of the catalog', (file) => {
	const text = read(file);
	// `npm run tables` writes what this test compares.
	if (process.env.WRITE_TABLES === '1') writeFileSync(join(root, file), withTables(text));
	else expect(text).toBe(withTables(text));
});

/** Where a table stands that is in no README. */
const placeOf: Readonly<Record<string, string>> = {
	fields: 'docs/fields.md',
	limits: 'docs/delivery.md',
	platforms: 'docs/receive.md',
	supportOutcomes: 'docs/support.md',
	supportStatuses: 'docs/support.md',
	supportAlerts: 'docs/support.md',
	supportCalls: 'docs/support.md',
};

test.each(Object.keys(tables))('the README of its language, or its own document, holds the table %s', (name) => {
	const place = placeOf[name] ?? (name.endsWith('Ar') ? 'docs/ar/README.md' : 'README.md');
	expect(read(place)).toContain(`<!-- ${name} -->\n| `);
});

test('docs/sources.md tells of every source, in a row of its own', () => {
	for (const { name } of sources) expect(read('docs/sources.md')).toContain(`\n| ${name} |`);
});

test('docs/sources.md names the document of every shape that has one, and whether it is read', () => {
	for (const file of tracked.filter((each) => each.startsWith('test/fixtures/payloads/third/'))) {
		const { document, notYet = false } = JSON.parse(read(file)) as { document: string; notYet?: boolean };
		const place = document.startsWith('http') ? `<${document}>` : `\`${document}\``;
		const name = file.replace(/^.*\/|\.json$/g, '');
		expect(read('docs/sources.md')).toContain(`| ${name} | ${place} | ${notYet ? 'not yet' : 'yes'} |`);
	}
});

test.each(documents)('the links of %s lead to files that are there', (file) => {
	const targets = [...read(file).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)].map(
		([, target = '']) => target,
	);
	for (const target of targets) expect([target, existsSync(join(root, dirname(file), target))]).toEqual([target, true]);
});

test('every picture stands in a document and is small', () => {
	const shown = documents.map(read).join('\n');
	for (const file of tracked.filter((each) => each.startsWith('docs/pictures/'))) {
		expect(shown).toContain(`${file.replace('docs/', '')})`);
		expect(statSync(join(root, file)).size).toBeLessThan(150_000);
	}
});

test('every command that the README names exists', () => {
	const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
	const named = [...read('README.md').matchAll(/npm (?:run )?(start|test(?::\w+)?|[a-z]+:[a-z]+)\b/g)].map(
		([, name = '']) => name,
	);
	expect(named.length).toBeGreaterThan(1);
	for (const name of named) expect(Object.keys(scripts)).toContain(name);
});

test('versions of all packages are the same, and the CHANGELOG knows it', () => {
	const versions = [
		'package.json',
		'packages/core/package.json',
		'packages/node-red/package.json',
		'packages/sandbox/package.json',
		'packages/gateway/package.json',
	].map((file) => (JSON.parse(read(file)) as { version: string }).version);
	expect(new Set(versions).size).toBe(1);
	expect(read('CHANGELOG.md')).toContain(`## ${versions[0]}`);
});

test('no file names a machine, a registry or what it was made with', () => {
	const own = 'test/repo/documents.test.ts';
	const forbidden = /\/root\/|\/work\/|\/home\/(?!node\/)[a-z]+\/|registry\.npm|deb\.debian/;
	const found = tracked.filter(
		(file) => file !== own && !/\.(?:png|pem|ico)$/.test(file) && forbidden.test(read(file)),
	);
	expect(found).toEqual([]);
});
