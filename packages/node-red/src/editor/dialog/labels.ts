import type { EditorNode } from './editor';
import { wordsOf } from './words';

type Label = (this: EditorNode) => string;

/**
 * How a node is called on the canvas: by the name that a person gave it, or else by words of the catalog. `keyOf`: their key,
 * where a setting says more than the type.
 */
export const nameOr = (keyOf: (node: EditorNode) => string): Label =>
	function label() {
		return String(this.name || wordsOf(this)(keyOf(this)));
	};

/** A name that a person gave is in italics, as with Node-RED's own nodes. */
export const labelStyle: Label = function labelStyle() {
	return this.name ? 'node_label_italic' : '';
};

/** In the palette, by words of the catalog. */
export const paletteLabel = (key: string): Label =>
	function label() {
		return wordsOf(this)(key);
	};
