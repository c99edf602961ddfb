import { memoize } from '../../text/memoize';
import { normalizeKey } from '../../text/text';

/** Words of a machine's key that hold a secret, in one part of it: `access_token`, `x-hub-signature-256`. */
const secretWords = new Set([
	'password',
	'passwd',
	'pwd',
	'passcode',
	'secret',
	'token',
	'signature',
	'hmac',
	'nonce',
	'csrf',
	'xsrf',
	'captcha',
	'recaptcha',
	'hcaptcha',
	'turnstile',
	'authorization',
	'bearer',
	'apikey',
	'otp',
]);
/** What comes before "key" where the key is one to a door and not to a question. */
const keyWords = new Set(['api', 'google', 'secret', 'private', 'access', 'license', 'auth', 'site']);
/** Keys of a visitor's device and of a page's machinery, whole. */
const ignored = new Set(
	[
		'ip',
		'remote ip',
		'ip address',
		'user ip',
		'client ip',
		'user agent',
		'browser agent',
		'cookie',
		'cookies',
		'set-cookie',
		'submit',
		'_wpnonce',
		'g-recaptcha-response',
		'h-captcha-response',
	].map(normalizeKey),
);

/** A name that a program gave; a question in words may well ask for a "token of thanks". */
const machineKey = /^[\w.:@$-]{1,80}$/;

/** Whether a key holds a secret, machinery or a visitor's device, and its value is never part of a lead. */
export const isSecretKey = memoize((key: string): boolean => {
	if (key.length > 80) return false;
	if (ignored.has(normalizeKey(key))) return true;
	if (!machineKey.test(key)) return false;
	const words = key
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-z0-9]+/);
	return words.some(
		(word, at) =>
			secretWords.has(word) ||
			word === 'ip' ||
			word === 'useragent' ||
			(word === 'agent' && words[at - 1] === 'user') ||
			(word === 'key' && keyWords.has(words[at - 1] ?? '')),
	);
});

const address = /^(?:\d{1,3}(?:\.\d{1,3}){3}|(?=.{2,39}$)(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}|::[0-9a-f:]{0,34})$/i;

/** Whether a value is an IP address or what a browser says of itself, whatever its key is called. */
export const isOfDevice = (value: unknown): boolean =>
	typeof value === 'string' &&
	(/^(?:Mozilla|Opera|Dalvik)\/\d/.test(value) || (value.length <= 45 && address.test(value)));
