import { isRecord } from '../text/json';
import { normalizeKey } from '../text/text';
import type { Answer } from './answer';
import { type Meaning, readLabel } from './evidence/labels';
import { looksLikeEmail, looksLikePhone, textOfAnswer } from './match/valueKind';
import type { Part } from './parts';

const kinds: ReadonlyMap<Meaning, 'tel' | 'email'> = new Map<Meaning, 'tel' | 'email'>([
	['leadInformation.phone', 'tel'],
	['additionalPhones', 'tel'],
	['leadInformation.email', 'email'],
	['additionalEmails', 'email'],
]);

/** What a list of such things is called: `phones`, `phone_numbers`, `emailAddresses`. */
export const kindOfList = (name: string): 'tel' | 'email' | undefined =>
	kinds.get(readLabel(name).meaning) ??
	kinds.get(readLabel(name.replace(/e?s$/i, '')).meaning) ??
	(/e-?mail/i.test(name) && name.length < 30 ? 'email' : undefined);

const beside = /^(?:id|.*_id|type|label|kind|code|ext|extension|country.*|area.*|enum|name|timestamp|.*_at)$/i;
/** The keys that hold the whole of it, before others that may hold a part. */
const whole = ['e164', 'canonicalform', 'international', 'value', 'number', 'phone', 'phonenumber', 'email', 'address'];

const rankOf = (key: string): number => {
	const at = whole.indexOf(normalizeKey(key));
	return at < 0 ? whole.length : at;
};

const isPrimary = (part: Part): boolean =>
	Object.entries({ ...(isRecord(part.metadata) ? part.metadata : {}), ...part }).some(
		([key, value]) =>
			(/^(?:is_?)?(?:primary|default|preferred|main)$/i.test(key) &&
				(value === true || value === 1 || value === 'true')) ||
			(/^(?:label|type|kind)$/i.test(key) && /^(?:primary|main|default)$/i.test(String(value))),
	);

/** The phones or emails of a list of objects, whatever their parts are called, the primary one first; undefined where an entry has none. */
export const contactsIn = (list: readonly unknown[], name: string, from: string): readonly Answer[] | undefined => {
	const type = name === '' ? undefined : kindOfList(name);
	if (type === undefined || !list.every(isRecord)) return undefined;
	const looksLike = type === 'email' ? looksLikeEmail : looksLikePhone;
	const read = list.map((part, at) => {
		const found = Object.entries(part)
			.filter(([key, value]) => !beside.test(key) && looksLike(textOfAnswer(value)))
			.sort(([one], [other]) => rankOf(one) - rankOf(other))[0];
		return found === undefined
			? undefined
			: { answer: { key: name, value: found[1], from: `${from}.${at}.${found[0]}`, type }, first: isPrimary(part) };
	});
	const all = read.filter((each) => each !== undefined);
	if (all.length < list.length) return undefined;
	return [...all.filter(({ first }) => first), ...all.filter(({ first }) => !first)].map(({ answer }) => answer);
};
