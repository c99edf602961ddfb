import type { Part } from './parts';

/** A longer key is no form's own. */
const longestKey = 1000;
const mostParts = 12;
const bracketKey = /^[^\s[\]]+(?:\[[^\s[\]]*\])+$/;
/** With spaces too, where it is not the only one: "Name [as in the passport]" is a question. */
const spacedKey = /^[^\s[\]]+(?:\[[^[\]]*\])+$/;

/** `lead[first_name]` as its parts; a form's own way to nest. */
const keyParts = (key: string, pattern = bracketKey): readonly string[] | undefined => {
	if (key.length > longestKey || !pattern.test(key)) return undefined;
	const parts = key.slice(0, -1).split(/\]?\[/);
	return parts.length > mostParts ? undefined : parts;
};

type Tree = Map<string, unknown>;

const put = (tree: Tree, [first = '', ...rest]: readonly string[], value: unknown): void => {
	// `tags[]` has no number: the next one.
	const name = first === '' ? String(tree.size) : first;
	if (rest.length === 0) {
		if (tree.has(name)) tree.set(`${name} ${tree.size}`, value);
		else tree.set(name, value);
		return;
	}
	const inner = tree.get(name);
	const group: Tree =
		inner instanceof Map ? (inner as Tree) : new Map<string, unknown>(inner === undefined ? [] : [['', inner]]);
	tree.set(name, group);
	put(group, rest, value);
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
	const keys = Object.keys(payload);
	const ending = keys.filter((key) => key.endsWith(']'));
	if (ending.length === 0) return payload;
	const spaced = ending.filter((key) => keyParts(key, spacedKey) !== undefined);
	const pattern = spaced.length > 1 ? spacedKey : bracketKey;
	if (!ending.some((key) => keyParts(key, pattern) !== undefined)) return payload;
	const tree: Tree = new Map();
	for (const key of keys) put(tree, keyParts(key, pattern) ?? [key], payload[key]);
	// Whatever its keys are, a payload is an object.
	return Object.fromEntries([...tree].map(([key, value]) => [key, asData(value)]));
};
