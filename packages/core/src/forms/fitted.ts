import type { FieldKind } from '../catalog/fieldTypes';
import { fieldAt } from '../catalog/fields';
import { coerce, isEmpty, listEntries } from '../reading/coerce';
import { isRecord } from '../text/json';
import { clean } from '../text/text';
import type { ReadingSettings } from '../values/readingSettings';

/** An object, or a list with more than plain values: no answer of one field. */
export const isNested = (value: unknown): boolean =>
	isRecord(value) || (Array.isArray(value) && value.some((each) => typeof each === 'object' && each !== null));

/** An answer as one text: several choices parted by commas, anything deeper as JSON. */
export const answerText = (value: unknown): string => {
	if (typeof value === 'string') return clean(value);
	if (Array.isArray(value) && !isNested(value))
		return value
			.filter((each) => !isEmpty(each))
			.map(answerText)
			.join(', ');
	return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
};

/** A value as it will be sent, to compare two answers by; undefined where the field would refuse it. */
export const readAs = (path: string, value: unknown, settings: ReadingSettings): unknown => {
	const field = fieldAt(path);
	const coerced = field === undefined ? undefined : coerce(field, value, settings);
	return coerced?.kind === 'value' ? coerced.value : undefined;
};

/** Longer than any list that a person chose or typed; reading a phone in it takes longest. */
const isEndless = (kind: FieldKind, value: unknown): boolean =>
	kind.endsWith('List') &&
	(Array.isArray(value)
		? value.length > (kind === 'phoneList' ? 200 : 5000)
		: typeof value === 'string' && value.length > 20_000);

/** A value as its field takes it from a form, or undefined where it is kept in Custom Field instead. */
export const fitted = (path: string, value: unknown, settings: ReadingSettings): unknown => {
	const field = fieldAt(path);
	if (field === undefined || isNested(value) || isEndless(field.kind, value)) return undefined;
	switch (field.kind) {
		case 'number':
		case 'boolean':
			return readAs(path, value, settings) === undefined ? undefined : value;
		case 'emailList':
		case 'phoneList':
		case 'textList':
			if (readAs(path, value, settings) === undefined) return undefined;
			return listEntries(value)
				?.map((entry) => (typeof entry === 'string' ? clean(entry) : entry))
				.filter((entry) => !isEmpty(entry));
		case 'phone':
			return typeof value === 'number' ? value : answerText(value);
		case 'text':
		case 'longText':
		case 'choice':
		case 'country':
		case 'email':
			return answerText(value);
		case 'json':
			return undefined;
	}
};
