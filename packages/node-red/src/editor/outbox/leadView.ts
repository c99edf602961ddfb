import type { OutboxRow } from '../../runtime/outbox/leadRows';
import type { Translate } from '../dialog/words';
import { actionBar } from './actionBar';
import { leadAttempts, leadFacts, timeText } from './leadFacts';
import { text } from './text';
import type { PanelWords } from './words';
import type { Action } from '@icloud-ready/outbox/view/actions';
import type { LeadFilter } from '@icloud-ready/outbox/view/filter';

export interface LeadHandlers {
	readonly words: PanelWords;
	readonly act: (lead: OutboxRow, action: Action) => void;
	readonly onToggle: (id: string, isOpen: boolean) => void;
	/** What a person is being asked about a lead, kept while its line is made anew. */
	readonly asked: Map<string, Action>;
	/** The form to correct a lead is to be shown in this place. */
	readonly onCorrect: (lead: OutboxRow, place: JQuery) => void;
	/** Narrows the list to what is like a lead. */
	readonly narrow: (filter: LeadFilter) => void;
	/** A lead is chosen for what is done to many, or is not any more. */
	readonly onPick: (lead: OutboxRow) => void;
}

const sourceLine = ({ node }: OutboxRow, words: Translate): JQuery => {
	if (node.name === undefined) return text('div', 'note', words('outbox.nodeGone'));
	const link = $('<button>', { type: 'button', class: 'icr-outbox-link', dir: 'auto' }).text(
		node.name === '' ? words('node') : node.name,
	);
	return text('div', 'note', `${words('outbox.takenBy')} `).append(link.on('click', () => RED.view.reveal(node.id)));
};

const leftToRight = new Set(['phone', 'email', 'additionalPhones', 'additionalEmails']);

const details = (lead: OutboxRow, { words, act, asked, onCorrect, narrow }: LeadHandlers): JQuery => {
	const correcting = $('<div>');
	const correct = $('<button>', { type: 'button', class: 'red-ui-button red-ui-button-small' })
		.text(words.list.correct.open)
		.on('click', () => onCorrect(lead, correcting));
	const { message, hint, notes, fields } = lead;
	const rows = fields.map(({ name, value }) =>
		$('<div>', { class: 'icr-outbox-field' }).append(
			text('span', 'label', words.own(`field.${name}.label`)),
			text('span', 'value', value, leftToRight.has(name) ? 'ltr' : 'auto'),
		),
	);
	return $('<div>', { class: 'icr-outbox-details' }).append(
		text('div', 'message', message, 'auto'),
		...(hint === '' ? [] : [text('div', 'hint', hint, 'auto')]),
		...notes.map((note) => text('div', 'note', note, 'auto')),
		...(lead.mayCorrect === true ? [$('<div>', { class: 'icr-outbox-actions' }).append(correct), correcting] : []),
		actionBar(lead, words.list, {
			act: (action) => act(lead, action),
			asked: asked.get(lead.id),
			onAsked: (action) => {
				if (action === undefined) asked.delete(lead.id);
				else asked.set(lead.id, action);
			},
		}),
		leadFacts(lead, words, narrow),
		$('<div>', { class: 'icr-outbox-fields' }).append(...rows),
		...leadAttempts(lead, words),
		sourceLine(lead, words.own),
	);
};

/** A lead as a line that opens. */
export const leadView = (lead: OutboxRow, isOpen: boolean, handlers: LeadHandlers): JQuery => {
	const { words, onToggle } = handlers;
	const time = timeText(lead.arrivedAtMs, words);
	const pick = $('<input>', {
		type: 'checkbox',
		class: 'icr-outbox-pick',
		'data-pick': lead.id,
		'aria-label': words.list.bulk.one(lead.name),
	}).on('change', () => handlers.onPick(lead));
	const summary = $('<summary>').append(
		$('<i>', { class: 'fa fa-angle-right', 'aria-hidden': 'true' }),
		$('<div>', { class: 'icr-outbox-who' }).append(
			text('span', 'name', lead.name, 'auto'),
			text('span', 'phone', lead.phone, 'ltr'),
		),
		$('<div>', { class: 'icr-outbox-what' }).append(
			text('span', 'state', lead.state).attr('data-outcome', lead.resolved ?? lead.kind),
			time,
		),
	);
	const line = $('<details>').append(summary);
	// Most are never opened: what is inside is made when it is looked at.
	const fill = (): void => {
		if (line.children('.icr-outbox-details').length === 0) line.append(details(lead, handlers));
	};
	if (isOpen) {
		line.prop('open', true);
		fill();
	}
	line.on('toggle', () => {
		const nowOpen = line.prop('open') === true;
		if (nowOpen) fill();
		onToggle(lead.id, nowOpen);
	});
	return $('<div>', { class: 'icr-outbox-lead' }).append(pick, line);
};
