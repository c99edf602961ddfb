import { isRecord } from '../../text/json';
import type { Answer, Source, SourceReading } from '../answer';
import { flatten } from '../flatten';
import { byValue } from '../match/byValue';
import { idOf, type Part, partOf, textOf } from '../parts';

/** Fields that show something or keep machines away, and hold no answer. */
const machinery = new Set(['recaptcha', 'recaptcha_v3', 'honeypot', 'step', 'html', 'password']);

const reading = (
	answers: readonly Answer[],
	form: { readonly id: unknown; readonly name: unknown; readonly pageUrl: unknown },
): SourceReading => ({
	submissions: [
		{
			answers,
			known: [{ field: 'leadSource', value: 'website', from: 'Elementor' }],
			extra: { formName: textOf(form.name), formId: idOf(form.id), pageUrl: textOf(form.pageUrl) },
		},
	],
});

const isField = (value: unknown): value is Part =>
	isRecord(value) && 'value' in value && ('title' in value || 'type' in value);
/** Lists of questions have values and types in many tools; a title or the raw value beside them is Elementor's. */
const isElementorField = (value: unknown): boolean =>
	isField(value) && ('title' in value || 'raw_value' in value || ('type' in value && 'required' in value));

/** "Advanced data": every field with its id, type, title and value. */
const advanced = ({ form, fields, meta }: Part): SourceReading | undefined => {
	if (!isRecord(form) || typeof fields !== 'object' || fields === null || !Object.values(fields).some(isElementorField))
		return undefined;
	const answers = Object.entries(fields).flatMap(([id, field]): readonly Answer[] => {
		if (!isField(field) || machinery.has(textOf(field.type) ?? '')) return [];
		const label = textOf(field.title);
		return [
			{
				key: textOf(field.id) ?? id,
				type: textOf(field.type) ?? '',
				value: field.value,
				from: `fields.${id}`,
				...(label === undefined ? {} : { label }),
			},
		];
	});
	return reading(answers, { id: form.id, name: form.name, pageUrl: partOf(partOf(meta).page_url).value });
};

/** Facts about the visit that stand among the answers of the simple format. */
const visit = new Set(['Date', 'Time', 'Page URL', 'User Agent', 'Remote IP', 'Powered by', 'form_id', 'form_name']);

/** The simple format: titles and answers, with the form's id and name at the end. */
const simple = (payload: Part, country: string): SourceReading | undefined => {
	const { form_id: id, form_name: name } = payload;
	// An id of digits only is any tool's.
	const isElementor =
		typeof name === 'string' &&
		typeof id === 'string' &&
		(/^(?=\d{0,6}[a-f])[0-9a-f]{7}$/.test(id) ||
			payload['Powered by'] === 'Elementor' ||
			('Page URL' in payload && 'Remote IP' in payload));
	if (!isElementor) return undefined;
	const answers = flatten(Object.fromEntries(Object.entries(payload).filter(([key]) => !visit.has(key))));
	// Fields without labels are called by random ids.
	return reading(byValue(answers, country, true), { id, name, pageUrl: payload['Page URL'] });
};

/** Forms of Elementor Pro: advanced, as groups or with brackets in the keys, and simple. */
export const elementor: Source = {
	name: 'Elementor',
	read: (payload, { defaultCountry }) => advanced(payload) ?? simple(payload, defaultCountry),
};
