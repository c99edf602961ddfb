/** Lists of leads, by where they stand. */
export const lists = ['waiting', 'unconfirmed', 'ended'] as const;
export type List = (typeof lists)[number];

/** What a person said of a lead. */
export type Resolution = 'arrived' | 'discarded';

/** What the rules look at. */
export interface ActedOn {
	/** The last outcome's kind; null where there was none. */
	readonly outcome: string | null;
	readonly resolved?: Resolution;
	/** A person corrected it, and another lead has taken its place. */
	readonly isCorrected?: true;
}

/** What a person can do with a lead. */
export const actions = ['retry', 'arrived', 'discard'] as const;
export type Action = (typeof actions)[number];

/** What a person is asked before an action. */
export const questions = ['discard', 'discardSent', 'exists', 'mayExist', 'anew'] as const;
export type Question = (typeof questions)[number];

/** An action that a lead offers, and what is asked before it; without a question where it can do no harm. */
export interface OfferedAction {
	readonly action: Action;
	readonly question?: Question;
}

/** What can be done with a lead of a list, as the queue allows it: nothing with one that is on its way. */
export const actionsOf = (list: List | 'sending'): readonly Action[] => {
	switch (list) {
		case 'sending':
			return [];
		case 'waiting':
			return ['discard'];
		case 'unconfirmed':
			return ['arrived', 'retry', 'discard'];
		case 'ended':
			return ['retry'];
	}
};

/** Whether a lead was sent and nobody knows what became of it: whatever is said of it here, it may exist. */
export const mayHaveArrived = (list: List | 'sending', { outcome }: ActedOn): boolean =>
	outcome === 'unconfirmed' || (outcome === null && list === 'unconfirmed');

/** Undefined where an action can do no harm. */
export const questionOf = (action: Action, list: List | 'sending', lead: ActedOn): Question | undefined => {
	const { outcome, resolved } = lead;
	switch (action) {
		case 'discard':
			return mayHaveArrived(list, lead) ? 'discardSent' : 'discard';
		case 'arrived':
			return undefined;
		case 'retry':
			if (resolved === 'arrived' || outcome === 'created' || outcome === 'duplicate') return 'exists';
			// Nobody knows what became of one without an outcome but one that was discarded before it was ever sent.
			return outcome === 'unconfirmed' || (outcome === null && resolved === undefined) ? 'mayExist' : 'anew';
	}
};

/** What a lead of a list offers. */
export const offeredActions = (list: List | 'sending', lead: ActedOn): readonly OfferedAction[] =>
	(lead.isCorrected === true ? [] : actionsOf(list)).map((action) => {
		const question = questionOf(action, list, lead);
		return { action, ...(question === undefined ? {} : { question }) };
	});

/** Whether a person can put it right and send it as a new lead. */
export const mayCorrect = (list: List | 'sending', { outcome, resolved, isCorrected }: ActedOn): boolean =>
	list === 'ended' && outcome === 'invalid' && resolved === undefined && isCorrected !== true;
