import { isReadableOnTheWay } from '../../baseUrl';
import { input, isTicked, textOf } from './accountInputs';
import { prepareTest } from './accountTest';
import { baseUrlComplaint } from './baseUrl';
import { saying, unlessAbsent, withinLimit } from './checks';
import { prepareRadios } from './choices';
import type { EditorNode } from './editor';
import { showKept } from './kept';
import { askBeforeMoving } from './moved';
import { nameOr, paletteLabel } from './labels';
import { wordsOf } from './words';
import { defaultBaseUrl } from '@icloud-ready/core/apiDefaults';
import { limits } from '@icloud-ready/core/policy';

/** Node-RED checks a property by itself, yet the base URL is right or wrong together with a box that is not saved yet. */
let tickedInDialog: { readonly id: string; readonly allowHttp: boolean } | undefined;

const allowsHttp = (node: EditorNode): boolean =>
	tickedInDialog?.id === node.id ? tickedInDialog.allowHttp : node.allowHttp === true;

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
		askBeforeMoving(this);
		for (const property of Object.keys(limits)) {
			const text = textOf(property);
			// Node-RED would store the text; a blank or a ${NAME} stays as it is.
			if (text !== '' && Number.isFinite(Number(text))) this[property] = Number(text);
		}
	},
	oneditcancel: forgetDialog,
});
