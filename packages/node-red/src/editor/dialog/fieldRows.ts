import type { StoredField } from './storedFields';
import type { Translate } from './words';

interface Row {
	readonly element: JQuery;
	/** What is typed into; the element itself is hidden by the typed input. */
	readonly typed: JQuery;
	readonly path: string;
	readonly name: string;
}

const rowOf = (input: HTMLElement): Row => {
	const element = $(input);
	const typed = element.next('.red-ui-typedInput-container').find('.red-ui-typedInput-input');
	return { element, typed, path: input.dataset.path ?? '', name: input.dataset.name ?? '' };
};

/** What to expect in a row, by the type of its value: a property's path, or the catalog's example. */
const placeholderOf = (name: string, type: string, words: Translate): string => {
	switch (type) {
		case 'msg':
			return words('example', { example: `payload.${name}` });
		case 'flow':
		case 'global':
			return words('example', { example: name });
		case 'str':
		case 'num':
		case 'json':
			return words('example', { example: words(`field.${name}.example`) });
		default:
			return '';
	}
};

/** To Node-RED an empty value is a wrong one; here it means "not sent". */
const forgive = ({ element, typed }: Row): void => {
	if (element.typedInput('value').trim() !== '') return;
	element.add(typed.closest('.red-ui-typedInput-container')).removeClass('input-error');
	const tooltip = element.data('tooltip') as { delete(): void } | null | undefined;
	element.removeData('tooltip');
	tooltip?.delete();
};

const dress = ({ element, typed, name }: Row, words: Translate): void => {
	const type = element.typedInput('type');
	const list = `icr-suggestions-${name}`;
	const suggests = type === 'str' && document.getElementById(list) !== null;
	typed
		.attr('placeholder', placeholderOf(name, type, words))
		.attr('dir', type === 'str' ? (element.attr('data-dir') ?? 'auto') : 'ltr')
		.attr('list', suggests ? list : null);
};

const prepareRow = (
	input: HTMLElement,
	stored: readonly StoredField[],
	words: Translate,
	onChange: () => void,
): Row => {
	const types = (input.dataset.types ?? 'msg').split(' ');
	const entry = stored.find(({ field }) => field === input.dataset.path);
	const element = $(input).val(entry?.value ?? '');
	element.typedInput({
		types,
		default: entry !== undefined && types.includes(entry.valueType) ? entry.valueType : 'msg',
	});
	const row = rowOf(input);
	row.typed.attr({
		id: `icr-value-${row.name}`,
		'aria-labelledby': `icr-label-${row.name}`,
		'aria-required': input.dataset.required === undefined ? null : 'true',
	});
	const show = (): void => {
		dress(row, words);
		forgive(row);
	};
	element.on('change keyup paste', () => {
		show();
		onChange();
	});
	show();
	return row;
};

const valueOf = ({ element, path }: Row): StoredField => ({
	field: path,
	value: element.typedInput('value'),
	valueType: element.typedInput('type'),
});

/** The present values of the form's rows, and a way to put others in their place. */
export interface FieldRows {
	readonly read: () => readonly StoredField[];
	/** Fills the rows that are named and empties all others. */
	readonly fill: (values: readonly StoredField[]) => void;
}

/** Makes typed inputs of the form's rows, filled with what is stored. */
export const prepareFieldRows = (stored: readonly StoredField[], words: Translate, onChange: () => void): FieldRows => {
	const rows: Row[] = [];
	$('.icr-field input[data-path]').each((_index, input) => {
		rows.push(prepareRow(input, stored, words, onChange));
	});
	const fill = (values: readonly StoredField[]): void => {
		for (const { element, path } of rows) {
			const entry = values.find(({ field }) => field === path);
			element.typedInput('type', entry?.valueType ?? 'msg');
			element.typedInput('value', entry?.value ?? '');
		}
	};
	return { read: () => rows.map(valueOf), fill };
};
