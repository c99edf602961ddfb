import type { Matched } from '../lead/matched';
import type { Notice } from '../lead/problems';
import { isEmpty } from '../reading/coerce';
import { clean, shorten } from '../text/text';
import type { Answer } from './answer';
import type { MatchReason } from '../lead/why';
import { titleOf } from './evidence/titles';
import { answerText } from './fitted';
import { withoutSecrets } from './match/withoutSecrets';

/** A value with the place that it came from, and why it was taken for what it is; words are made of that later. */
export type FilledField = Omit<Matched, 'why'> & { readonly because?: MatchReason };

type Kept = Pick<Answer, 'key'> & Partial<Answer>;

/** The fields of one lead while its answers are put into them. */
export interface Filled {
	readonly matched: ReadonlyMap<string, FilledField>;
	/** Answers that no field takes, by the question's own words. */
	readonly custom: ReadonlyMap<string, string>;
	/** Why answers are in Custom Field that were asked for by a field's name. */
	readonly reasons: ReadonlyMap<string, MatchReason>;
	readonly notices: Notice[];
	readonly fill: (field: string, answer: Pick<Answer, 'from'>, value: unknown, because?: MatchReason) => void;
	/** More values of a field that is a list. */
	readonly append: (field: string, answer: Pick<Answer, 'from'>, values: readonly unknown[]) => void;
	/** Says of each list all places that it came from; once, since a list may have thousands. */
	readonly close: () => void;
	readonly keep: (answer: Kept, value: unknown, because?: MatchReason) => void;
	/** One of those that come after all that is read, by its own words. */
	readonly keepLate: (answer: Answer) => void;
	/** What did not fit its field is kept, and told. */
	readonly moved: (field: string, answer: Answer) => void;
}

/** No field filled yet. */
export const emptyFields = (): Filled => {
	const matched = new Map<string, FilledField>();
	const custom = new Map<string, string>();
	const reasons = new Map<string, MatchReason>();
	const notices: Notice[] = [];
	const lists = new Map<string, { readonly from: string[]; readonly values: unknown[] }>();
	const put = (name: string, given: unknown): void => {
		const value = withoutSecrets(given);
		if (isEmpty(value)) return;
		const text = answerText(value);
		const before = custom.get(name);
		if (before === undefined) custom.set(name, text);
		else if (before !== text) custom.set(name, `${before}, ${text}`);
	};
	const keep: Filled['keep'] = (answer, given, because) => {
		const name = titleOf(answer);
		put(name, given);
		if (because !== undefined && custom.has(name)) reasons.set(name, because);
	};
	return {
		matched,
		custom,
		reasons,
		notices,
		fill: (field, { from }, value, because) =>
			void matched.set(field, { field, from, value, ...(because === undefined ? {} : { because }) }),
		append: (field, { from }, values) => {
			const list = lists.get(field) ?? { from: [], values: [] };
			if (list.from.at(-1) !== from) list.from.push(from);
			for (const value of values) list.values.push(value);
			lists.set(field, list);
			matched.set(field, { field, from, value: list.values });
		},
		close: () => {
			for (const [field, { from, values }] of lists)
				matched.set(field, { field, from: from.join(', '), value: values });
		},
		keep,
		keepLate: ({ key, label = key, value }) => put(clean(label) || key, value),
		moved: (field, answer) => {
			keep(answer, answer.value);
			notices.push({ kind: 'moved', field, value: shorten(answerText(answer.value)) });
		},
	};
};
