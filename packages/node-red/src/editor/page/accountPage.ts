import { worded } from './html';
import { configRow, group, inputRow, numberRow, radio, radios, tickRow } from './rows';

const prefix = 'node-config-input';
const code = 'class="icr-ltr" dir="ltr" spellcheck="false"';

const test = [
	'<div class="form-row icr-beside">',
	`<button type="button" class="red-ui-button" id="icr-test"><i class="fa fa-plug"></i> ${worded('span', 'test.button')}</button>`,
	'<div id="icr-test-answer" class="icr-answer" role="status" aria-live="polite" dir="auto"></div>',
	'</div>',
].join('');

const limits = ['concurrency', 'maxPerSecond', 'maxTries', 'maxWaitSeconds', 'timeoutSeconds'];

const outbox = [
	radios(prefix, 'outbox', ['off', 'disk'].map((value) => radio('outbox', value)).join('')),
	`<div id="icr-outbox-limits">${['outboxMax', 'keepDays'].map((property) => numberRow(prefix, property)).join('')}${tickRow(prefix, 'keepInvalid')}</div>`,
	'<div class="form-row icr-kept" id="icr-kept" hidden><span id="icr-kept-text" role="status"></span>',
	`<button type="button" class="red-ui-button red-ui-button-small" id="icr-kept-open">${worded('span', 'kept.open')}</button></div>`,
].join('');

/** The form of the account; `allowHttp` shows only where the base URL asks for it. */
export const accountPage = (): string =>
	[
		inputRow(prefix, 'name', 'tag'),
		inputRow(
			prefix,
			'organizationId',
			'building-o',
			`type="text" ${code} data-i18n="[placeholder]example.organizationId"`,
		),
		inputRow(prefix, 'apiKey', 'key', 'type="password" class="icr-ltr" dir="ltr"'),
		inputRow(prefix, 'baseUrl', 'globe', `type="text" ${code}`),
		'<div id="icr-base-url-problem" class="icr-beside icr-problem" role="status" aria-live="polite"></div>',
		tickRow(prefix, 'allowHttp', 'id="icr-allow-http" hidden'),
		tickRow(prefix, 'gateway'),
		test,
		group('group.limits', limits.map((property) => numberRow(prefix, property)).join('')),
		group('group.outbox', outbox),
		group('group.network', configRow(prefix, 'tls', 'shield') + configRow(prefix, 'proxy', 'random')),
	].join('\n');
