import { keysOf } from '../../text/keys';
import { isRecord } from '../../text/json';
import type { Answer, Source } from '../answer';
import { flatten } from '../flatten';
import { controlAnswers } from '../match/controls';
import { idOf, known, type Part, textOf } from '../parts';

const website = (
	from: string,
): { readonly known: readonly { readonly field: string; readonly value: unknown; readonly from: string }[] } => ({
	known: [{ field: 'leadSource', value: 'website', from }],
});

/** Names that Contact Form 7 gives by itself: of its first template, and of every field that is added to it. */
const cf7Name =
	/^(?:your-[a-z-]+|(text|email|url|tel|number|date|textarea|menu|checkbox|radio|acceptance|quiz|file)-\d+)$/;

/** Contact Form 7, told by its own marks or by its names. */
export const contactForm7: Source = {
	name: 'Contact Form 7',
	read: (payload) => {
		const names = keysOf(payload);
		if (!names.some((name) => name.startsWith('_wpcf7')) && names.filter((name) => cf7Name.test(name)).length < 2)
			return undefined;
		const answers = flatten(Object.fromEntries(Object.entries(payload).filter(([key]) => !key.startsWith('_wpcf7'))));
		const typed = answers.map((answer): Answer => {
			const type = cf7Name.exec(answer.key)?.[1];
			return type === undefined ? answer : { ...answer, type };
		});
		return { submissions: [{ ...website('Contact Form 7'), answers: typed, extra: { formId: idOf(payload._wpcf7) } }] };
	},
};

const isWpField = (value: unknown): value is Part =>
	isRecord(value) && 'value' in value && 'type' in value && 'name' in value;

/** Fields by number, with the entry or the form beside, or with a name control, which is WPForms' own; any tool has lists of fields. */
const isWpForms = (fields: readonly unknown[], payload: Part): fields is readonly Part[] => {
	if (
		fields.length === 0 ||
		!fields.every(isWpField) ||
		(isRecord(payload.fields) && !Object.keys(payload.fields).every((key) => /^\d+$/.test(key)))
	)
		return false;
	return (
		['entry_id', 'form_id', 'form_data'].some((key) => key in payload) ||
		(fields.every(({ id }) => /^\d+$/.test(String(id))) &&
			(isRecord(payload.fields) || fields.some(({ type }) => type === 'name')))
	);
};

/** WPForms, as its hooks give it: every field with its id, name, type and value; names and addresses in parts too. */
export const wpForms: Source = {
	name: 'WPForms',
	read: (payload) => {
		const fields: readonly unknown[] = Object.values(
			isRecord(payload.fields) || Array.isArray(payload.fields) ? payload.fields : {},
		);
		if (!isWpForms(fields, payload)) return undefined;
		const answers = fields.flatMap((field): readonly Answer[] => {
			const key = textOf(field.name) ?? textOf(field.id) ?? '';
			const answer = { key, type: textOf(field.type) ?? '', from: `fields.${key}` };
			const inParts = field.type === 'name' && (textOf(field.first) !== undefined || textOf(field.last) !== undefined);
			return controlAnswers({
				...answer,
				value: inParts ? { first: field.first, middle: field.middle, last: field.last } : field.value,
			});
		});
		const id = idOf(payload.entry_id);
		const form = isRecord(payload.form_data) ? payload.form_data : payload;
		return {
			submissions: [
				{
					...website('WPForms'),
					answers,
					extra: {
						formName: textOf(payload.form_name) ?? textOf(payload.form_title),
						formId: idOf(payload.form_id) ?? idOf(form.id),
						submissionId: id,
					},
					...known(id),
				},
			],
		};
	},
};
