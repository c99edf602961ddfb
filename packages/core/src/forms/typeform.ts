import type { Answer, Source } from './answer';
import { answersOf, idOf, known, listOf, type Part, partOf, partsOf, textOf } from './parts';

/** The value stands under the answer's own type; a choice holds its words. */
const valueOf = (answer: Part): unknown => {
	const type = textOf(answer.type) ?? '';
	const value = answer[type];
	if (type === 'choice') return partOf(value).label ?? partOf(value).other;
	if (type === 'choices') return [...listOf(partOf(value).labels), partOf(value).other].filter((label) => textOf(label) !== undefined);
	if (type === 'payment') return partOf(value).amount;
	return value;
};

/** Groups of questions (contact info) hold questions of their own. */
const allFields = (fields: unknown): readonly Part[] => partsOf(fields).flatMap((field) => [field, ...partsOf(partOf(field.properties).fields)]);

/** Typeform's webhook: answers refer to questions by id; hidden fields carry what the form's address was called with. */
export const typeform: Source = {
	name: 'Typeform',
	read: ({ form_response: response }) => {
		const { answers, definition, hidden, token, form_id: formId } = partOf(response);
		if (!Array.isArray(answers) || !(definition !== undefined || token !== undefined || formId !== undefined)) return undefined;
		const fields = allFields(partOf(definition).fields);
		const asked = partsOf(answers).map((answer): Answer => {
			const { id, ref, type } = partOf(answer.field);
			const field = partOf(fields.find((each) => (id !== undefined && each.id === id) || (ref !== undefined && each.ref === ref)));
			const key = textOf(field.title) ?? textOf(ref) ?? textOf(id) ?? '';
			return { key, type: textOf(type) ?? textOf(answer.type) ?? '', value: valueOf(answer), from: `answers.${key}` };
		});
		return {
			submissions: [{
				answers: [...asked, ...answersOf(partOf(hidden), 'hidden')],
				known: [{ field: 'leadSource', value: 'typeform', from: 'Typeform' }],
				extra: { formName: textOf(partOf(definition).title), formId: idOf(formId), responseToken: textOf(token) },
				...known(textOf(token)),
			}],
		};
	},
};
