/** The result as one table, as JSON, and in the README. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { reach } from './reach.mjs';
import { shown } from './stats.mjs';

const resultFile = new URL('./result.json', import.meta.url);
const readme = new URL('./README.md', import.meta.url);
const [begin, end] = ['<!-- result -->', '<!-- /result -->'];

const markdown = ({ title, head, rows }) =>
	[
		`**${title}**`,
		'',
		`| ${head.join(' | ')} |`,
		`|${head.map(() => '---').join('|')}|`,
		...rows.map((row) => `| ${row.join(' | ')} |`),
	].join('\n');

/** Every line of the aim that was measured; one that was not keeps what was last seen. */
const reachTable = (parts) => {
	const found = Object.assign({}, ...Object.values(parts).map(({ reached }) => reached));
	const rows = Object.entries(reach).map(([name, { what, unit, bound, isReached }]) => {
		const value = found[name];
		return [
			what,
			bound,
			value === undefined ? 'not measured' : `${shown(value)}${unit}`,
			value === undefined ? '' : isReached(value) ? 'yes' : 'no',
		];
	});
	return { title: 'Reach', head: ['what', 'to reach', 'seen', 'reached'], rows };
};

/** What was last seen of all parts; empty before the first run. */
export const lastSeen = () => (existsSync(resultFile) ? JSON.parse(readFileSync(resultFile, 'utf8')) : { parts: {} });

/** All tables of a result, as Markdown. */
export const tablesOf = ({ parts }) =>
	[reachTable(parts), ...Object.values(parts).flatMap(({ table }) => table)].map(markdown).join('\n\n');

/** Writes the result and the README's tables. */
export const write = (result) => {
	writeFileSync(resultFile, `${JSON.stringify(result, null, '\t')}\n`);
	const text = readFileSync(readme, 'utf8');
	const [before, after] = [text.slice(0, text.indexOf(begin) + begin.length), text.slice(text.indexOf(end))];
	writeFileSync(readme, `${before}\n${tablesOf(result)}\n${after}`);
};
