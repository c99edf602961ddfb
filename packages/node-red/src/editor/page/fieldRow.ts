import { worded } from './html';
import type { Field, FieldKind } from '@icloud-ready/core';
import { escapeHtml } from '@icloud-ready/web/escapeHtml';

/** The typed input's types for a kind, the usual one first. */
const typesOf = (kind: FieldKind): string => {
	switch (kind) {
		case 'text':
		case 'longText':
		case 'email':
		case 'phone':
		case 'country':
		case 'choice':
			return 'msg flow global str jsonata env';
		case 'number':
			return 'msg flow global num jsonata env';
		case 'boolean':
			return 'msg flow global bool jsonata env';
		case 'textList':
		case 'emailList':
		case 'phoneList':
			return 'msg flow global str json jsonata env';
		case 'json':
			return 'msg flow global json str jsonata env';
	}
};

/** Phones and addresses of mail read from left to right in every language. */
const directionOf = (kind: FieldKind): 'ltr' | 'auto' => {
	switch (kind) {
		case 'phone':
		case 'email':
		case 'phoneList':
		case 'emailList':
		case 'number':
		case 'json':
			return 'ltr';
		case 'text':
		case 'longText':
		case 'country':
		case 'choice':
		case 'boolean':
		case 'textList':
			return 'auto';
	}
};

/** Browsers show the name beside the value. */
const suggestionList = ({ name, suggestions }: Field): string => {
	if (suggestions === undefined) return '';
	const options = suggestions
		.map(
			(value) => `<option value="${escapeHtml(value)}" data-i18n="[label]field.${name}.suggestion.${value}"></option>`,
		)
		.join('');
	return `<datalist id="icr-suggestions-${name}">${options}</datalist>`;
};

/** A row of the form: everything the dialog needs to know of the field stands in the row's attributes. */
export const fieldRow = (field: Field): string => {
	const { name, kind, path, required } = field;
	const facts = `data-path="${path}" data-name="${name}" data-types="${typesOf(kind)}" data-dir="${directionOf(kind)}"`;
	const star = required === true ? '<span class="icr-star" aria-hidden="true">*</span>' : '';
	const flags = required === true ? ' data-required' : '';
	return [
		'<div class="form-row icr-row icr-field">',
		`<label id="icr-label-${name}" for="icr-value-${name}" data-i18n="[title]field.${name}.description">`,
		`${worded('span', `field.${name}.label`)}${star}</label>`,
		`<div class="icr-value"><input type="text" id="node-input-field-${name}" style="width: 100%" ${facts}${flags}></div>`,
		suggestionList(field),
		'</div>',
	].join('');
};
