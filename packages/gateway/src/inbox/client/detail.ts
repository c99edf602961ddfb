import type { ShownLead } from '../leadDetail';
import type { InboxRow } from '../leadRow';
import { actionBar } from './actionBar';
import { copyButton } from './copyButton';
import { correctForm } from './correctForm';
import { leadParts } from './leadParts';
import { timeOf } from './times';
import { listWords, words } from './words';
import type { Action } from '@icloud-ready/outbox/view/actions';
import type { ActionBarHandlers } from '@icloud-ready/outbox/view/actionBarView';
import type { Asked } from '@icloud-ready/outbox/view/asked';
import type { CorrectionAnswer } from '@icloud-ready/outbox/view/correcting';
import type { LeadFilter } from '@icloud-ready/outbox/view/filter';
import { byId, make } from '@icloud-ready/web/client';

interface Handlers {
	readonly act: (lead: InboxRow, action: Action) => void;
	readonly askMore: (id: string) => Promise<Asked<ShownLead>>;
	/** Narrows the list to what is like this lead. */
	readonly narrow: (filter: LeadFilter) => void;
	readonly open: (id: string) => void;
	readonly onCorrected: (lead: InboxRow, answer: CorrectionAnswer) => void;
}

const fact = (label: string, ...value: readonly (Node | string)[]): HTMLElement =>
	make('div', {}, make('dt', {}, label), make('dd', {}, ...value));

/** What somebody said in a form is put in as text, never as markup. `more`: where all else stands as soon as it is there. */
const content = (
	lead: InboxRow,
	handlers: ActionBarHandlers,
	more: HTMLElement,
	narrow: Handlers['narrow'],
): readonly HTMLElement[] => {
	const { name, phone, kind, state, message, hint, notes, arrivedAtMs, endedAtMs, publicId, acted } = lead;
	const end = acted.isCorrected === true ? 'corrected' : (acted.resolved ?? acted.outcome);
	const pill =
		kind === 'waiting' || end === null
			? make('span', { class: 'outcome pill', 'data-kind': kind }, state)
			: make('button', { type: 'button', class: 'outcome pill', 'data-kind': kind }, state);
	if (pill instanceof HTMLButtonElement)
		pill.addEventListener('click', () => narrow({ outcome: end as NonNullable<LeadFilter['outcome']> }));
	return [
		make('button', { type: 'button', class: 'plain back', 'data-back': '' }, words.back),
		make(
			'header',
			{},
			make('h2', { dir: 'auto', tabindex: '-1' }, name),
			pill,
			make('p', { class: 'facts' }, make('bdi', { dir: 'ltr' }, phone), ' ', copyButton(phone, phone)),
		),
		make(
			'div',
			{ class: 'words', 'data-kind': kind },
			make('p', { class: 'said', dir: 'auto' }, message),
			hint === '' ? null : make('p', { dir: 'auto' }, hint),
			...notes.map((note) => make('p', { class: 'note', dir: 'auto' }, note)),
		),
		actionBar(lead, handlers),
		make(
			'section',
			{ class: 'lead' },
			make(
				'dl',
				{},
				fact(listWords.column.arrived, timeOf(arrivedAtMs)),
				endedAtMs === undefined ? null : fact(listWords.column.ended, timeOf(endedAtMs)),
				fact(words.fact.id, make('bdi', {}, publicId), ' ', copyButton(publicId, words.fact.id)),
			),
		),
		more,
	];
};

/** The chosen lead beside the list. */
export const createDetail = ({ act, askMore, narrow, open, onCorrected }: Handlers) => {
	const place = byId('detail');
	let shown: InboxRow | undefined;
	let asked: Action | undefined;
	let known: { readonly id: string; readonly detail: ShownLead } | undefined;
	let form: HTMLElement | undefined;
	const onAsked = (now: Action | undefined): void => {
		asked = now;
	};
	const closeForm = (): void => {
		form?.remove();
		form = undefined;
		place.querySelector<HTMLElement>('[data-correct]')?.focus();
	};
	const openForm = (lead: InboxRow, { form: fields }: ShownLead): void => {
		if (fields === undefined) return;
		form?.remove();
		form = correctForm({
			id: lead.id,
			form: fields,
			onCancel: closeForm,
			onSent: (answer) => {
				closeForm();
				onCorrected(lead, answer);
			},
		});
		place.querySelector('.acts')?.after(form);
		form.querySelector<HTMLElement>('h3')?.focus();
	};
	const showMore = (lead: InboxRow, more: HTMLElement, detail: ShownLead): void => {
		more.replaceChildren(...leadParts(detail, { narrow, open }));
		const bar = place.querySelector('.acts');
		if (detail.form === undefined || bar === null || bar.querySelector('[data-correct]') !== null) return;
		const button = make('button', { type: 'button', class: 'plain', 'data-correct': '' }, listWords.correct.open);
		button.addEventListener('click', () => openForm(lead, detail));
		bar.prepend(button);
	};
	const load = async (lead: InboxRow, more: HTMLElement): Promise<void> => {
		// What was shown of it before stays until there is something newer.
		if (known?.id === lead.id) showMore(lead, more, known.detail);
		const got = await askMore(lead.id);
		if (shown !== lead || got.kind !== 'answer') return;
		known = { id: lead.id, detail: got.answer };
		showMore(lead, more, got.answer);
	};
	return {
		/** Shows a lead; one that has not changed stays as it is, and a question that is being asked stays either way. */
		show: (lead: InboxRow | undefined): void => {
			if (lead === shown && place.childElementCount > 0) return;
			// What somebody types stays, whatever became of its lead.
			if (form !== undefined && lead?.id === shown?.id) return;
			const hadFocus = place.contains(document.activeElement);
			if (lead?.id !== shown?.id) asked = undefined;
			form = undefined;
			shown = lead;
			const more = make('div', { class: 'more' });
			place.replaceChildren(
				...(lead === undefined
					? [make('p', { class: 'nothing' }, words.choose, make('br'), make('span', { class: 'soft' }, words.keys))]
					: content(lead, { act: (action) => act(lead, action), asked, onAsked }, more, narrow)),
			);
			if (lead !== undefined) void load(lead, more);
			// The way out of a question, which is its last button.
			const next = asked === undefined ? 'h2' : '.acts button:last-child';
			if (hadFocus) (place.querySelector<HTMLElement>(next) ?? place).focus({ preventScroll: true });
		},
		focus: () => (place.querySelector<HTMLElement>('h2') ?? place).focus({ preventScroll: true }),
	};
};
