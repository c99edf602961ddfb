import type { EditorNode, Validate } from './editor';
import { type Blanks, type Translate, wordsOf } from './words';

/** What is wrong with a value: a key of the locale and what its sentence needs; undefined where nothing is. */
export type Complaint = { readonly key: string; readonly blanks?: Blanks } | undefined;

/** A check as Node-RED wants it, from a decision about the value. `this` is the node. */
export const saying = (complain: (value: unknown, node: EditorNode, words: Translate) => Complaint): Validate =>
	function (this: EditorNode, value: unknown, _options: unknown) {
		const words = wordsOf(this);
		const complaint = complain(value, this, words);
		return complaint === undefined ? true : words(complaint.key, complaint.blanks);
	};

const isNumber = (value: unknown, least: number): boolean => {
	const number = Number(value);
	return String(value ?? '').trim() !== '' && Number.isFinite(number) && number >= least;
};

/** A number of at least `least`, fractions allowed; `property` names its label. */
export const numberFrom = (property: string, least: number): Validate =>
	saying((value, _node, words) =>
		isNumber(value, least) ? undefined : { key: 'error.number', blanks: { label: words(`label.${property}`), least } },
	);

/** The same for what is counted. */
export const countFrom = (property: string, least: number): Validate =>
	saying((value, _node, words) =>
		isNumber(value, least) && Number.isInteger(Number(value))
			? undefined
			: { key: 'error.count', blanks: { label: words(`label.${property}`), least } },
	);

/** A check of what a flow of an earlier version has not got, and the runtime has a default for. */
export const unlessAbsent = (check: Validate): Validate =>
	function (this: EditorNode, value: unknown, options: unknown) {
		return value === undefined ? true : check.call(this, value, options);
	};
