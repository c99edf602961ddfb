import { isRecord } from '../../text/json';
import type { Answer, Source } from '../answer';
import { idOf, known, listOf, type Part, partOf, partsOf, textOf } from '../parts';

/** Choices are ids, whose words stand with the question; files are objects with an address. */
const valueOf = ({ value, options }: Part): unknown => {
	const wordsOf = (one: unknown): unknown => {
		if (isRecord(one)) return textOf(one.url) ?? one;
		return partsOf(options).find(({ id }) => textOf(id) === textOf(one))?.text ?? one;
	};
	return Array.isArray(value) ? listOf(value).map(wordsOf) : partsOf(options).length > 0 ? wordsOf(value) : value;
};

/** Check boxes come as one list and once more as a yes or no for each option. */
const isRepeated = ({ key, value }: Part, lists: ReadonlySet<string>): boolean => {
	const parts = (textOf(key) ?? '').slice(0, 200).split('_');
	return typeof value === 'boolean' && parts.some((_, at) => at > 0 && lists.has(parts.slice(0, at).join('_')));
};

/** Tally's webhook of a filled-in form. */
export const tally: Source = {
	name: 'Tally',
	read: ({ eventType, data }) => {
		const { fields, formName, formId, responseId, submissionId } = partOf(data);
		if (
			!Array.isArray(fields) ||
			!(eventType === 'FORM_RESPONSE' || (responseId !== undefined && formId !== undefined))
		)
			return undefined;
		const all = partsOf(fields);
		const lists = new Set(all.filter(({ value }) => Array.isArray(value)).map(({ key }) => textOf(key) ?? ''));
		const id = idOf(responseId) ?? idOf(submissionId);
		return {
			submissions: [
				{
					answers: all
						.filter((field) => !isRepeated(field, lists))
						.map((field): Answer => {
							const key = textOf(field.label) ?? textOf(field.key) ?? '';
							return { key, type: textOf(field.type) ?? '', value: valueOf(field), from: `data.fields.${key}` };
						}),
					known: [{ field: 'leadSource', value: 'tally', from: 'Tally' }],
					extra: { formName: textOf(formName), formId: idOf(formId), responseId: id },
					...known(id),
				},
			],
		};
	},
};
