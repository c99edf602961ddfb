import { isRecord } from '../../text/json';
import type { Answer } from '../answer';
import { contactMeanings, isPersonal, readLabel } from '../evidence/labels';
import { answersOf, type Part, partOf, textOf } from '../parts';

/** Parts of an address control by the names that form builders give them. */
const addressParts: Readonly<Record<string, string>> = {
	addr_line1: 'street',
	addr_line2: 'address',
	city: 'city',
	state: 'region',
	postal: 'zip',
	country: 'country',
};

const has = (part: Part, ...keys: readonly string[]): boolean => keys.every((key) => key in part);

/** A phone control as one number: masked, or in parts. Undefined where it is something else. */
export const phoneOf = (part: Part): string | undefined => {
	const keys = Object.keys(part);
	if (keys.length === 1 && 'full' in part) return textOf(part.full);
	if (!has(part, 'area', 'phone') || !keys.every((key) => ['country', 'area', 'phone'].includes(key))) return undefined;
	const country = textOf(part.country)?.replace(/^\+?/, '+') ?? '';
	return `${country}${textOf(part.area) ?? ''}${textOf(part.phone) ?? ''}`;
};

const nameParts = ['prefix', 'first', 'middle', 'last', 'suffix'];

/** Whether a group is a name control or an address control and nothing else, so that its question need not say so. */
export const isControl = (part: Part): boolean => {
	// The type of a question may stand with its parts.
	const keys = Object.keys(part).filter((key) => !/^(?:field_?)?type$/i.test(key));
	return (
		(has(part, 'first', 'last') && keys.every((key) => nameParts.includes(key))) ||
		(has(part, 'addr_line1') && keys.every((key) => key in addressParts))
	);
};

/** A date control as one text, year first. */
const dateOf = (part: Part): string | undefined => {
	if (!has(part, 'day', 'month', 'year')) return undefined;
	const date = [part.year, part.month, part.day].map((each) => textOf(each) ?? '').join('-');
	const time = [part.hour, part.min].flatMap((each) => textOf(each) ?? []).join(':');
	return date === '--' ? '' : [date, time, textOf(part.ampm) ?? ''].filter((each) => each !== '').join(' ');
};

/**
 * A person or an address as the answer to one question, in parts that say what they are: `{ city, country, zipCode }`. The
 * question says whose they are.
 */
const partsInAnswer = (question: string, part: Part, from: string): readonly Answer[] | undefined => {
	const entries = Object.entries(part);
	if (entries.length < 2 || entries.some(([, value]) => typeof value === 'object' && value !== null)) return undefined;
	const meanings = entries.map(([key]) => readLabel(key).meaning);
	const isTold =
		meanings.some((meaning) => contactMeanings.has(meaning)) ||
		(isPersonal(readLabel(question).meaning) && meanings.some(isPersonal));
	return isTold ? answersOf(part, `${from}.${question.replaceAll('.', ' ')}`) : undefined;
};

/** What one control of a form gave, as the answers in it: a name in parts, a phone in parts, an address, a date, or a plain value. */
export const controlAnswers = ({ key, label, type, value, from }: Answer): readonly Answer[] => {
	const whole = (one: unknown, as = type): Answer => ({
		key,
		value: one,
		from,
		...(label === undefined ? {} : { label }),
		...(as === undefined ? {} : { type: as }),
	});
	if (!isRecord(value)) return [whole(value)];
	const phone = phoneOf(value);
	if (phone !== undefined) return [whole(phone, type ?? 'tel')];
	const date = dateOf(value);
	if (date !== undefined) return [whole(date)];
	if (has(value, 'first') || has(value, 'last')) {
		const { prefix, first, middle, last, suffix } = value;
		return [
			{ key: 'salutation', value: prefix, from: `${from}.prefix` },
			{
				key: 'firstname',
				value: [first, middle].flatMap((each) => textOf(each) ?? []).join(' '),
				from: `${from}.first`,
			},
			{ key: 'lastname', value: [last, suffix].flatMap((each) => textOf(each) ?? []).join(' '), from: `${from}.last` },
		];
	}
	if ('addr_line1' in value || 'postal' in value)
		return answersOf(value, from).map((answer) => ({ ...answer, key: addressParts[answer.key] ?? answer.key }));
	const parts = partsInAnswer(label ?? key, value, from);
	if (parts !== undefined) return parts;
	const texts = Object.values(partOf(value)).map(textOf);
	return [whole(texts.includes(undefined) ? value : texts.join(', '))];
};
