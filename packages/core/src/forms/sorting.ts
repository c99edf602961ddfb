import type { Matched } from '../lead/matched';
import type { Notice } from '../lead/problems';
import { shorten } from '../text/text';
import type { ReadingSettings } from '../values/readingSettings';
import type { Answer } from './answer';
import { answerText } from './fitted';
import { titleOf } from './match/fieldOfQuestion';

/** A form's answers, each on its field. */
export interface Sorted {
	readonly matched: ReadonlyMap<string, Matched>;
	/** Answers that no field takes, by the question's own words. */
	readonly custom: ReadonlyMap<string, string>;
	readonly notices: readonly Notice[];
}

/** The same while it is made: what the steps of sorting add to, one answer after the other. */
export interface Sorting {
	readonly settings: ReadingSettings;
	readonly matched: Map<string, Matched>;
	readonly custom: Map<string, string>;
	readonly notices: Notice[];
	/** Fields with several values, and the questions that these came from. */
	readonly lists: Map<string, { readonly from: string[]; readonly values: unknown[] }>;
}

export const beginSorting = (settings: ReadingSettings): Sorting => ({
	settings,
	matched: new Map(),
	custom: new Map(),
	notices: [],
	lists: new Map(),
});

/** Puts an answer into Custom Field, under the question's own words. */
export const keep = (
	{ custom }: Sorting,
	answer: Pick<Answer, 'key' | 'label'> & { readonly from?: string },
	value: unknown,
): void => {
	const name = titleOf(answer);
	const text = answerText(value);
	const before = custom.get(name);
	if (before === undefined) custom.set(name, text);
	else if (before !== text) custom.set(name, `${before}, ${text}`);
};

/** The same for one that its field would refuse, which is said. */
export const move = (sorting: Sorting, field: string, answer: Answer): void => {
	keep(sorting, answer, answer.value);
	sorting.notices.push({ kind: 'moved', field, value: shorten(answerText(answer.value)) });
};

/** Puts an answer on a field. */
export const fill = ({ matched }: Sorting, field: string, { from }: Pick<Answer, 'from'>, value: unknown): void => {
	matched.set(field, { field, from, value });
};

/** Puts more values on a field that takes several. */
export const append = (
	{ lists, matched }: Sorting,
	field: string,
	{ from }: Answer,
	values: readonly unknown[],
): void => {
	const list = lists.get(field) ?? { from: [], values: [] };
	if (list.from.at(-1) !== from) list.from.push(from);
	for (const value of values) list.values.push(value);
	lists.set(field, list);
	matched.set(field, { field, from, value: list.values });
};

/** A field with several values names each question that gave some. */
export const nameLists = ({ matched, lists }: Sorting): void => {
	for (const [field, { from, values }] of lists) matched.set(field, { field, from: from.join(', '), value: values });
};
