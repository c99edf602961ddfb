/** `node scripts/check/version.mjs v0.2.0`: whether every published package has the version that a tag names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../build/prepare.mjs';

const published = [
	'package.json',
	'packages/node-red/package.json',
	'packages/sandbox/package.json',
	'packages/gateway/package.json',
];
const [tag = ''] = process.argv.slice(2);
const wrong = published
	.map((file) => [file, JSON.parse(readFileSync(join(root, file), 'utf8')).version])
	.filter(([, version]) => `v${version}` !== tag);
for (const [file, version] of wrong)
	console.error(`${file} has the version ${version}, and the tag is "${tag}". Make them the same, then tag again.`);
process.exitCode = wrong.length === 0 ? 0 : 1;
