import { isRecord, parseJson } from '../text';
import type { Answer, Source } from './answer';
import { byValue } from './byValue';
import { controlAnswers } from './controls';
import { idOf, known, textOf } from './parts';

/** Jotform names a question by its number and a name made of its first words: `q5_phoneNumber`. */
const questionKey = /^q\d+_(.*)$/;

/** The webhook of Jotform, whose answers are JSON text within the form data. */
export const jotform: Source = {
	name: 'Jotform',
	read: (payload, { defaultCountry }) => {
		const { rawRequest, formID: formId, submissionID: submissionId } = payload;
		if (rawRequest === undefined || (formId === undefined && submissionId === undefined)) return undefined;
		const raw = typeof rawRequest === 'string' ? parseJson(rawRequest) : rawRequest;
		if (!isRecord(raw)) return undefined;
		const answers = Object.entries(raw).flatMap(([name, value]): readonly Answer[] => {
			const key = questionKey.exec(name)?.[1];
			return key === undefined ? [] : controlAnswers({ key: key === '' ? name : key, value, from: `rawRequest.${name}` });
		});
		return {
			submissions: [{
				// Names of questions in Arabic are lost in Jotform: q5_input5.
				answers: byValue(answers, defaultCountry),
				known: [{ field: 'leadSource', value: 'jotform', from: 'Jotform' }],
				extra: { formName: textOf(payload.formTitle), formId: idOf(formId), submissionId: idOf(submissionId) },
				...known(idOf(submissionId)),
			}],
		};
	},
};
