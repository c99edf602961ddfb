import type { ShownLead } from '../../runtime/outbox/leadRows';
import type { Translate } from '../dialog/words';
import { type Action, actionsOf, questionOf, type ShownShelf } from './answers';

/** What a person said comes from a form that anybody can fill in: it is put in as text and never as HTML. */
const text = (tag: string, look: string, content: string, dir?: 'auto' | 'ltr'): JQuery =>
	$(`<${tag}>`, { class: `icr-outbox-${look}`, ...(dir === undefined ? {} : { dir }) }).text(content);

const button = (label: string, onClick: (self: JQuery) => void): JQuery => {
	const made = $('<button>', { type: 'button', class: 'red-ui-button red-ui-button-small' }).text(label);
	return made.on('click', () => onClick(made));
};

const icons: Readonly<Record<Action, string>> = { retry: 'repeat', arrived: 'check', discard: 'trash-o' };
const withIcon = (made: JQuery, icon: string): JQuery =>
	made.prepend($('<i>', { class: `fa fa-${icon}`, 'aria-hidden': 'true' }), ' ');

export interface LeadHandlers {
	readonly words: Translate;
	readonly act: (lead: ShownLead, action: Action) => void;
	readonly onToggle: (id: string, isOpen: boolean) => void;
}

/** The buttons of a lead; one that may do harm asks once, in its place. */
const actionBar = (lead: ShownLead, shelf: ShownShelf, { words, act }: LeadHandlers): JQuery => {
	const bar = $('<div>', { class: 'icr-outbox-actions' });
	const show = (focused?: Action): void => {
		bar.empty();
		for (const action of actionsOf(shelf)) {
			const question = questionOf(action, lead);
			const made = withIcon(
				button(words(`outbox.action.${action}`), () => {
					if (question === undefined) act(lead, action);
					else ask(action, question);
				}),
				icons[action],
			);
			bar.append(made);
			if (action === focused) made.trigger('focus');
		}
	};
	const ask = (action: Action, question: string): void => {
		const yes = withIcon(
			button(words(`outbox.action.${action}`), () => act(lead, action)),
			icons[action],
		);
		const no = button(words('outbox.keep'), () => show(action));
		bar.empty().append(text('div', 'question', words(`outbox.question.${question}`)).attr('role', 'status'), yes, no);
		no.trigger('focus');
	};
	show();
	return bar;
};

const sourceLine = ({ node }: ShownLead, words: Translate): JQuery => {
	if (node.name === undefined) return text('div', 'note', words('outbox.nodeGone'));
	const link = $('<button>', { type: 'button', class: 'icr-outbox-link', dir: 'auto' }).text(
		node.name === '' ? words('node') : node.name,
	);
	return text('div', 'note', `${words('outbox.takenBy')} `).append(link.on('click', () => RED.view.reveal(node.id)));
};

const details = (lead: ShownLead, shelf: ShownShelf, handlers: LeadHandlers): JQuery => {
	const { words } = handlers;
	const { outcome, resolved, fields } = lead;
	const ltr = new Set(['phone', 'email', 'additionalPhones', 'additionalEmails']);
	const rows = fields.map(({ name, value }) =>
		$('<div>', { class: 'icr-outbox-field' }).append(
			text('span', 'label', words(`field.${name}.label`)),
			text('span', 'value', value, ltr.has(name) ? 'ltr' : 'auto'),
		),
	);
	return $('<div>', { class: 'icr-outbox-details' }).append(
		...(resolved === undefined ? [] : [text('div', 'message', words(`outbox.resolved.${resolved}`))]),
		...(outcome === undefined
			? resolved === undefined
				? [text('div', 'message', words('outbox.notSent'))]
				: []
			: [
					text('div', 'message', outcome.message, 'auto'),
					...(resolved === undefined ? [text('div', 'hint', outcome.hint, 'auto')] : []),
				]),
		actionBar(lead, shelf, handlers),
		$('<div>', { class: 'icr-outbox-fields' }).append(...rows),
		sourceLine(lead, words),
	);
};

const stateOf = ({ outcome, resolved }: ShownLead, words: Translate): string => {
	if (resolved !== undefined) return words(`outbox.state.${resolved}`);
	return outcome === undefined ? words('outbox.state.new') : outcome.label.replace(/(?<!\s)\s*\([^()]*\)$/, '');
};

/** A lead as a line that opens. */
export const leadView = (lead: ShownLead, shelf: ShownShelf, isOpen: boolean, handlers: LeadHandlers): JQuery => {
	const { words, onToggle } = handlers;
	const when = new Date(lead.arrivedAtMs);
	const time = text(
		'time',
		'time',
		when.toLocaleString(words('language'), { dateStyle: 'short', timeStyle: 'short' }),
	).attr('datetime', when.toISOString());
	const summary = $('<summary>').append(
		$('<i>', { class: 'fa fa-angle-right', 'aria-hidden': 'true' }),
		$('<div>', { class: 'icr-outbox-who' }).append(
			text('span', 'name', lead.name, 'auto'),
			text('span', 'phone', lead.phone, 'ltr'),
		),
		$('<div>', { class: 'icr-outbox-what' }).append(
			text('span', 'state', stateOf(lead, words)).attr('data-outcome', lead.resolved ?? lead.outcome?.kind ?? ''),
			time,
		),
	);
	const view = $('<details>', { class: 'icr-outbox-lead' }).append(summary);
	// Most are never opened: what is inside is made when it is looked at.
	const fill = (): void => {
		if (view.children('.icr-outbox-details').length === 0) view.append(details(lead, shelf, handlers));
	};
	if (isOpen) {
		view.prop('open', true);
		fill();
	}
	return view.on('toggle', () => {
		const nowOpen = view.prop('open') === true;
		if (nowOpen) fill();
		onToggle(lead.id, nowOpen);
	});
};
