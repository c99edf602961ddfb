import { keysOf } from '../../text/keys';
import { isRecord, parseJson } from '../../text/json';
import type { Answer, Source } from '../answer';
import { byValue } from '../match/byValue';
import { controlAnswers } from '../match/controls';
import { idOf, known, type Part, textOf } from '../parts';

/** Jotform names a question by its number and a name made of its first words: `q5_phoneNumber`. */
const questionKey = /^q\d+_(.*)$/;

const isQuestion = (name: string): boolean => questionKey.test(name);

/** The answers alone, as n8n's trigger passes them on where it is told to: among them what the form's page sent beside. */
const isBare = (payload: Part): boolean =>
	(/^submit\//.test(textOf(payload.slug) ?? '') || (payload.event_id !== undefined && payload.path !== undefined)) &&
	keysOf(payload).some(isQuestion);

/** The webhook of Jotform, whose answers are JSON text within the form data, and what n8n's trigger makes of it. */
export const jotform: Source = {
	name: 'Jotform',
	read: (payload, { defaultCountry }) => {
		const { rawRequest, formID: formId, submissionID: submissionId } = payload;
		const bare = isBare(payload);
		if (!bare && (rawRequest === undefined || (formId === undefined && submissionId === undefined))) return undefined;
		const raw = bare ? payload : typeof rawRequest === 'string' ? parseJson(rawRequest) : rawRequest;
		if (!isRecord(raw)) return undefined;
		// n8n's trigger may have put the questions' words in place of their names.
		const byName = typeof rawRequest === 'string' || Object.keys(raw).some(isQuestion);
		const answers = Object.entries(raw).flatMap(([name, value]): readonly Answer[] => {
			const key = byName ? questionKey.exec(name)?.[1] : name;
			return key === undefined
				? []
				: controlAnswers({ key: key === '' ? name : key, value, from: `rawRequest.${name}` });
		});
		return {
			submissions: [
				{
					// Names of questions in Arabic are lost in Jotform: q5_input5.
					answers: byValue(answers, defaultCountry),
					known: [{ field: 'leadSource', value: 'jotform', from: 'Jotform' }],
					extra: {
						formName: textOf(payload.formTitle),
						formId: idOf(formId) ?? /^submit\/(\d+)/.exec(textOf(raw.slug) ?? '')?.[1],
						submissionId: idOf(submissionId),
					},
					...known(idOf(submissionId)),
				},
			],
		};
	},
};
