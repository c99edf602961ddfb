import { keysOf } from '../text/keys';
import type { Part } from './parts';

/** A longer key is no form's own. */
const longestKey = 1000;
const mostParts = 12;
const bracketKey = /^[^\s[\]]+(?:\[[^\s[\]]*\])+$/;
/** With spaces too, where it is not the only one: "Name [as in the passport]" is a question. */
const spacedKey = /^[^\s[\]]+(?:\[[^[\]]*\])+$/;

/** `data[lead[name]]` as `data[lead][name]`: a key that had brackets before it was put in some. */
const opened = (key: string): string => {
	if (!key.endsWith(']]')) return key;
	let depth = 0;
	let text = '';
	for (const letter of key) {
		if (letter === '[' && depth++ > 0) text += '][';
		else if (letter === ']' && --depth > 0) continue;
		else text += letter;
		if (depth < 0) return key;
	}
	return depth === 0 ? text : key;
};

/** `lead[first_name]` as its parts; a form's own way to nest. */
const keyParts = (given: string, pattern = bracketKey): readonly string[] | undefined => {
	if (given.length > longestKey) return undefined;
	const key = opened(given);
	if (!pattern.test(key)) return undefined;
	const parts = key.slice(0, -1).split(/\]?\[/);
	return parts.length > mostParts ? undefined : parts;
};

type Tree = Map<string, unknown>;

const put = (tree: Tree, parts: readonly string[], value: unknown, at = 0): void => {
	const first = parts[at] ?? '';
	// `tags[]` has no number: the next one.
	const name = first === '' ? String(tree.size) : first;
	if (at >= parts.length - 1) {
		if (tree.has(name)) tree.set(`${name} ${tree.size}`, value);
		else tree.set(name, value);
		return;
	}
	const inner = tree.get(name);
	const group: Tree =
		inner instanceof Map ? (inner as Tree) : new Map<string, unknown>(inner === undefined ? [] : [['', inner]]);
	tree.set(name, group);
	put(group, parts, value, at + 1);
};

const asData = (node: unknown): unknown => {
	if (!(node instanceof Map)) return node;
	const entries = [...(node as Tree)].map(([key, value]) => [key, asData(value)] as const);
	// "a[]" with a list in it is that list.
	const [only] = entries;
	if (entries.length === 1 && only?.[0] === '0' && Array.isArray(only[1])) return only[1];
	return entries.every(([key]) => /^\d{1,6}$/.test(key))
		? entries.map(([, value]) => value)
		: Object.fromEntries(entries);
};

/** A payload whose keys hold brackets, as forms are encoded in addresses, nested as they say; any other is itself. */
export const unbracketed = (payload: Part): Part => {
	const keys = keysOf(payload);
	const ending = keys.filter((key) => key.endsWith(']'));
	if (ending.length === 0) return payload;
	const isIn = (pattern: RegExp) => (key: string) => keyParts(key, pattern) !== undefined;
	const first = ending.findIndex(isIn(spacedKey));
	if (first < 0) return payload;
	const pattern = ending.slice(first + 1).some(isIn(spacedKey)) ? spacedKey : bracketKey;
	if (!ending.some(isIn(pattern))) return payload;
	const tree: Tree = new Map();
	for (const key of keys) {
		const parts = key.endsWith(']') ? keyParts(key, pattern) : undefined;
		if (parts === undefined) put(tree, [key], payload[key]);
		else put(tree, parts, payload[key]);
	}
	// Whatever its keys are, a payload is an object.
	return Object.fromEntries([...tree].map(([key, value]) => [key, asData(value)]));
};
