import { isRecord, normalizeKey } from '../text';
import type { Answer, Source } from './answer';
import { flatten } from './flatten';
import { byValue } from './byValue';
import { idOf, known, listOf, partOf, partsOf } from './parts';

const times = new Set(['Timestamp', 'طابع زمني', 'Horodateur'].map(normalizeKey));

/** Google Forms: the event of a form's own script, or a response of its API, which has ids instead of questions. */
export const googleForms: Source = {
	name: 'Google Forms',
	read: (payload, { defaultCountry }) => {
		const { namedValues, responseId, answers } = payload;
		const facts = { known: [{ field: 'leadSource', value: 'google_forms', from: 'Google Forms' }] };
		if (isRecord(namedValues)) {
			const asked = Object.entries(namedValues).filter(([question]) => !times.has(normalizeKey(question)));
			return {
				submissions: [{
					...facts,
					answers: asked.map(([key, value]): Answer => ({ key, value: listOf(value).length === 1 ? listOf(value)[0] : value, from: `namedValues.${key}` })),
				}],
			};
		}
		if (responseId === undefined || !isRecord(answers) || !Object.values(answers).some((answer) => isRecord(answer) && isRecord(answer.textAnswers))) return undefined;
		const read = Object.entries(answers).map(([key, answer]): Answer => {
			const values = partsOf(partOf(partOf(answer).textAnswers).answers).map(({ value }) => value);
			return { key, value: values.length === 1 ? values[0] : values, from: `answers.${key}` };
		});
		const email: Answer = { key: 'email', value: payload.respondentEmail, from: 'respondentEmail' };
		const id = idOf(responseId);
		return { submissions: [{ ...facts, answers: byValue([email, ...read], defaultCountry), extra: { responseId: id }, ...known(id) }] };
	},
};

/**
 * A row of Google Sheets as n8n reads it. The row's number is no id: rows are sorted and deleted, and a lead must not be
 * taken for another one.
 */
export const googleSheets: Source = {
	name: 'Google Sheets',
	read: (payload) => {
		const { row_number: row, ...columns } = payload;
		if (typeof row !== 'number') return undefined;
		return { submissions: [{ answers: flatten(columns), known: [{ field: 'leadSource', value: 'google_sheets', from: 'Google Sheets' }] }] };
	},
};
