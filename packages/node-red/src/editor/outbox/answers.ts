import type { LeadsPage, ShownOutbox } from '../../runtime/account/outboxRoutes';
import type { ShownLead } from '../../runtime/outbox/leadRows';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null;

/** The outboxes of an answer; none where it is something else. */
export const outboxesOf = (answer: unknown): readonly ShownOutbox[] =>
	(Array.isArray(answer) ? answer : []).filter(
		(each): each is ShownOutbox => isRecord(each) && typeof each.id === 'string' && isRecord(each.counts),
	);

export const isLeadsPage = (answer: unknown): answer is LeadsPage => isRecord(answer) && Array.isArray(answer.leads);

/** The lists that a person looks at; what is on its way now passes by itself. */
export const shownShelves = ['waiting', 'unconfirmed', 'ended'] as const;
export type ShownShelf = (typeof shownShelves)[number];

export type Action = 'retry' | 'arrived' | 'discard';

/** What can be done with a lead of a list. */
export const actionsOf = (shelf: ShownShelf): readonly Action[] => {
	switch (shelf) {
		case 'waiting':
			return ['discard'];
		case 'unconfirmed':
			return ['retry', 'arrived', 'discard'];
		case 'ended':
			return ['retry'];
	}
};

/** What a person is asked before an action; undefined where it can do no harm. A key of the locale. */
export const questionOf = (
	action: Action,
	{ outcome, resolved }: Pick<ShownLead, 'outcome' | 'resolved'>,
): 'discard' | 'exists' | 'mayExist' | undefined => {
	switch (action) {
		case 'discard':
			return 'discard';
		case 'arrived':
			return undefined;
		case 'retry':
			if (resolved === 'arrived' || outcome?.kind === 'created' || outcome?.kind === 'duplicate') return 'exists';
			return outcome?.kind === 'unconfirmed' ? 'mayExist' : undefined;
	}
};
