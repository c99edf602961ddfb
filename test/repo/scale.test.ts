import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const table =
	/<!-- simulation -->\n([\s\S]*?)<!-- \/simulation -->/
		.exec(readFileSync(join(root, 'docs/scale.md'), 'utf8'))?.[1]
		?.trim()
		.split('\n') ?? [];
const printed = execFileSync(process.execPath, [join(root, 'bench/gateway/simulation.mjs'), '--small'], {
	encoding: 'utf8',
})
	.trim()
	.split('\n');
const [head, rule, ...rows] = printed;

test('docs/scale.md has the table that the simulation prints, up to a million leads', () => {
	expect(table.slice(0, 2)).toEqual([head, rule]);
	expect(rows).toHaveLength(6);
	for (const perSecond of [5, 20, 100])
		expect(table.filter((row) => row.startsWith(`| ${perSecond} | `))).toHaveLength(4);
});

test.each(rows)('its row %s is what comes out today', (row) => {
	expect(table).toContain(row);
});
