/** Lists of leads, by where they stand. */
export const lists = ['waiting', 'unconfirmed', 'ended'] as const;
export type List = (typeof lists)[number];

/** What the rules look at. */
export interface ActedOn {
	/** The last outcome's kind; null where there was none. */
	readonly outcome: string | null;
	/** What a person said of it. */
	readonly resolved?: 'arrived' | 'discarded';
}

/** What a person can do with a lead. */
export const acts = ['retry', 'arrived', 'discard'] as const;
export type Act = (typeof acts)[number];

/** What a person is asked before an act. */
export type Question = 'discard' | 'exists' | 'mayExist' | 'anew';

/** What can be done with a lead of a list, as the queue allows it. */
export const actsOf = (list: List): readonly Act[] => {
	switch (list) {
		case 'waiting':
			return ['discard'];
		case 'unconfirmed':
			return ['arrived', 'retry', 'discard'];
		case 'ended':
			return ['retry'];
	}
};

/** Undefined where an act can do no harm. */
export const questionOf = (act: Act, { outcome, resolved }: ActedOn): Question | undefined => {
	switch (act) {
		case 'discard':
			return 'discard';
		case 'arrived':
			return undefined;
		case 'retry':
			if (resolved === 'arrived' || outcome === 'created' || outcome === 'duplicate') return 'exists';
			// Nobody knows what became of one without an outcome but one that was discarded before it was ever sent.
			return outcome === 'unconfirmed' || (outcome === null && resolved === undefined) ? 'mayExist' : 'anew';
	}
};
