import { isRecord } from '../../text/json';
import type { Answer, Source } from '../answer';
import { byValue } from '../match/byValue';
import { answersOf, idOf, known, listOf, type Part, partOf, partsOf, textOf } from '../parts';

/** The value stands under the answer's own type; a choice holds its words. */
const valueOf = (answer: Part): unknown => {
	const type = textOf(answer.type) ?? '';
	const value = answer[type];
	if (type === 'choice') return partOf(value).label ?? partOf(value).other;
	if (type === 'choices')
		return [...listOf(partOf(value).labels), partOf(value).other].filter((label) => textOf(label) !== undefined);
	if (type === 'payment') return partOf(value).amount;
	return value;
};

/** Groups of questions (contact info) hold questions of their own. */
const allFields = (fields: unknown): readonly Part[] =>
	partsOf(fields).flatMap((field) => [field, ...partsOf(partOf(field.properties).fields)]);

/** Answers alone, as n8n's trigger passes them on where it is told to: each with its type, and with its value under that. */
export const isAnswers = (list: unknown): list is readonly Part[] =>
	Array.isArray(list) &&
	list.length > 0 &&
	list.every((part) => isRecord(part) && isRecord(part.field) && typeof part.type === 'string' && part.type in part);

/** Typeform's webhook: answers refer to questions by id; hidden fields carry what the form's address was called with. */
export const typeform: Source = {
	name: 'Typeform',
	read: ({ form_response: response, answers: list }, { defaultCountry }) => {
		const {
			answers,
			definition,
			hidden,
			token,
			form_id: formId,
		} = partOf(isRecord(response) ? response : { answers: list, definition: {} });
		const isAnswered = isRecord(response) ? Array.isArray(answers) || isRecord(answers) : isAnswers(answers);
		if (!isAnswered || !(definition !== undefined || token !== undefined || formId !== undefined)) return undefined;
		const fields = allFields(partOf(definition).fields);
		const asked = partsOf(answers).map((answer): Answer => {
			const { id, ref, type } = partOf(answer.field);
			const field = partOf(
				fields.find((each) => (id !== undefined && each.id === id) || (ref !== undefined && each.ref === ref)),
			);
			const key = textOf(field.title) ?? textOf(ref) ?? textOf(id) ?? '';
			return { key, type: textOf(type) ?? textOf(answer.type) ?? '', value: valueOf(answer), from: `answers.${key}` };
		});
		// n8n's trigger puts the answers by their questions where it simplifies them.
		const simplified = answersOf(partOf(answers), 'answers');
		return {
			submissions: [
				{
					answers: [...byValue([...asked, ...simplified], defaultCountry), ...answersOf(partOf(hidden), 'hidden')],
					known: [{ field: 'leadSource', value: 'typeform', from: 'Typeform' }],
					extra: { formName: textOf(partOf(definition).title), formId: idOf(formId), responseToken: textOf(token) },
					...known(textOf(token)),
				},
			],
		};
	},
};
