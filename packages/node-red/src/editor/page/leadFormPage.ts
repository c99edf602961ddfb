import { worded } from './html';
import { choiceRow, group, hintOf, inputRow, numberRow, tickRow } from './rows';
import { answerModes, browserAnswers } from '../../leadForm';
import { platformNames, platforms, type SecretName } from '@icloud-ready/core';

const prefix = 'node-input';
const code = 'type="text" class="icr-ltr" dir="ltr" spellcheck="false"';
const secrets: readonly SecretName[] = ['verifyToken', 'secret', 'nextSecret', 'pageToken'];

/** What the secret is stands below the chosen platform; what it may be, where none is asked for, stands beside it. */
const shownFor: Partial<Readonly<Record<SecretName, readonly string[]>>> = {
	secret: platformNames.filter((name) => platforms[name].provesBy === 'token'),
};

const secretRow = (name: SecretName): string => {
	const attributes = 'type="password" class="icr-ltr" dir="ltr" autocomplete="new-password"';
	const own = shownFor[name];
	const hint = hintOf(name, own === undefined ? '' : `data-platforms="${own.join(' ')}"`);
	return `<div data-secret="${name}">${inputRow(prefix, name, 'key', attributes, hint)}</div>`;
};

const address = [
	'<div class="form-row icr-row">',
	`<label for="icr-address"><i class="fa fa-globe"></i> ${worded('span', 'label.address')}</label>`,
	'<input id="icr-address" type="text" class="icr-ltr" dir="ltr" readonly>',
	`<button type="button" class="red-ui-button" id="icr-copy"><i class="fa fa-copy"></i> ${worded('span', 'address.copy')}</button>`,
	'<div id="icr-address-note" class="icr-hint" role="status" aria-live="polite"></div>',
	'<div id="icr-last" class="icr-hint" role="status" aria-live="polite"></div>',
	'</div>',
].join('');

/** The form of the lead form node; each platform shows the secrets that it has. */
export const leadFormPage = (): string =>
	[
		inputRow(prefix, 'name', 'tag'),
		choiceRow('platform', 'bullhorn', platformNames),
		inputRow(prefix, 'path', 'link', `${code} data-i18n="[placeholder]example.path"`),
		address,
		...secrets.map(secretRow),
		choiceRow('answer', 'reply', answerModes),
		group(
			'group.website',
			choiceRow('browser', 'desktop', browserAnswers) +
				`<div data-shown-for="redirect">${inputRow(prefix, 'redirect', 'external-link', `${code} data-i18n="[placeholder]example.redirect"`)}</div>` +
				`<div data-shown-for="page redirect">${tickRow(prefix, 'ownerNotes')}</div>` +
				inputRow(prefix, 'origins', 'globe', `${code} data-i18n="[placeholder]example.origins"`, hintOf('origins')),
		),
		group(
			'group.more',
			numberRow(prefix, 'answerSeconds') +
				inputRow(
					prefix,
					'publicUrl',
					'globe',
					`${code} data-i18n="[placeholder]example.publicUrl"`,
					hintOf('publicUrl'),
				) +
				`<div data-secret="pageToken">${inputRow(prefix, 'graphUrl', 'facebook', code)}</div>`,
		),
	].join('\n');
