import { countryCode } from '../../values/country';
import type { Answer, Source } from '../answer';
import { byValue } from '../match/byValue';
import { controlAnswers } from '../match/controls';
import { idOf, known, type Part, textOf } from '../parts';

const fieldKey = /^(\d+)(?:\.(\d+))?$/;

/** Parts of a name and of an address, by the number that Gravity Forms gives each. */
const nameParts: Readonly<Record<string, string>> = { 2: 'prefix', 3: 'first', 4: 'middle', 6: 'last', 8: 'suffix' };
const addressParts: Readonly<Record<string, string>> = {
	1: 'addr_line1',
	2: 'addr_line2',
	3: 'city',
	4: 'state',
	5: 'postal',
	6: 'country',
};

/** The control whose parts a field has: choices have parts 1, 2, 3 too, so an address must hold a country in its place. */
const controlOf = (parts: Part): Readonly<Record<string, string>> | undefined => {
	const has = (...numbers: readonly string[]): boolean => numbers.some((number) => number in parts);
	if (has('3', '6') && !has('1', '5')) return nameParts;
	return has('1') && has('5') && countryCode(textOf(parts[6]) ?? '') !== undefined ? addressParts : undefined;
};

/** The fields of an entry: those in parts that are a name or an address as such, every other by its number. */
const answersOf = (payload: Part): readonly Answer[] => {
	const fields = new Map<string, Map<string, unknown>>();
	for (const [key, value] of Object.entries(payload)) {
		const [, field, part = ''] = fieldKey.exec(key) ?? [];
		if (field !== undefined) fields.set(field, (fields.get(field) ?? new Map<string, unknown>()).set(part, value));
	}
	return [...fields].flatMap(([field, parts]): readonly Answer[] => {
		const control = controlOf(Object.fromEntries(parts));
		if (control === undefined)
			return [...parts].map(([part, value]) => ({
				key: part === '' ? field : `${field}.${part}`,
				value,
				from: part === '' ? field : `${field}.${part}`,
			}));
		return controlAnswers({
			key: field,
			value: Object.fromEntries([...parts].map(([part, value]) => [control[part] ?? part, value])),
			from: field,
		});
	});
};

/** Gravity Forms: an entry, whose fields have numbers only. What is neither told by its value nor in parts is kept by its number. */
export const gravityForms: Source = {
	name: 'Gravity Forms',
	read: (payload, { defaultCountry }) => {
		const isEntry =
			'form_id' in payload && ['date_created', 'source_url', 'entry_id', 'id'].some((key) => key in payload);
		if (!isEntry || !Object.keys(payload).some((key) => fieldKey.test(key))) return undefined;
		const id = idOf(payload.id) ?? idOf(payload.entry_id);
		return {
			submissions: [
				{
					known: [{ field: 'leadSource', value: 'website', from: 'Gravity Forms' }],
					answers: byValue(answersOf(payload), defaultCountry),
					extra: {
						formName: textOf(payload.form_title),
						formId: idOf(payload.form_id),
						pageUrl: textOf(payload.source_url),
						submissionId: id,
					},
					...known(id),
				},
			],
		};
	},
};
