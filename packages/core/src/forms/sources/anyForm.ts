import type { Answer, Source, Submission } from '../answer';
import { noLeadIn } from '../conversation/noLead';
import { flatten, flattened } from '../flatten';
import { leadSourceIn } from '../leadSource';
import { byValue } from '../match/byValue';
import { emptyListIn, rowsIn, tellsPerson } from '../rows';
import { withTextLines } from '../textLines';

/** A submission of answers that no source of its own claims. */
const submission = (answers: readonly Answer[], country: string, part?: unknown): Submission => ({
	answers: byValue(withTextLines(answers), country, true),
	known: leadSourceIn(answers),
	...(part === undefined ? {} : { part }),
});

/**
 * Any form at all, read by the names of its fields in English and Arabic. Comes last: it takes every object, and an empty
 * one is a lead that lacks what is required, so that its sender hears of it.
 */
export const anyForm: Source = {
	name: 'Form',
	read: (payload, { defaultCountry }) => {
		const many = rowsIn(payload);
		if (many !== undefined) {
			const { rows, rest } = many;
			return {
				submissions: rows.map(([row, path]) => submission([...flatten(row, path), ...rest], defaultCountry, row)),
			};
		}
		const answers = flattened(payload);
		const problem = noLeadIn(answers);
		if (problem !== undefined) return { problem };
		const empty = tellsPerson(answers) ? undefined : emptyListIn(payload);
		if (empty !== undefined) return { problem: { kind: 'emptyList', key: empty } };
		return { submissions: [submission(answers, defaultCountry)] };
	},
};
