import type { EditorNode, Validate } from './editor';
import { type Blanks, type Translate, wordsOf } from './words';
import { type Limit, type LimitName, limits } from '@icloud-ready/core/policy';

/** What is wrong with a value: a key of the locale and what its sentence needs; undefined where nothing is. */
export type Complaint = { readonly key: string; readonly blanks?: Blanks } | undefined;

/** A check as Node-RED wants it, from a decision about the value. `this` is the node. */
export const saying = (complain: (value: unknown, node: EditorNode, words: Translate) => Complaint): Validate =>
	function (this: EditorNode, value: unknown, _options: unknown) {
		const words = wordsOf(this);
		const complaint = complain(value, this, words);
		return complaint === undefined ? true : words(complaint.key, complaint.blanks);
	};

/** A number within the limit of the property, which the runtime would replace by its default; fractions only of what is measured. */
export const withinLimit = (property: LimitName): Validate => {
	const { min, max, isWhole = false }: Limit = limits[property];
	return saying((value, _node, words) => {
		const number = String(value ?? '').trim() === '' ? Number.NaN : Number(value);
		const isWithin = number >= min && number <= max && (!isWhole || Number.isInteger(number));
		const blanks = { label: words(`label.${property}`), min, max };
		return isWithin ? undefined : { key: isWhole ? 'error.count' : 'error.number', blanks };
	});
};

/** A check of what a flow of an earlier version has not got, and the runtime has a default for. */
export const unlessAbsent = (check: Validate): Validate =>
	function (this: EditorNode, value: unknown, options: unknown) {
		return value === undefined ? true : check.call(this, value, options);
	};
