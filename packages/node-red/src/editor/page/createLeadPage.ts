import { countryOptions } from './countryOptions';
import { fieldRow } from './fieldRow';
import { worded } from './html';
import { leadExample } from './leadExample';
import { routingPicture, routings } from './routingPicture';
import { choiceRow, configRow, group, inputRow, radio, radios, selectRow, tickRow } from './rows';
import { choices, fieldGroups, fields, outcomeKinds } from '@icloud-ready/core';
import { escapeHtml } from '@icloud-ready/web/escapeHtml';

const prefix = 'node-input';
const inputs = ['form', 'fields', 'lead'] as const;

const filledMark = '<span class="icr-filled" hidden></span>';

const fieldGroupRows = fieldGroups
	.map((name) =>
		group(
			`group.${name}`,
			fields
				.filter((field) => field.group === name)
				.map(fieldRow)
				.join('\n'),
			`data-group="${name}"`,
			filledMark,
		),
	)
	.join('\n');

const leadTab = [
	radios(prefix, 'input', inputs.map((value) => radio('input', value)).join('')),
	worded('div', 'lead.wins', 'class="icr-note" data-shown-for="form"'),
	worded('div', 'lead.required', 'class="icr-note" data-shown-for="fields"'),
	`<div data-shown-for="form fields">${fieldGroupRows}</div>`,
	`<div data-shown-for="lead">${worded('div', 'lead.shape', 'class="icr-note"')}<pre class="icr-code" dir="ltr">${escapeHtml(leadExample())}</pre></div>`,
].join('\n');

const deliveryTab = [
	selectRow('defaultCountry', 'flag-o', countryOptions(), worded('div', 'hint.defaultCountry', 'class="icr-hint"')),
	choiceRow('phone', 'phone', choices.phone),
	`<div data-shown-for="form">${tickRow(prefix, 'phoneAsName')}</div>`,
	`<div class="icr-duplicates">${choiceRow('duplicates', 'clone', choices.duplicates)}`,
	`<div data-shown-for="run always">${choiceRow('duplicateKey', 'key', choices.duplicateKey)}</div></div>`,
	choiceRow('unconfirmed', 'question-circle-o', choices.unconfirmed),
	tickRow(prefix, 'dryRun'),
].join('\n');

const outcomeList = outcomeKinds
	.map(({ kind }) => `<li>${worded('b', `outcome.${kind}.label`)} ${worded('span', `outcome.${kind}.when`)}</li>`)
	.join('');

const outputsTab = [
	radios(prefix, 'routing', routings.map((value) => radio('routing', value, routingPicture(value))).join('')),
	`<input type="hidden" id="${prefix}-outputs">`,
	worded('div', 'routing.unwired', 'class="icr-note" data-shown-for="split pair"'),
	worded('div', 'routing.fewer', 'id="icr-fewer-outputs" class="icr-note" role="status" hidden'),
	group('group.outcomes', `<ol class="icr-outcomes">${outcomeList}</ol>`),
].join('\n');

const previewTab = [
	worded('div', 'preview.note', 'class="icr-note"'),
	`<div class="icr-preview-head">${worded('label', 'preview.paste', 'for="icr-preview-text"')}` +
		`<button type="button" class="red-ui-button red-ui-button-small" id="icr-preview-last"><i class="fa fa-clock-o"></i> ${worded('span', 'preview.last')}</button></div>`,
	'<textarea id="icr-preview-text" rows="7" dir="ltr" spellcheck="false" data-i18n="[placeholder]preview.placeholder"></textarea>',
	'<div id="icr-preview" role="status" aria-live="polite"></div>',
	`<button type="button" class="red-ui-button" id="icr-preview-make" hidden>${worded('span', 'preview.make')}</button>`,
	'<div id="icr-preview-made" class="icr-note" role="status"></div>',
].join('\n');

/** The tabs in their order; a further one is a further entry and its `tab.<name>` in the locales. */
const tabs: Readonly<Record<string, string>> = {
	lead: leadTab,
	delivery: deliveryTab,
	outputs: outputsTab,
	preview: previewTab,
};

/** The form of the create-lead node. */
export const createLeadPage = (): string =>
	[
		inputRow(prefix, 'name', 'tag'),
		configRow(prefix, 'account', 'cloud'),
		'<div class="form-row icr-tabs"><ul id="icr-tabs"></ul></div>',
		...Object.entries(tabs).map(
			([name, content]) => `<div class="icr-tab icr-tab-${name}" data-tab="${name}">\n${content}\n</div>`,
		),
	].join('\n');
