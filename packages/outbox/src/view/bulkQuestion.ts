import { type Question, questions } from './actions';
import type { BulkChoice } from './bulkChoices';
import type { ListWords } from './words/types';

/** The one question before a bulk action: how many, then what may happen to which of them. */
export const bulkQuestion = (
	{ action, ids, questions: asked }: BulkChoice,
	{ bulk }: ListWords,
	shownCount: (count: number) => string,
): string =>
	[
		bulk.question[action](shownCount(ids.length)),
		...questions
			.filter((question): question is Exclude<Question, 'discard'> => question !== 'discard')
			.flatMap((question) => {
				const count = asked[question] ?? 0;
				return count === 0 ? [] : [bulk.risk[question](shownCount(count))];
			}),
	].join(' ');
