import type { Answer, Source, SourceReading, Submission } from '../answer';
import { mayTellNoLead, noLeadIn } from '../conversation/noLead';
import { flatten, flattened } from '../flatten';
import { leadSourceIn } from '../leadSource';
import { withLabels } from '../labelsById';
import { byValue } from '../match/byValue';
import { onlyIdIn } from '../onlyIds';
import type { Part } from '../parts';
import { emptyListIn, rowsIn, tellsPerson } from '../rows';
import { withTextLines } from '../textLines';
import { conversationIn, messageIdIn } from './conversation';

/** A submission of answers that no source of its own claims. */
const submission = (answers: readonly Answer[], country: string): Submission => ({
	answers: byValue(withTextLines(answers), country, true),
	known: leadSourceIn(answers),
});

/** A row as a submission that is read when it is asked for, so that a list of thousands holds nobody up at once. */
const ofRow = (
	row: Part,
	path: readonly string[],
	rest: readonly Answer[],
	payload: Part,
	country: string,
): Submission => {
	let read: Submission | undefined;
	const own = (): Submission => {
		if (read !== undefined) return read;
		const told = flatten(row, path);
		const answers = withLabels([...told, ...rest], payload);
		const conversation = conversationIn(answers, country);
		// An ID that stands beside the rows is that of all of them: by it the second would be taken for the first.
		read =
			conversation === undefined ? submission(answers, country) : { ...conversation, dedupeKey: messageIdIn(told) };
		return read;
	};
	return {
		get answers() {
			return own().answers;
		},
		get known() {
			return own().known ?? [];
		},
		get conversation() {
			return own().conversation;
		},
		get dedupeKey() {
			return own().dedupeKey;
		},
		part: row,
	};
};

/** The rows of people in an object; those that are own messages or canceled are none. */
const ofRows = (
	rows: readonly (readonly [row: Part, path: readonly string[]])[],
	rest: readonly Answer[],
	payload: Part,
	country: string,
): SourceReading => {
	const [first] = rows;
	const mayBeNone = first !== undefined && flatten(first[0]).some(({ key }) => mayTellNoLead(key));
	const read = rows.map(([row, path]) => ({ row, path, none: mayBeNone ? noLeadIn(flatten(row, path)) : undefined }));
	const none = read.filter((each) => each.none !== undefined);
	return {
		submissions: read
			.filter((each) => each.none === undefined)
			.map(({ row, path }) => ofRow(row, path, rest, payload, country)),
		problems: none.flatMap((each) => each.none ?? []),
		problemParts: none.map(({ row }) => row),
	};
};

/**
 * Any form at all, read by the names of its fields in English and Arabic. Comes last: it takes every object, and an empty
 * one is a lead that lacks what is required, so that its sender hears of it.
 */
export const anyForm: Source = {
	name: 'Form',
	read: (payload, { defaultCountry }) => {
		const many = rowsIn(payload, defaultCountry);
		if (many !== undefined) return ofRows(many.rows, many.rest, payload, defaultCountry);
		const answers = withLabels(flattened(payload), payload);
		const problem = noLeadIn(answers);
		if (problem !== undefined) return { problem };
		const empty = tellsPerson(answers) ? undefined : emptyListIn(payload);
		if (empty !== undefined) return { problem: { kind: 'emptyList', key: empty } };
		const id = tellsPerson(answers) ? undefined : onlyIdIn(answers);
		if (id !== undefined) return { problem: { kind: 'onlyId', source: 'webhook', id } };
		return { submissions: [submission(answers, defaultCountry)] };
	},
};
