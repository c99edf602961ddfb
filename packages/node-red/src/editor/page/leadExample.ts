import { fields } from '@icloud-ready/core';

type Branch = Record<string, unknown>;

const isBranch = (value: unknown): value is Branch =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const withValueAt = (tree: Branch, path: readonly string[], value: unknown): Branch => {
	const [head, ...rest] = path;
	if (head === undefined) return tree;
	const below = tree[head];
	return { ...tree, [head]: rest.length === 0 ? value : withValueAt(isBranch(below) ? below : {}, rest, value) };
};

const shown: readonly string[] = ['firstName', 'lastName', 'phone', 'city', 'leadSource', 'interests'];

/** A lead in the API's shape, made from the catalog's examples. */
export const leadExample = (): string => {
	const lead = fields
		.filter((field) => shown.includes(field.name))
		.reduce<Branch>((tree, { path, example }) => withValueAt(tree, path.split('.'), example), {});
	return JSON.stringify(lead, null, 2).replace(
		/\[([^[\]]*)\]/g,
		(_whole, items: string) =>
			`[${items
				.split('\n')
				.map((item) => item.trim())
				.join(' ')
				.trim()}]`,
	);
};
