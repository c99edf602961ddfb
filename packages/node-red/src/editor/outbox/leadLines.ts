import type { OutboxRow } from '../../runtime/outbox/leadRows';
import { leadView, type LeadHandlers } from './leadView';
import type { Action } from '@icloud-ready/outbox/view/actions';

interface Shown {
	readonly lead: OutboxRow;
	readonly view: JQuery;
}

/** The lines of a list. A lead that is the same object as before stays as it is: what is open stays open, and the focus stays. */
export const createLeadLines = (
	place: JQuery,
	handlers: Omit<LeadHandlers, 'onToggle' | 'asked'>,
): { readonly show: (leads: readonly OutboxRow[]) => void } => {
	const open = new Set<string>();
	const asked = new Map<string, Action>();
	let shown = new Map<string, Shown>();
	const onToggle = (id: string, isOpen: boolean): void => {
		if (isOpen) open.add(id);
		else open.delete(id);
	};
	return {
		show: (leads) => {
			const before = shown;
			shown = new Map(
				leads.map((lead) => {
					const same = before.get(lead.id);
					if (same?.lead === lead) return [lead.id, same];
					return [lead.id, { lead, view: leadView(lead, open.has(lead.id), { ...handlers, onToggle, asked }) }];
				}),
			);
			for (const [id, { view }] of before) {
				if (shown.get(id)?.view !== view) view.remove();
				if (!shown.has(id)) asked.delete(id);
			}
			let previous: Element | undefined;
			for (const { view } of shown.values()) {
				const element = view.get(0);
				if (element === undefined) continue;
				const isInPlace =
					previous === undefined ? place.children().get(0) === element : previous.nextElementSibling === element;
				if (!isInPlace && previous === undefined) place.prepend(element);
				else if (!isInPlace) previous?.after(element);
				previous = element;
			}
		},
	};
};
