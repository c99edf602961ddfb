import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** What our lint says of code, as if it stood in a file of the core: the number of complaints in each line. */
const complaints = (lines: readonly string[]): readonly number[] => {
	const eslint = join(root, 'node_modules/eslint/bin/eslint.js');
	const args = [eslint, '--stdin', '--stdin-filename', 'packages/core/src/probe.ts', '--format', 'json'];
	const { stdout } = spawnSync(process.execPath, args, { cwd: root, input: lines.join('\n'), encoding: 'utf8' });
	const [{ messages }] = JSON.parse(stdout) as [{ messages: { line: number; ruleId: string }[] }];
	const purity = messages.filter(({ ruleId }) => /no-restricted|community-nodes/.test(ruleId));
	return lines.map((_, index) => purity.filter(({ line }) => line === index + 1).length);
};

const impure = [
	"import { readFileSync } from 'node:fs';",
	"import { randomUUID } from 'crypto';",
	"import { NodeOperationError } from 'n8n-workflow';",
	"import { z } from 'zod';",
	"import * as v4 from 'zod/v4';",
	"export const a = fetch('https://example.com');",
	'export const b = Date.now();',
	'export const c = new Date();',
	'export const d = Math.random();',
	'export const e = crypto.randomUUID();',
	'export const f = setTimeout(() => undefined, 1);',
	'export const g = process.env;',
	'export const h = Buffer.from([]);',
	"export const i = require('node:os');",
	"console.log('x');",
];
const pure = [
	"import { fields } from './fields';",
	"import * as z from 'zod/v4-mini';",
	'export const a = fields.length;',
	"export const b = Date.parse('2026-01-01');",
	'export const c = Math.max(1, 2);',
];

test('what comes from outside is refused in the core, line by line', () => {
	expect(complaints(impure).map((count, index) => [impure[index], count > 0])).toEqual(
		impure.map((line) => [line, true]),
	);
});

test('what is pure passes', () => {
	expect(complaints(pure)).toEqual(pure.map(() => 0));
});
