import { type Action, type ActedOn, actions, type List, offeredActions, type Question } from './actions';

/** A lead as it is chosen with others: what the rules look at. */
export interface ChosenLead extends ActedOn {
	readonly id: string;
}

/** What many leads together offer. */
export interface BulkChoice {
	readonly action: Action;
	/** Those that offer it. */
	readonly ids: readonly string[];
	/** What a person would be asked of each alone, with how many; without those of which nothing would be asked. */
	readonly questions: Readonly<Partial<Record<Question, number>>>;
}

/** What can be done with these leads of a list, in the order in which one alone offers it. */
export const bulkChoices = (list: List, leads: readonly ChosenLead[]): readonly BulkChoice[] => {
	const found = new Map<Action, { readonly ids: string[]; readonly questions: Partial<Record<Question, number>> }>();
	for (const lead of leads)
		for (const { action, question } of offeredActions(list, lead)) {
			const choice = found.get(action) ?? { ids: [], questions: {} };
			found.set(action, choice);
			choice.ids.push(lead.id);
			if (question !== undefined) choice.questions[question] = (choice.questions[question] ?? 0) + 1;
		}
	const [first] = leads;
	const order = first === undefined ? actions : offeredActions(list, first).map(({ action }) => action);
	return [...order, ...actions.filter((action) => !order.includes(action))].flatMap((action) => {
		const choice = found.get(action);
		return choice === undefined ? [] : [{ action, ...choice }];
	});
};
