import type { ShownLead } from '../../runtime/outbox/leadRows';
import type { ShownShelf } from './answers';
import { leadView, type LeadHandlers } from './leadView';

interface Shown {
	readonly look: string;
	readonly view: JQuery;
}

/** A list whose unchanged lines stay as they are when it is shown anew: what is open stays open, and the focus stays. */
export const createLeadList = (
	place: JQuery,
	handlers: Omit<LeadHandlers, 'onToggle'>,
): { readonly show: (leads: readonly ShownLead[], shelf: ShownShelf) => void } => {
	const open = new Set<string>();
	let shown = new Map<string, Shown>();
	const onToggle = (id: string, isOpen: boolean): void => {
		if (isOpen) open.add(id);
		else open.delete(id);
	};
	return {
		show: (leads, shelf) => {
			const before = shown;
			shown = new Map(
				leads.map((lead) => {
					const look = JSON.stringify([shelf, lead]);
					const same = before.get(lead.id);
					return [
						lead.id,
						same?.look === look
							? same
							: { look, view: leadView(lead, shelf, open.has(lead.id), { ...handlers, onToggle }) },
					];
				}),
			);
			for (const [id, { view }] of before) if (shown.get(id)?.view !== view) view.remove();
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
