import type { EditorNode } from './editor';

export type Blanks = Readonly<Record<string, string | number>>;

/** Words by key, with its blanks filled in. */
export type Translate = (key: string, blanks?: Blanks) => string;

/** The words of a node's own locale. */
export const wordsOf =
	(node: EditorNode): Translate =>
	(key, blanks) =>
		node._ === undefined ? key : node._(key, blanks);
