import { make } from '@icloud-ready/web/client';

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON text laid out, or null when it is none (or too deep to lay out). */
const layOut = (text: string): string | null => {
	try {
		return JSON.stringify(JSON.parse(text), null, 2);
	} catch {
		return null;
	}
};

const longestColored = 100_000;

/** A body as a code block: JSON laid out with its parts told apart, anything else as it came. */
export const bodyView = (text: string): HTMLPreElement => {
	const view = make('pre', { dir: 'ltr', tabindex: '0' });
	const json = layOut(text);
	if (json === null || json.length > longestColored) {
		view.append(make('bdi', {}, json ?? text));
		return view;
	}
	let end = 0;
	for (const match of json.matchAll(token)) {
		const [whole, string, colon] = match;
		const kind = string === undefined ? 'value' : colon === undefined ? 'string' : 'key';
		// Each string by itself, so that Arabic does not turn the brackets around it.
		view.append(json.slice(end, match.index), make('bdi', { class: kind }, string ?? whole), colon ?? '');
		end = match.index + whole.length;
	}
	view.append(json.slice(end));
	return view;
};

/** The text a copy button beside a body gives. */
export const bodyText = (text: string): string => layOut(text) ?? text;
