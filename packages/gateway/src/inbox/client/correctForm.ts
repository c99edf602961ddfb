import type { ShownLead } from '../leadDetail';
import { askCheck, askCorrect } from './ask';
import { listWords } from './words';
import { type CorrectionAnswer, createCorrecting, issuesBeside } from '@icloud-ready/outbox/view/correcting';
import type { CheckedCorrection } from '@icloud-ready/outbox/view/correction';
import { createTypingPause, make } from '@icloud-ready/web/client';

const words = listWords.correct;

type Form = NonNullable<ShownLead['form']>;

interface Means {
	readonly id: string;
	readonly form: Form;
	/** It was sent, or cannot be any more. */
	readonly onSent: (answer: CorrectionAnswer) => void;
	readonly onCancel: () => void;
}

interface Row {
	readonly name: string;
	readonly view: HTMLElement;
	readonly field: HTMLInputElement | HTMLTextAreaElement;
	readonly issue: HTMLElement;
}

const rowOf = ({ name, label, value, isRequired, isLong }: Form[number]): Row => {
	const id = `correct-${name}`;
	const attributes = { id, dir: 'auto', autocomplete: 'off', 'aria-describedby': `${id}-issue`, 'data-field': name };
	const field = isLong
		? make('textarea', { ...attributes, rows: '3' })
		: make('input', { ...attributes, type: 'text' });
	field.value = value;
	if (isRequired) field.required = true;
	const issue = make('p', { id: `${id}-issue`, class: 'bad', dir: 'auto' });
	return {
		name,
		field,
		issue,
		view: make('div', { class: 'field' }, make('label', { for: id }, label), field, issue),
	};
};

/** The fields of an invalid lead, checked by the core while somebody types. */
export const correctForm = ({ id, form, onSent, onCancel }: Means): HTMLElement => {
	const rows = form.map(rowOf);
	const values = (): Readonly<Record<string, string>> =>
		Object.fromEntries(rows.map(({ name, field }) => [name, field.value]));
	const whole = make('p', { class: 'bad', role: 'status' });
	const warned = make('ul', { class: 'soft', 'aria-live': 'polite' });
	const isFirst = (row: Form[number]): boolean => row.isRequired || row.value !== '';
	const more = make(
		'details',
		{},
		make('summary', {}, words.more),
		...rows.flatMap(({ view }, at) => (form[at] !== undefined && isFirst(form[at]) ? [] : [view])),
	);
	const show = (checked: CheckedCorrection): void => {
		const said = issuesBeside(
			checked,
			rows.map(({ name }) => name),
		);
		for (const { name, field, issue, view } of rows) {
			issue.textContent = said.of(name);
			field.setAttribute('aria-invalid', String(said.of(name) !== ''));
			if (said.of(name) !== '' && more.contains(view)) more.open = true;
		}
		whole.textContent = said.rest;
		warned.replaceChildren(...checked.warnings.map((warning) => make('li', { dir: 'auto' }, warning)));
	};
	const correcting = createCorrecting({
		values,
		check: async (typed) => await askCheck(id, typed),
		send: async (typed) => await askCorrect(id, typed),
		show,
		say: (problem) => {
			whole.textContent = problem;
		},
		onSent,
	});
	const typing = createTypingPause(() => void correcting.check());
	const send = make('button', { class: 'primary' }, words.send);
	const cancel = make('button', { type: 'button', class: 'plain' }, listWords.cancel);
	cancel.addEventListener('click', onCancel);
	const view = make(
		'form',
		{ class: 'correct', novalidate: '' },
		make('h3', { tabindex: '-1' }, words.heading),
		make('p', { class: 'soft' }, words.hint),
		...rows.flatMap((row, at) => (more.contains(row.view) || form[at] === undefined ? [] : [row.view])),
		more,
		warned,
		whole,
		make('div', { class: 'acts' }, send, cancel),
	);
	view.addEventListener('input', typing.typed);
	view.addEventListener('submit', (event) => {
		event.preventDefault();
		typing.cancel();
		send.disabled = true;
		void correcting.send().then((isKeptBack) => {
			send.disabled = false;
			if (isKeptBack) rows.find(({ field }) => field.getAttribute('aria-invalid') === 'true')?.field.focus();
		});
	});
	void correcting.check();
	return view;
};
