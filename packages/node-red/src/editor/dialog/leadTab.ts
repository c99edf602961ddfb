import { prepareRadios, showFor } from './choices';
import type { EditorNode } from './editor';
import { type FieldRows, prepareFieldRows } from './fieldRows';
import { showFilled, showMissing } from './filled';
import { storedFields } from './storedFields';
import type { Translate } from './words';

/** Prepares the tab; returns its rows. */
export const prepareLeadTab = (node: EditorNode, words: Translate): FieldRows => {
	const tab = $('.icr-tab-lead');
	let input = '';
	let rows: FieldRows = { read: () => [], fill: () => undefined };
	const show = (): void => {
		const values = rows.read();
		showFilled(values, words);
		showMissing(values, input === 'fields');
	};
	rows = prepareFieldRows(storedFields(node.fields), words, show);
	prepareRadios('input', (chosen) => {
		input = chosen;
		showFor(tab, chosen);
		tab.attr('data-input', chosen);
		if (chosen === 'fields') tab.find('.icr-group[data-group]').first().prop('open', true);
		show();
	});
	return rows;
};
