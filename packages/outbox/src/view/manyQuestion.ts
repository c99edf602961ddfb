import { type Question, questions } from './actions';
import type { ManyChoice } from './manyLeads';
import type { ListWords } from './words/types';

/** The one question before an act on many leads: how many, then what may happen to which of them. */
export const manyQuestion = (
	{ action, ids, questions: asked }: ManyChoice,
	{ many }: ListWords,
	shownCount: (count: number) => string,
): string =>
	[
		many.question[action](shownCount(ids.length)),
		...questions
			.filter((question): question is Exclude<Question, 'discard'> => question !== 'discard')
			.flatMap((question) => {
				const count = asked[question] ?? 0;
				return count === 0 ? [] : [many.risk[question](shownCount(count))];
			}),
	].join(' ');
