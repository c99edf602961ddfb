import { isReadableOnTheWay } from '../../baseUrl';
import { baseUrlComplaint } from './baseUrl';
import { saying, unlessAbsent, withinLimit } from './checks';
import { prepareRadios } from './choices';
import type { EditorNode } from './editor';
import { showKept } from './kept';
import { isHalfAKey, typedKey } from './testAnswer';
import { clearAnswer, showAnswer, showBusy, testConnection, type TestRequest } from './testConnection';
import { nameOr, paletteLabel } from './labels';
import { type Translate, wordsOf } from './words';
import { defaultBaseUrl } from '@icloud-ready/core/apiDefaults';
import { limits } from '@icloud-ready/core/policy';

const input = (property: string): JQuery => $(`#node-config-input-${property}`);
const textOf = (property: string): string => String(input(property).val() ?? '').trim();
const isTicked = (property: string): boolean => input(property).prop('checked') === true;
const configOf = (property: string): string => (textOf(property) === '_ADD_' ? '' : textOf(property));

/** Node-RED checks a property by itself, yet the base URL is right or wrong together with a box that is not saved yet. */
let tickedInDialog: { readonly id: string; readonly allowHttp: boolean } | undefined;

const allowsHttp = (node: EditorNode): boolean =>
	tickedInDialog?.id === node.id ? tickedInDialog.allowHttp : node.allowHttp === true;

const requestOf = (node: EditorNode, words: Translate): TestRequest => {
	const apiKey = typedKey(textOf('apiKey'), node.credentials?.has_apiKey === true);
	return {
		id: node.id,
		baseUrl: textOf('baseUrl'),
		organizationId: textOf('organizationId'),
		...(apiKey === undefined ? {} : { apiKey }),
		tls: configOf('tls'),
		proxy: configOf('proxy'),
		allowHttp: isTicked('allowHttp'),
		timeoutSeconds: Number(textOf('timeoutSeconds')) || limits.timeoutSeconds.default,
		language: words('language'),
	};
};

const prepareBaseUrl = (node: EditorNode): void => {
	const words = wordsOf(node);
	const show = (): void => {
		const complaint = baseUrlComplaint(textOf('baseUrl'), isTicked('allowHttp'));
		$('#icr-base-url-problem')
			.text(complaint === undefined ? '' : words(complaint.key))
			.prop('hidden', complaint === undefined);
		$('#icr-allow-http').prop('hidden', !isTicked('allowHttp') && !isReadableOnTheWay(textOf('baseUrl')));
	};
	// While typing, so that nothing below moves when the pointer goes for the button.
	input('baseUrl').on('input change', show);
	input('allowHttp').on('change', () => {
		tickedInDialog = { id: node.id, allowHttp: isTicked('allowHttp') };
		input('baseUrl').trigger('change');
	});
	show();
};

/** What the test is made with: its verdict holds for these values alone. */
const testedProperties = [
	'organizationId',
	'apiKey',
	'baseUrl',
	'allowHttp',
	'gateway',
	'tls',
	'proxy',
	'timeoutSeconds',
];

const prepareTest = (node: EditorNode): void => {
	const words = wordsOf(node);
	const button = $('#icr-test');
	let latest = 0;
	const place = $('#icr-test-answer');
	button.on('click', () => {
		const complaint = baseUrlComplaint(textOf('baseUrl'), isTicked('allowHttp'));
		if (complaint !== undefined) return showAnswer(place, { ok: false, message: words(complaint.key), hint: '' });
		if (isHalfAKey(textOf('apiKey')))
			return showAnswer(place, {
				ok: false,
				message: words('answer.halfKey.message'),
				hint: words('answer.halfKey.hint'),
			});
		button.prop('disabled', true);
		showBusy(place, words);
		const asked = ++latest;
		void testConnection(requestOf(node, words), words).then((answer) => {
			button.prop('disabled', false);
			if (asked === latest) showAnswer(place, answer);
		});
	});
	for (const property of testedProperties)
		input(property).on('input change', () => {
			latest += 1;
			clearAnswer(place);
		});
};

/** Node-RED shows a default of 0 as nothing. */
const prepareLimits = (): void => {
	for (const [property, limit] of Object.entries(limits)) {
		if (textOf(property) === '') input(property).val(limit.default);
	}
};

const forgetDialog = (): void => {
	tickedInDialog = undefined;
};

RED.nodes.registerType('icloud-ready-account', {
	category: 'config',
	defaults: {
		name: { value: '' },
		baseUrl: { value: defaultBaseUrl, validate: saying((value, node) => baseUrlComplaint(value, allowsHttp(node))) },
		organizationId: {
			value: '',
			validate: saying((value) => (value === '' ? { key: 'error.organizationId' } : undefined)),
		},
		maxPerSecond: { value: limits.maxPerSecond.default, validate: withinLimit('maxPerSecond') },
		concurrency: { value: limits.concurrency.default, validate: withinLimit('concurrency') },
		maxTries: { value: limits.maxTries.default, validate: withinLimit('maxTries') },
		maxWaitSeconds: { value: limits.maxWaitSeconds.default, validate: withinLimit('maxWaitSeconds') },
		timeoutSeconds: { value: limits.timeoutSeconds.default, validate: withinLimit('timeoutSeconds') },
		tls: { value: '', type: 'tls-config', required: false },
		proxy: { value: '', type: 'http proxy', required: false },
		allowHttp: { value: false },
		gateway: { value: false },
		outbox: { value: 'off' },
		outboxMax: { value: limits.outboxMax.default, validate: unlessAbsent(withinLimit('outboxMax')) },
		keepDays: { value: limits.keepDays.default, validate: unlessAbsent(withinLimit('keepDays')) },
		keepInvalid: { value: false },
	},
	credentials: { apiKey: { type: 'password' } },
	label: nameOr(() => 'account'),
	paletteLabel: paletteLabel('account'),
	oneditprepare() {
		prepareBaseUrl(this);
		prepareLimits();
		prepareTest(this);
		prepareRadios(
			'outbox',
			(outbox) => {
				$('#icr-outbox-limits').prop('hidden', outbox !== 'disk');
			},
			'node-config-input',
		);
		showKept(this.id, wordsOf(this));
	},
	oneditsave() {
		forgetDialog();
		for (const property of Object.keys(limits)) {
			const text = textOf(property);
			// Node-RED would store the text; a blank or a ${NAME} stays as it is.
			if (text !== '' && Number.isFinite(Number(text))) this[property] = Number(text);
		}
	},
	oneditcancel: forgetDialog,
});
