import type { Words } from './catalogWords';
import { script } from './html';
import { escapeHtml } from '@icloud-ready/web/escapeHtml';

const wordAt = (words: Words, path: readonly string[]): string => {
	const found = path.reduce<string | Words | undefined>(
		(at, key) => (typeof at === 'object' ? at[key] : undefined),
		words,
	);
	if (typeof found !== 'string') throw new Error(`No words at ${path.join('.')}`);
	return found;
};

/** The eight outputs as Node-RED's help shows them, in the words of the catalog. */
const outcomePorts = (words: Words, kinds: readonly string[]): string => {
	const ports = kinds.map((kind) => {
		const label = escapeHtml(wordAt(words, ['outcome', kind, 'label']));
		return `<li>${label}<dl class="message-properties"><dd>${escapeHtml(wordAt(words, ['outcome', kind, 'when']))}</dd></dl></li>`;
	});
	return `<ol class="node-ports">${ports.join('')}</ol>`;
};

const requiredLabels = (words: Words, names: readonly string[]): string =>
	names.map((name) => `**${wordAt(words, ['field', name, 'label'])}**`).join(', ');

/** The first paragraph by itself, since Node-RED takes it out for the tooltip. */
const rightToLeft = (markdown: string): string => {
	const [first = '', ...rest] = markdown.trim().split('\n\n');
	return [`<p dir="rtl">${escapeHtml(first)}</p>`, '<div dir="rtl">', ...rest, '</div>'].join('\n\n');
};

/** A help text with its blanks `{{outcomes}}` and `{{required}}` filled in, as Node-RED loads it. */
export const helpPage = (
	type: string,
	markdown: string,
	words: Words,
	kinds: readonly string[],
	required: readonly string[],
): string => {
	const filled = markdown
		.replaceAll('{{outcomes}}', () => outcomePorts(words, kinds))
		.replaceAll('{{required}}', () => requiredLabels(words, required));
	const blank = /\{\{\w+\}\}/.exec(filled);
	if (blank !== null) throw new Error(`Nothing to fill ${blank[0]} with in the help of ${type}`);
	return script(
		`type="text/markdown" data-help-name="${type}"`,
		words.direction === 'rtl' ? rightToLeft(filled) : filled,
	);
};
