import type { FormAnswer } from '../../runtime/account/correctionRoutes';
import { text } from './text';
import type { Asked } from '@icloud-ready/outbox/view/asked';
import {
	type CorrectionAnswer,
	type CorrectionValues,
	createCorrecting,
	issuesBeside,
} from '@icloud-ready/outbox/view/correcting';
import type { CheckedCorrection } from '@icloud-ready/outbox/view/correction';
import type { ListWords } from '@icloud-ready/outbox/view/words/types';
import { createTypingPause } from '@icloud-ready/web/client';

interface Means {
	readonly words: ListWords;
	readonly form: FormAnswer['form'];
	readonly check: (values: CorrectionValues) => Promise<Asked<CorrectionAnswer>>;
	readonly send: (values: CorrectionValues) => Promise<Asked<CorrectionAnswer>>;
	/** It was sent, or cannot be any more. */
	readonly onSent: (answer: CorrectionAnswer) => void;
	readonly onCancel: () => void;
}

let made = 0;

/** The fields of an invalid lead, checked by the core while somebody types. */
export const correctForm = ({ words, form, check, send, onSent, onCancel }: Means): JQuery => {
	const prefix = `icr-correct-${++made}`;
	const rows = form.map(({ name, label, value, isRequired, isLong }) => {
		const id = `${prefix}-${name}`;
		const field = $(isLong ? '<textarea>' : '<input>', {
			id,
			dir: 'auto',
			autocomplete: 'off',
			'data-field': name,
			'aria-describedby': `${id}-issue`,
			...(isLong ? { rows: 3 } : { type: 'text' }),
		}).val(value);
		const issue = text('div', 'issue', '', 'auto').attr('id', `${id}-issue`);
		const view = $('<div>', { class: 'icr-outbox-correct-field' }).append(
			$('<label>', { for: id }).text(label),
			field,
			issue,
		);
		return { name, field, issue, view, isFirst: isRequired || value !== '' };
	});
	const more = $('<details>').append(
		$('<summary>').text(words.correct.more),
		...rows.filter(({ isFirst }) => !isFirst).map(({ view }) => view),
	);
	const whole = text('div', 'issue', '', 'auto').attr('role', 'status');
	const warned = text('div', 'hint', '', 'auto').attr('aria-live', 'polite');
	const values = (): CorrectionValues =>
		Object.fromEntries(rows.map(({ name, field }) => [name, String(field.val() ?? '')]));
	const show = (checked: CheckedCorrection): void => {
		const said = issuesBeside(
			checked,
			rows.map(({ name }) => name),
		);
		for (const { name, field, issue, isFirst } of rows) {
			issue.text(said.of(name));
			field.attr('aria-invalid', String(said.of(name) !== ''));
			if (said.of(name) !== '' && !isFirst) more.prop('open', true);
		}
		whole.text(said.rest);
		warned.text(checked.warnings.join(' '));
	};
	const correcting = createCorrecting({
		values,
		check,
		send,
		show,
		say: (problem) => void whole.text(problem),
		onSent,
	});
	const typing = createTypingPause(() => void correcting.check());
	const button = (label: string, onClick: () => void): JQuery =>
		$('<button>', { type: 'button', class: 'red-ui-button red-ui-button-small' }).text(label).on('click', onClick);
	const view = $('<div>', { class: 'icr-outbox-correct' }).append(
		text('div', 'hint', words.correct.hint),
		...rows.filter(({ isFirst }) => isFirst).map((row) => row.view),
		more,
		warned,
		whole,
		$('<div>', { class: 'icr-outbox-actions' }).append(
			button(words.correct.send, () => void correcting.send()),
			button(words.cancel, onCancel),
		),
	);
	view.on('input', typing.typed);
	void correcting.check();
	return view;
};
