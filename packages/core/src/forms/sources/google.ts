import { isRecord } from '../../text/json';
import { normalizeKey } from '../../text/text';
import type { Answer, Source, Submission } from '../answer';
import { flatten } from '../flatten';
import { byValue } from '../match/byValue';
import { idOf, known, listOf, type Part, partOf, partsOf, textOf, without } from '../parts';

const times = new Set(['Timestamp', 'طابع زمني', 'Horodateur'].map(normalizeKey));

const leadSource = [{ field: 'leadSource', value: 'google_forms', from: 'Google Forms' }];

const isResponse = ({ responseId, answers }: Part): boolean =>
	responseId !== undefined &&
	isRecord(answers) &&
	Object.values(answers).some((answer) => isRecord(answer) && isRecord(answer.textAnswers));

/** A response of the API has ids instead of questions, unless a flow has put the questions in. */
const responseOf = (response: Part, country: string): Submission => {
	const read = Object.entries(partOf(response.answers)).map(([key, answer]): Answer => {
		const { textAnswers, question, title } = partOf(answer);
		const values = partsOf(partOf(textAnswers).answers).map(({ value }) => value);
		const label = textOf(question) ?? textOf(title);
		return {
			key,
			...(label === undefined ? {} : { label }),
			value: values.length === 1 ? values[0] : values,
			from: `answers.${key}`,
		};
	});
	const email: Answer = { key: 'email', value: response.respondentEmail, from: 'respondentEmail' };
	const id = idOf(response.responseId);
	return {
		known: leadSource,
		answers: byValue([email, ...read], country),
		extra: { formId: idOf(response.formId), responseId: id },
		...known(id),
	};
};

/** Google Forms: the event of a form's own script, a response of its API, or a list of them. */
export const googleForms: Source = {
	name: 'Google Forms',
	read: (payload, { defaultCountry }) => {
		const { namedValues, responses } = payload;
		if (isRecord(namedValues)) {
			const asked = Object.entries(namedValues).filter(([question]) => !times.has(normalizeKey(question)));
			return {
				submissions: [
					{
						known: leadSource,
						answers: asked.map(
							([key, value]): Answer => ({
								key,
								value: listOf(value).length === 1 ? listOf(value)[0] : value,
								from: `namedValues.${key}`,
							}),
						),
					},
				],
			};
		}
		const all = isResponse(payload) ? [payload] : partsOf(responses);
		return all.some(isResponse)
			? { submissions: all.map((response) => ({ ...responseOf(response, defaultCountry), part: response })) }
			: undefined;
	},
};

/**
 * A row of Google Sheets as n8n reads it. The row's number is no id: rows are sorted and deleted, and a lead must not be
 * taken for another one.
 */
export const googleSheets: Source = {
	name: 'Google Sheets',
	read: (payload) => {
		if (typeof payload.row_number !== 'number') return undefined;
		return {
			submissions: [
				{
					answers: flatten(without(payload, 'row_number')),
					known: [{ field: 'leadSource', value: 'google_sheets', from: 'Google Sheets' }],
				},
			],
		};
	},
};
