import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultBaseUrl } from '../../packages/core/src';

const root = join(__dirname, '../..');
const folders = ['docs/workflows', 'packages/node-red/examples'];
const files = folders.flatMap((folder) => readdirSync(join(root, folder)).map((file) => `${folder}/${file}`));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

test('there are seven of each', () => {
	expect(folders.map((folder) => readdirSync(join(root, folder)).length)).toEqual([7, 7]);
});

test.each(files)('%s names no host but the default and holds no credential', (file) => {
	const text = read(file);
	expect([...text.matchAll(/https?:\/\/[^\s"\\]+/g)].map(([address]) => address).filter((address) => address !== defaultBaseUrl)).toEqual([]);
	expect(text).not.toMatch(/"(?:apiKey|credentials|password|secret)"/);
});

test.each(files)('README and docs tell of %s', (file) => {
	const name = file.replace(/^.*\/|\.json$/g, '');
	expect(read('README.md') + read('docs/map-fields.md')).toContain(name);
});

test('the examples use every node that is no config node', () => {
	const types = files.filter((file) => file.startsWith('packages')).flatMap((file) => (JSON.parse(read(file)) as { type: string }[]).map(({ type }) => type));
	const { 'node-red': { nodes } } = JSON.parse(read('packages/node-red/package.json')) as { 'node-red': { nodes: Record<string, string> } };
	for (const type of Object.keys(nodes)) expect(types).toContain(type);
});
