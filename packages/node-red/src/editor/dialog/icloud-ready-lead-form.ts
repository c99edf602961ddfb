import { addressOf, isLocal, unguessablePath } from './address';
import { saying } from './checks';
import { prepareChoiceHints, showFor } from './choices';
import { showLastCall } from './lastCall';
import type { EditorNode } from './editor';
import { labelStyle, nameOr, paletteLabel } from './labels';
import { wordsOf } from './words';
import { answerSecondsLimit } from '../../leadForm';
import { defaultGraphUrl } from '@icloud-ready/core/apiDefaults';

/** Made from the core at build time: which secrets each platform has. */
declare const PLATFORM_SECRETS: Readonly<Record<string, readonly string[]>>;

const input = (property: string): JQuery => $(`#node-input-${property}`);
const textOf = (property: string): string => String(input(property).val() ?? '').trim();

const address = (): string =>
	addressOf(textOf('path'), {
		publicUrl: textOf('publicUrl'),
		origin: window.location.origin,
		httpNodeRoot: RED.settings.httpNodeRoot ?? '/',
	});

const prepareAddress = (node: EditorNode): void => {
	const words = wordsOf(node);
	const note = $('#icr-address-note');
	const show = (): void => {
		$('#icr-address').val(address());
		note.text(isLocal(address()) ? words('address.local') : '');
	};
	input('path').on('change keyup paste', show);
	input('publicUrl').on('change keyup paste', show);
	$('#icr-copy').on('click', () => {
		const field = $('#icr-address');
		field.trigger('select');
		// The clipboard of the browser is there on https and localhost only.
		const isCopied = document.execCommand('copy');
		note.text(words(isCopied ? 'address.copied' : 'address.copyByHand'));
	});
	show();
};

const preparePlatform = (): void => {
	const show = (): void => {
		const platform = textOf('platform');
		const own = PLATFORM_SECRETS[platform] ?? [];
		$('[data-secret]').each((_index, row) => {
			$(row).prop('hidden', !own.includes($(row).attr('data-secret') ?? ''));
		});
		$('[data-platforms]').each((_index, hint) => {
			$(hint).prop('hidden', !($(hint).attr('data-platforms') ?? '').split(' ').includes(platform));
		});
	};
	input('platform').on('change', show);
	show();
	const browser = (): void => showFor($('.icr-form'), textOf('browser'));
	input('browser').on('change', browser);
	browser();
};

RED.nodes.registerType('icloud-ready-lead-form', {
	category: 'iCloud-Ready',
	color: '#cfe3f5',
	icon: 'icloud-ready.svg',
	inputs: 0,
	outputs: 1,
	defaults: {
		name: { value: '' },
		path: {
			value: '',
			validate: saying((value) => (String(value ?? '').trim() === '' ? { key: 'error.path' } : undefined)),
		},
		platform: { value: 'any' },
		answer: { value: 'whenSafe' },
		answerSeconds: {
			value: answerSecondsLimit.default,
			validate: saying((value, _node, words) => {
				const { min, max } = answerSecondsLimit;
				const isWithin = value === undefined || (Number(value) >= min && Number(value) <= max);
				return isWithin
					? undefined
					: { key: 'error.number', blanks: { label: words('label.answerSeconds'), min, max } };
			}),
		},
		browser: { value: 'data' },
		redirect: { value: '' },
		ownerNotes: { value: false },
		origins: { value: '' },
		publicUrl: { value: '' },
		graphUrl: { value: defaultGraphUrl },
	},
	credentials: {
		secret: { type: 'password' },
		nextSecret: { type: 'password' },
		verifyToken: { type: 'password' },
		pageToken: { type: 'password' },
	},
	// Not by the path: one that nobody can guess is long, and is for the platform alone.
	label: nameOr(({ platform }) =>
		platform === undefined || platform === 'any' ? 'leadForm' : `platform.${String(platform)}.label`,
	),
	labelStyle,
	paletteLabel: paletteLabel('leadForm'),
	oneditprepare() {
		if (textOf('path') === '') input('path').val(unguessablePath(window.crypto.getRandomValues(new Uint8Array(12))));
		prepareChoiceHints();
		preparePlatform();
		prepareAddress(this);
		showLastCall(this.id, wordsOf(this));
	},
});
