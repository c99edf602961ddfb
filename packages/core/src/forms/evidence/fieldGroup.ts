import { fieldAt } from '../../catalog/fields';
import { memoize } from '../../text/memoize';
import { normalizeKey } from '../../text/text';
import { looksLikeEmail, looksLikePhone, textOfAnswer } from '../match/valueKind';
import { type Meaning, named, readLabel } from './labels';

const place = /^\d+$/;

const groupNameOf = (from: string): string => {
	let end = from.lastIndexOf('.');
	while (end >= 0) {
		const start = end === 0 ? -1 : from.lastIndexOf('.', end - 1);
		const part = from.slice(start + 1, end);
		// Numbers in a path are places in a list.
		if (!place.test(part)) return part;
		end = start;
	}
	return '';
};

const fieldNamedBy = memoize((name: string): Meaning => {
	// A card's name in parts.
	if (name === 'n') return 'fullName';
	return named(name) ?? (name.length <= 40 ? readLabel(name).meaning : undefined);
});

/** What the group itself names: `phone`, `name`, `address`, `company`. */
const fieldOfGroup = (from: string): Meaning => (from.includes('.') ? fieldNamedBy(groupNameOf(from)) : undefined);

/** Whether a value stands in a group that names a field. */
export const hasNamedGroup = (from: string): boolean => fieldOfGroup(from) !== undefined;

const nameParts: Readonly<Record<string, Meaning>> = {
	first: 'leadInformation.firstName',
	given: 'leadInformation.firstName',
	givenname: 'leadInformation.firstName',
	last: 'leadInformation.lastName',
	family: 'leadInformation.lastName',
	familyname: 'leadInformation.lastName',
	full: 'fullName',
	fullname: 'fullName',
	formatted: 'fullName',
	displayname: 'fullName',
	unstructuredname: 'fullName',
	value: 'fullName',
};

/** A value by its language, as sites in two write one: `name: { ar: …, en: … }`. */
const language = /^(?:ar|en|arabic|english|local)$/i;

/**
 * What a `name`, `first` or `number` within a group means: `company.name` is the company, `name.first` the first name,
 * `phone.mobile` a phone.
 */
export const inNamedGroup = (found: Meaning, key: string, from: string, value: unknown): Meaning => {
	const group = fieldOfGroup(from);
	if (group === undefined) return found;
	const text = textOfAnswer(value);
	if (group === 'leadInformation.phone' || group === 'additionalPhones')
		return found === 'leadInformation.email' || !looksLikePhone(text) || /type|label|code|ext|area/i.test(key)
			? found
			: group;
	if (group === 'leadInformation.email' || group === 'additionalEmails') return looksLikeEmail(text) ? group : found;
	if (found === undefined && language.test(key) && (group === 'fullName' || group.includes('.address.'))) return group;
	if (group === 'fullName') return nameParts[normalizeKey(key)] ?? found ?? named(`${key}name`);
	if (found === undefined && group.includes('.address.')) return named(`address ${key}`);
	// `source.site_name` is the site's name and not the source's.
	if (found !== 'fullName' || readLabel(key).role !== undefined) return found;
	const kind = fieldAt(group)?.kind;
	return kind === 'text' || kind === 'choice' || kind === 'country' ? group : found;
};
