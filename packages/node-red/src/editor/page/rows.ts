import { worded } from './html';

/** Where the two dialogs differ: Node-RED gives the inputs of a config node another prefix. */
export type Prefix = 'node-input' | 'node-config-input';

const labelFor = (id: string, icon: string, key: string): string =>
	`<label for="${id}"><i class="fa fa-${icon}"></i> ${worded('span', key)}</label>`;

const row = (content: string): string => `<div class="form-row icr-row">${content}</div>`;

/** A label and a text input; `attributes` are those of the input, `below` is what explains it. */
export const inputRow = (
	prefix: Prefix,
	property: string,
	icon: string,
	attributes = 'type="text" class="icr-own" dir="auto"',
	below = '',
): string => {
	const id = `${prefix}-${property}`;
	return row(`${labelFor(id, icon, `label.${property}`)}<input id="${id}" ${attributes}>${below}`);
};

/** What explains the input of a row, below it. */
export const hintOf = (property: string, attributes = ''): string =>
	worded('div', `hint.${property}`, `class="icr-hint" ${attributes}`.trim());

/** A choice of a config node: Node-RED puts a list and its buttons there, as wide as the input says. */
export const configRow = (prefix: Prefix, property: string, icon: string): string =>
	inputRow(prefix, property, icon, 'type="text" style="width: calc(100% - 134px)"');

/** A list to choose from, with what explains it below. */
export const selectRow = (property: string, icon: string, options: string, hints: string): string => {
	const id = `node-input-${property}`;
	return row(`${labelFor(id, icon, `label.${property}`)}<select id="${id}">${options}</select>${hints}`);
};

/** A choice whose chosen entry is explained below it; labels and hints are `<property>.<value>.label` and `.hint`. */
export const choiceRow = (property: string, icon: string, values: readonly string[]): string =>
	selectRow(
		property,
		icon,
		values.map((value) => worded('option', `${property}.${value}.label`, `value="${value}"`)).join(''),
		values
			.map((value) => worded('div', `${property}.${value}.hint`, `class="icr-hint" data-choice="${value}"`))
			.join(''),
	);

/** A number with its unit behind it, which says what it counts. */
export const numberRow = (prefix: Prefix, property: string): string => {
	const id = `${prefix}-${property}`;
	const input = `<input id="${id}" type="text" inputmode="decimal" dir="ltr" class="icr-number icr-ltr">`;
	return row(
		`${worded('label', `label.${property}`, `for="${id}"`)}${input}${worded('span', `hint.${property}`, 'class="icr-unit"')}`,
	);
};

/** A box to tick, its words beside it and an explanation below. */
export const tickRow = (prefix: Prefix, property: string, attributes = ''): string => {
	const id = `${prefix}-${property}`;
	const box = `<input type="checkbox" id="${id}">${worded('label', `label.${property}`, `for="${id}"`)}`;
	return `<div ${attributes}>${row(`<div class="icr-tick">${box}</div>${worded('div', `hint.${property}`, 'class="icr-hint"')}`)}</div>`;
};

/** One of several, as a radio button; the chosen one is kept in a hidden input of the property's name. */
export const radio = (property: string, value: string, picture = ''): string => {
	const id = `icr-${property}-${value}`;
	return (
		`<label class="icr-radio" for="${id}"><input type="radio" id="${id}" name="icr-${property}" value="${value}">${picture}` +
		`<span>${worded('span', `${property}.${value}.label`, 'class="icr-radio-label"')}` +
		`${worded('span', `${property}.${value}.hint`, 'class="icr-hint"')}</span></label>`
	);
};

/** Radio buttons together with the hidden input that keeps which one is chosen. */
export const radios = (prefix: Prefix, property: string, content: string): string =>
	`<div class="icr-radios" role="radiogroup" data-i18n="[aria-label]label.${property}">${content}</div><input type="hidden" id="${prefix}-${property}">`;

/** A group that opens and closes; `mark` stands at the end of its heading. */
export const group = (key: string, content: string, attributes = '', mark = ''): string =>
	`<details class="icr-group" ${attributes}><summary><i class="fa fa-angle-right"></i>${worded('span', key)}${mark}</summary>` +
	`<div class="icr-group-content">${content}</div></details>`;
