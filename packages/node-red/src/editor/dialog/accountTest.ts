import { configOf, input, isTicked, textOf } from './accountInputs';
import { baseUrlComplaint } from './baseUrl';
import type { EditorNode } from './editor';
import { isHalfAKey, typedKey } from './testAnswer';
import { clearAnswer, showAnswer, showBusy, testConnection, type TestRequest } from './testConnection';
import { type Translate, wordsOf } from './words';
import { limits } from '@icloud-ready/core/policy';

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

/**
 * The button that tests what the dialog shows. Once that passes, an example lead can be sent: the only way to learn whether the
 * organization ID is right before a form is wired.
 */
export const prepareTest = (node: EditorNode): void => {
	const words = wordsOf(node);
	const button = $('#icr-test');
	let latest = 0;
	const place = $('#icr-test-answer');

	const ask = (example: boolean): void => {
		button.prop('disabled', true);
		showBusy(place, words(example ? 'test.sending' : 'test.busy'));
		const asked = ++latest;
		void testConnection({ ...requestOf(node, words), example }, words).then((answer) => {
			button.prop('disabled', false);
			if (asked === latest) showAnswer(place, answer, answer.ok && !example ? offer() : undefined);
		});
	};
	const offer = (): JQuery =>
		$('<button>', { type: 'button', class: 'red-ui-button', id: 'icr-example' })
			.text(words('test.example'))
			.on('click', () => ask(true));

	button.on('click', () => {
		const complaint = baseUrlComplaint(textOf('baseUrl'), isTicked('allowHttp'));
		if (complaint !== undefined) return showAnswer(place, { ok: false, message: words(complaint.key), hint: '' });
		if (isHalfAKey(textOf('apiKey')))
			return showAnswer(place, {
				ok: false,
				message: words('answer.halfKey.message'),
				hint: words('answer.halfKey.hint'),
			});
		ask(false);
	});
	for (const property of testedProperties)
		input(property).on('input change', () => {
			latest += 1;
			clearAnswer(place);
		});
};
