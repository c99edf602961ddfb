import { isRecord } from '../text';
import type { Answer, Source } from './answer';
import { idOf, known, listOf, type Part, partOf, partsOf, textOf } from './parts';

/** Choices are ids, whose words stand with the question; files are objects with an address. */
const valueOf = ({ value, options }: Part): unknown => {
	const wordsOf = (one: unknown): unknown => {
		if (isRecord(one)) return textOf(one.url) ?? one;
		return partsOf(options).find(({ id }) => textOf(id) === textOf(one))?.text ?? one;
	};
	return Array.isArray(value) ? listOf(value).map(wordsOf) : partsOf(options).length > 0 ? wordsOf(value) : value;
};

/** Check boxes come as one list and once more as a yes or no for each option. */
const isRepeated = (field: Part, all: readonly Part[]): boolean =>
	typeof field.value === 'boolean' && all.some((other) => other !== field && Array.isArray(other.value) && textOf(other.key) !== undefined && textOf(field.key)?.startsWith(`${textOf(other.key)}_`) === true);

/** Tally's webhook of a filled-in form. */
export const tally: Source = {
	name: 'Tally',
	read: ({ eventType, data }) => {
		const { fields, formName, formId, responseId, submissionId } = partOf(data);
		if (!Array.isArray(fields) || !(eventType === 'FORM_RESPONSE' || (responseId !== undefined && formId !== undefined))) return undefined;
		const all = partsOf(fields);
		const id = idOf(responseId) ?? idOf(submissionId);
		return {
			submissions: [{
				answers: all.filter((field) => !isRepeated(field, all)).map((field): Answer => {
					const key = textOf(field.label) ?? textOf(field.key) ?? '';
					return { key, type: textOf(field.type) ?? '', value: valueOf(field), from: `data.fields.${key}` };
				}),
				known: [{ field: 'leadSource', value: 'tally', from: 'Tally' }],
				extra: { formName: textOf(formName), formId: idOf(formId), responseId: id },
				...known(id),
			}],
		};
	},
};
