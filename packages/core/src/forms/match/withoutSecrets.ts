import { isRecord, parseJson } from '../../text/json';
import { isOfDevice, isSecretKey } from './secret';

/** Deeper data is nobody's answer. */
const deepest = 30;

const inAddress = /^(?:https?:)?\/[^\s?]*\?[^\s]+$/i;
const doorKeys = /^(?:key|code|sig|sign|hash|auth|pass|otp|pin|state)$/i;

/** An address without those of its parameters that open a door: `?token=…`. */
const withoutTokens = (address: string): string => {
	const at = address.indexOf('?');
	const [query = '', ...fragment] = address.slice(at + 1).split('#');
	const isKept = (pair: string): boolean => {
		const [name = ''] = pair.split('=');
		return !isSecretKey(name) && !doorKeys.test(name) && !isOfDevice(pair.slice(name.length + 1));
	};
	const pairs = query.split('&');
	const kept = pairs.filter(isKept);
	if (kept.length === pairs.length) return address;
	const rest = fragment.length === 0 ? '' : `#${fragment.join('#')}`;
	return `${address.slice(0, at)}${kept.length === 0 ? '' : `?${kept.join('&')}`}${rest}`;
};

const element = /<([\w:.-]{1,80})(?:\s[^<>]{0,500})?>([^<]{0,2000})<\/\1>/g;

/** XML without those of its elements that hold secrets, IP addresses or what a browser says of itself. */
const withoutElements = (text: string): string =>
	text.replace(element, (whole, name: string, inner: string) =>
		isSecretKey(name.slice(name.indexOf(':') + 1)) || isOfDevice(inner.trim()) ? '' : whole,
	);

const ofText = (text: string, levels: number): unknown => {
	const first = text.trimStart()[0];
	if (first === '{' || first === '[') {
		const inner = parseJson(text);
		if (typeof inner !== 'object' || inner === null) return text;
		const left = withoutSecrets(inner, levels - 1);
		return left === inner ? text : JSON.stringify(left ?? {});
	}
	if (first === '<') return text.length < 100_000 ? withoutElements(text) : text;
	return text.length < 4000 && text.includes('?') && inAddress.test(text) ? withoutTokens(text) : text;
};

/**
 * A value without the secrets, IP addresses and user agents in it, at any depth, in lists and in JSON text; undefined where it
 * is nothing else. What holds none stays the very same.
 */
export const withoutSecrets = (value: unknown, levels: number = deepest): unknown => {
	if (typeof value === 'string') return isOfDevice(value) ? undefined : ofText(value, levels);
	if (typeof value !== 'object' || value === null) return value;
	if (levels <= 0) return undefined;
	if (Array.isArray(value)) {
		const list = value as readonly unknown[];
		const left = list.map((each) => withoutSecrets(each, levels - 1));
		return left.every((each, at) => each === list[at]) ? list : left.filter((each) => each !== undefined);
	}
	if (!isRecord(value)) return value;
	let isSame = true;
	const entries = Object.entries(value).flatMap(([key, each]) => {
		const left = isSecretKey(key) ? undefined : withoutSecrets(each, levels - 1);
		if (left !== each) isSame = false;
		return left === undefined ? [] : [[key, left] as const];
	});
	return isSame ? value : Object.fromEntries(entries);
};
