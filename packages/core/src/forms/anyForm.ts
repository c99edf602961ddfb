import { isRecord, normalizeKey } from '../text';
import type { Answer, Source } from './answer';
import { phoneOf } from './controls';

const deepest = 6;

/** Keys that hold secrets, machinery or a visitor's device: never part of a lead. */
const ignored = new Set(
	[
		'password', 'token', 'secret', 'signature', 'nonce', '_wpnonce', 'csrf', '_csrf', 'csrf_token', 'api_key', 'apikey', 'x-api-key', 'google_key',
		'captcha', 'g-recaptcha-response', 'h-captcha-response', 'cf-turnstile-response', 'ip', 'ip_address', 'remote_ip', 'user_agent', 'useragent', 'submit',
	].map(normalizeKey),
);

const isScalarList = (value: readonly unknown[]): boolean => value.every((each) => typeof each !== 'object' || each === null);

/** Every value of a flat or nested object with its path. */
export const flatten = (part: Readonly<Record<string, unknown>>, path: readonly string[] = []): readonly Answer[] =>
	Object.entries(part).flatMap(([key, value]): readonly Answer[] => {
		if (ignored.has(normalizeKey(key))) return [];
		const at = [...path, key];
		const phone = isRecord(value) ? phoneOf(value) : undefined;
		if (phone !== undefined) return [{ key, value: phone, from: at.join('.'), type: 'tel' }];
		if (isRecord(value) && at.length < deepest) return flatten(value, at);
		if (Array.isArray(value) && !isScalarList(value)) return [{ key, value: JSON.stringify(value), from: at.join('.') }];
		return [{ key, value, from: at.join('.') }];
	});

/**
 * Any form at all, read by the names of its fields in English and Arabic. Comes last: it takes every object, and an empty
 * one is a lead that lacks what is required, so that its sender hears of it.
 */
export const anyForm: Source = {
	name: 'Form',
	read: (payload) => ({ submissions: [{ answers: flatten(payload) }] }),
};
