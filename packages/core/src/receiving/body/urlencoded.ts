import { fieldsOf, mostFields } from './fields';

/** What is not encoded rightly is the text that it is. */
const decoded = (text: string): string => {
	const spaced = text.replaceAll('+', ' ');
	try {
		return decodeURIComponent(spaced);
	} catch {
		return spaced;
	}
};

/** `application/x-www-form-urlencoded`; undefined where there are more fields than a form has. */
export const readUrlencoded = (text: string): Readonly<Record<string, unknown>> | undefined => {
	const pairs = text.split('&').filter((pair) => pair !== '');
	if (pairs.length > mostFields) return undefined;
	return fieldsOf(
		pairs.map((pair) => {
			const at = pair.indexOf('=');
			return at < 0 ? [decoded(pair), ''] : [decoded(pair.slice(0, at)), decoded(pair.slice(at + 1))];
		}),
	);
};
