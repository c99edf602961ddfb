import { prepareRadios, showFor } from './choices';
import type { EditorNode } from './editor';
import { prepareFieldRows } from './fieldRows';
import { showFilled, showMissing } from './filled';
import { type StoredField, storedFields } from './storedFields';
import type { Translate } from './words';

/** Prepares the tab; returns a reader of the rows' present values. */
export const prepareLeadTab = (node: EditorNode, words: Translate): (() => readonly StoredField[]) => {
	const tab = $('.icr-tab-lead');
	let input = '';
	let read: () => readonly StoredField[] = () => [];
	const show = (): void => {
		const rows = read();
		showFilled(rows, words);
		showMissing(rows, input === 'fields');
	};
	read = prepareFieldRows(storedFields(node.fields), words, show);
	prepareRadios('input', (chosen) => {
		input = chosen;
		showFor(tab, chosen);
		tab.attr('data-input', chosen);
		if (chosen === 'fields') tab.find('.icr-group[data-group]').first().prop('open', true);
		show();
	});
	return read;
};
