import { isRecord, parseJson } from '../text/json';
import type { Part } from './parts';
import { tableRows } from './table';

/** Longer text is a file for a node that reads files in parts. */
const longest = 2_000_000;
const delimiters = [',', ';', '\t', '|'];

/** The cells of CSV: quotes keep delimiters and breaks of lines, two of them are one. */
const cellsOf = (text: string, delimiter: string): readonly (readonly string[])[] => {
	const rows: string[][] = [[]];
	let [cell, quoted] = ['', false];
	const close = (): void => {
		rows.at(-1)?.push(cell.trim());
		cell = '';
	};
	for (let at = 0; at < text.length; at++) {
		const letter = text[at] ?? '';
		if (quoted && letter === '"' && text[at + 1] === '"') cell += text[++at] ?? '';
		else if (letter === '"' && (quoted || cell.trim() === '')) quoted = !quoted;
		else if (!quoted && letter === delimiter) close();
		else if (!quoted && letter === '\n') {
			close();
			rows.push([]);
		} else cell += letter;
	}
	close();
	return rows.filter((row) => row.some((each) => each !== ''));
};

/** CSV whose first line names its columns, as rows; undefined where it is some other text. */
const csvRows = (text: string): readonly Part[] | undefined => {
	const head = text.slice(0, text.indexOf('\n'));
	const delimiter = delimiters.find((each) => head.includes(each));
	return delimiter === undefined || head.length > 5000 ? undefined : tableRows(cellsOf(text, delimiter));
};

/** A JSON object on each line. */
const jsonLines = (text: string): readonly Part[] | undefined => {
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	if (!lines.every((line) => /^\s*\{.*\}\s*$/.test(line))) return undefined;
	const parts = lines.map((line) => parseJson(line));
	return parts.every(isRecord) ? parts : undefined;
};

/** The rows in a text of several lines that is CSV or has a JSON object on each line; undefined where it is something else. */
export const rowsInText = (given: string): readonly Part[] | undefined => {
	if (given.length > longest || !given.trim().includes('\n')) return undefined;
	const text = given
		.replace(/^\ufeff/, '')
		.replace(/\r\n?/g, '\n')
		.trim();
	return text.startsWith('{') ? jsonLines(text) : csvRows(text);
};
