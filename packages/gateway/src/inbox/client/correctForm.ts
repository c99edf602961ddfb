import type { ShownLead } from '../leadDetail';
import { askCheck, askCorrect, type CorrectAnswer } from './ask';
import { listWords } from './words';
import type { Asked } from '@icloud-ready/outbox/view/asked';
import { make } from '@icloud-ready/web/client';

const words = listWords.correct;
const pauseAfterTypingMs = 300;

type Form = NonNullable<ShownLead['form']>;

interface Means {
	readonly id: string;
	readonly form: Form;
	readonly onSent: (got: Asked<CorrectAnswer>) => void;
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
	const said = make('p', { class: 'bad', role: 'status' });
	const warned = make('ul', { class: 'soft', 'aria-live': 'polite' });
	const isFirst = (row: Form[number]): boolean => row.isRequired || row.value !== '';
	const more = make(
		'details',
		{},
		make('summary', {}, words.more),
		...rows.flatMap(({ view }, at) => (form[at] !== undefined && isFirst(form[at]) ? [] : [view])),
	);
	const show = ({ issues, warnings }: CorrectAnswer): void => {
		for (const { name, field, issue, view } of rows) {
			const found = issues.filter((each) => each.name === name).map(({ message }) => message);
			issue.textContent = found.join(' ');
			field.setAttribute('aria-invalid', String(found.length > 0));
			if (found.length > 0 && more.contains(view)) more.open = true;
		}
		said.textContent = issues
			.filter(({ name }) => !rows.some((row) => row.name === name))
			.map(({ message }) => message)
			.join(' ');
		warned.replaceChildren(...warnings.map((warning) => make('li', { dir: 'auto' }, warning)));
	};
	let asked = 0;
	const check = async (): Promise<void> => {
		const mine = ++asked;
		const got = await askCheck(id, values());
		if (mine === asked && got.kind === 'answer') show(got.answer);
	};
	let typing: ReturnType<typeof setTimeout> | undefined;
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
		said,
		make('div', { class: 'acts' }, send, cancel),
	);
	view.addEventListener('input', () => {
		clearTimeout(typing);
		typing = setTimeout(() => void check(), pauseAfterTypingMs);
	});
	view.addEventListener('submit', (event) => {
		event.preventDefault();
		clearTimeout(typing);
		asked++;
		send.disabled = true;
		void askCorrect(id, values()).then((got) => {
			send.disabled = false;
			if (got.kind === 'answer' && !got.answer.done && got.answer.issues.length > 0) {
				show(got.answer);
				rows.find(({ field }) => field.getAttribute('aria-invalid') === 'true')?.field.focus();
			} else if (got.kind === 'problem') said.textContent = got.message;
			else onSent(got);
		});
	});
	void check();
	return view;
};
