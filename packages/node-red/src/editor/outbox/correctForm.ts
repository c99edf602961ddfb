import type { CorrectionAnswer, FormAnswer } from '../../runtime/account/correctionRoutes';
import { text } from './text';
import type { Asked } from '@icloud-ready/outbox/view/asked';
import type { ListWords } from '@icloud-ready/outbox/view/words/types';

type Values = Readonly<Record<string, string>>;

interface Means {
	readonly words: ListWords;
	readonly form: FormAnswer['form'];
	readonly check: (values: Values) => Promise<Asked<CorrectionAnswer>>;
	readonly send: (values: Values) => Promise<Asked<CorrectionAnswer>>;
	/** It was sent, or cannot be any more. */
	readonly onSent: (answer: CorrectionAnswer) => void;
	readonly onCancel: () => void;
}

const pauseAfterTypingMs = 300;
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
	const said = text('div', 'issue', '', 'auto').attr('role', 'status');
	const warned = text('div', 'hint', '', 'auto').attr('aria-live', 'polite');
	const values = (): Values => Object.fromEntries(rows.map(({ name, field }) => [name, String(field.val() ?? '')]));
	const show = ({ issues, warnings }: CorrectionAnswer): void => {
		for (const { name, field, issue, isFirst } of rows) {
			const found = issues.filter((each) => each.name === name).map(({ message }) => message);
			issue.text(found.join(' '));
			field.attr('aria-invalid', String(found.length > 0));
			if (found.length > 0 && !isFirst) more.prop('open', true);
		}
		const others = issues.filter(({ name }) => !rows.some((row) => row.name === name));
		said.text(others.map(({ message }) => message).join(' '));
		warned.text(warnings.join(' '));
	};
	let asked = 0;
	const checkNow = async (): Promise<void> => {
		const mine = ++asked;
		const got = await check(values());
		if (mine === asked && got.kind === 'answer') show(got.answer);
	};
	const sendNow = async (): Promise<void> => {
		asked++;
		const got = await send(values());
		if (got.kind === 'problem') said.text(got.message);
		else if (got.kind === 'answer' && !got.answer.done && got.answer.issues.length > 0) show(got.answer);
		else if (got.kind === 'answer') onSent(got.answer);
	};
	const button = (label: string, onClick: () => void): JQuery =>
		$('<button>', { type: 'button', class: 'red-ui-button red-ui-button-small' }).text(label).on('click', onClick);
	let typing: ReturnType<typeof setTimeout> | undefined;
	const view = $('<div>', { class: 'icr-outbox-correct' }).append(
		text('div', 'hint', words.correct.hint),
		...rows.filter(({ isFirst }) => isFirst).map((row) => row.view),
		more,
		warned,
		said,
		$('<div>', { class: 'icr-outbox-actions' }).append(
			button(words.correct.send, () => void sendNow()),
			button(words.cancel, onCancel),
		),
	);
	view.on('input', () => {
		clearTimeout(typing);
		typing = setTimeout(() => void checkNow(), pauseAfterTypingMs);
	});
	void checkNow();
	return view;
};
