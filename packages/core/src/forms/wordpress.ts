import { isRecord } from '../text';
import type { Answer, Source } from './answer';
import { flatten } from './flatten';
import { byValue } from './byValue';
import { controlAnswers } from './controls';
import { idOf, known, type Part, textOf } from './parts';

const website = (from: string): { readonly known: readonly { readonly field: string; readonly value: unknown; readonly from: string }[] } => ({ known: [{ field: 'leadSource', value: 'website', from }] });

/** Names that Contact Form 7 gives by itself: of its first template, and of every field that is added to it. */
const cf7Name = /^(?:your-[a-z-]+|(text|email|url|tel|number|date|textarea|menu|checkbox|radio|acceptance|quiz|file)-\d+)$/;

/** Contact Form 7, told by its own marks or by its names. */
export const contactForm7: Source = {
	name: 'Contact Form 7',
	read: (payload) => {
		const own = Object.keys(payload).filter((key) => key.startsWith('_wpcf7'));
		const named = Object.keys(payload).filter((key) => cf7Name.test(key));
		if (own.length === 0 && named.length < 2) return undefined;
		const answers = flatten(Object.fromEntries(Object.entries(payload).filter(([key]) => !key.startsWith('_wpcf7'))));
		const typed = answers.map((answer): Answer => {
			const type = cf7Name.exec(answer.key)?.[1];
			return type === undefined ? answer : { ...answer, type };
		});
		return { submissions: [{ ...website('Contact Form 7'), answers: typed, extra: { formId: idOf(payload._wpcf7) } }] };
	},
};

const isWpField = (value: unknown): value is Part => isRecord(value) && 'value' in value && 'type' in value && 'name' in value && 'id' in value;

/** WPForms, as its hooks give it: every field with its id, name, type and value; names and addresses in parts too. */
export const wpForms: Source = {
	name: 'WPForms',
	read: (payload) => {
		const fields = Object.values(isRecord(payload.fields) || Array.isArray(payload.fields) ? payload.fields : {});
		if (fields.length === 0 || !fields.every(isWpField)) return undefined;
		const answers = fields.flatMap((field): readonly Answer[] => {
			const key = textOf(field.name) ?? textOf(field.id) ?? '';
			const answer = { key, type: textOf(field.type) ?? '', from: `fields.${key}` };
			const inParts = field.type === 'name' && (textOf(field.first) !== undefined || textOf(field.last) !== undefined);
			return controlAnswers({ ...answer, value: inParts ? { first: field.first, middle: field.middle, last: field.last } : field.value });
		});
		const id = idOf(payload.entry_id);
		const form = isRecord(payload.form_data) ? payload.form_data : payload;
		return {
			submissions: [{
				...website('WPForms'), answers,
				extra: { formName: textOf(payload.form_name) ?? textOf(payload.form_title), formId: idOf(payload.form_id) ?? idOf(form.id), submissionId: id },
				...known(id),
			}],
		};
	},
};

const gravityKey = /^(\d+)(?:\.(\d+))?$/;
/** The parts of a name field, by number; an address has parts 1 and 5 too. */
const nameParts: Readonly<Record<string, string>> = { 2: 'salutation', 3: 'firstname', 6: 'lastname' };

/** Gravity Forms: an entry, whose fields have numbers only. What is neither told by its value nor a name in parts is kept by its number. */
export const gravityForms: Source = {
	name: 'Gravity Forms',
	read: (payload, { defaultCountry }) => {
		const numbered = Object.keys(payload).filter((key) => gravityKey.test(key));
		if (numbered.length === 0 || !('form_id' in payload) || !('date_created' in payload || 'source_url' in payload || 'entry_id' in payload || 'id' in payload)) return undefined;
		const isName = (field: string): boolean => [`${field}.3`, `${field}.6`].some((key) => key in payload) && ![`${field}.1`, `${field}.5`].some((key) => key in payload);
		const answers = numbered.map((key): Answer => {
			const [, field = '', part = ''] = gravityKey.exec(key) ?? [];
			const name = isName(field) ? nameParts[part] : undefined;
			return { key: name ?? key, value: payload[key], from: key };
		});
		const id = idOf(payload.id) ?? idOf(payload.entry_id);
		return {
			submissions: [{
				...website('Gravity Forms'),
				answers: byValue(answers, defaultCountry),
				extra: { formName: textOf(payload.form_title), formId: idOf(payload.form_id), pageUrl: textOf(payload.source_url), submissionId: id },
				...known(id),
			}],
		};
	},
};
