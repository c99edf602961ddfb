import { memoize } from '../../text/memoize';
import { normalizeKey } from '../../text/text';

/** Words of a machine's key that hold a secret, in one part of it: `access_token`, `x-hub-signature-256`. */
const secretWords = new Set(
	(
		'password passwd pwd passcode passphrase secret secrets token tokens jwt signature hmac nonce csrf xsrf captcha recaptcha ' +
		'hcaptcha turnstile honeypot authorization bearer apikey otp pin2 credential credentials handshake phpsessid jsessionid ' +
		'sessionid sessid fingerprint useragent ips ipaddr ipaddress ipv4 ipv6 remoteaddr xforwardedfor cookie cookies'
	).split(' '),
);
/** What ends a word that is one of these with others in front: `authtoken`, `fluentformnonce`. */
const secretEnding =
	/(?:auth|access|refresh|api|csrf|xsrf|form|security|session|verify|verification|request|bearer|id|page|user|client|wp)(?:token|nonce|secret|password|signature|apikey)$/;
/** What comes before "key" where the key is one to a door and not to a question. */
const keyWords = new Set(
	'api google secret private access license licence auth site handshake order encryption signing shared security webhook verify'.split(
		' ',
	),
);
/** What comes before "id" where it is that of a visit, which is as good as a password while it lasts. */
const idWords = new Set(['session', 'sess']);
/** "cookie_consent" and "token_of_thanks" are answers. */
const harmless = new Set(['consent', 'consents', 'policy', 'accepted', 'accept', 'agree', 'agreed', 'banner']);
/** Keys of a visitor's device and of a page's machinery, whole. */
const ignored = new Set(
	(
		'ip,remote ip,ip address,user ip,client ip,user agent,browser agent,cookie,cookies,set-cookie,submit,_wpnonce,' +
		'g-recaptcha-response,h-captcha-response,cf-turnstile-response,connect.sid,sid,sig,sign,authkey,hash_key'
	)
		.split(',')
		.map(normalizeKey),
);

/** A name that a program gave; a question in words may well ask for a "token of thanks". */
const machineKey = /^[\w.:@$-]{1,80}$/;

/** Some of this is in every such key; what has none needs no longer look. */
const mayHold =
	/pass|pwd|secret|token|jwt|sig|hmac|nonce|csrf|xsrf|captcha|turnstile|honeypot|authori|bearer|apikey|otp|pin2|credential|handshake|sess|fingerprint|agent|ip|remote|forward|cookie|key|sid|submit|response/i;

/** Whether a key holds a secret, machinery or a visitor's device, and its value is never part of a lead. */
export const isSecretKey = memoize((key: string): boolean => {
	if (key.length > 80 || !mayHold.test(key)) return false;
	if (ignored.has(normalizeKey(key))) return true;
	if (!machineKey.test(key)) return false;
	const words = key
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-z0-9]+/);
	if (words.some((word) => harmless.has(word))) return false;
	return words.some(
		(word, at) =>
			secretWords.has(word) ||
			secretEnding.test(word) ||
			word === 'ip' ||
			(word === 'agent' && words[at - 1] === 'user') ||
			(word === 'key' && keyWords.has(words[at - 1] ?? '')) ||
			(word === 'id' && idWords.has(words[at - 1] ?? '')),
	);
});

const ipv4 = String.raw`\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?`;
const address = new RegExp(
	String.raw`^(?:(?:::ffff:)?${ipv4}|\[?(?=.{2,39}\]?(?::\d+)?$)(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?:\](?::\d{1,5})?)?|::[0-9a-f:]{0,34})$`,
	'i',
);
/** Proxies add their own addresses with commas. */
const isAddresses = (text: string): boolean =>
	text.length <= 200 && text.split(/,\s*/).every((part) => part.length <= 50 && address.test(part.trim()));

/** What keys to doors look like, whatever they are called: JSON web tokens, `Bearer …`, keys of well-known services. */
const secretShape =
	/^(?:(?:Bearer|Basic|Token) [\w.~+/=-]{8,}|ey[\w-]{10,}\.ey?[\w-]{6,}\.[\w-]*|(?:sk|pk|rk)_(?:live|test)_\w{8,}|gh[pousr]_\w{16,}|xox[abprs]-[\w-]{8,}|AKIA[0-9A-Z]{12,}|AIza[\w-]{20,}|EAA[A-Za-z0-9]{40,}|-----BEGIN [A-Z ]*PRIVATE KEY)/;

/** No name, number or choice needs the long way. */
const hasMark = /[./:_-]|^(?:Bearer |Basic |Token |AKIA|AIza|EAA)/;

/** Whether a value is a secret, an IP address or what a browser says of itself, whatever its key is called. */
export const isOfDevice = (value: unknown): boolean =>
	typeof value === 'string' &&
	hasMark.test(value) &&
	(/^(?:Mozilla|Opera|Dalvik|okhttp|PostmanRuntime|curl|axios|python-requests)\/\d/.test(value) ||
		secretShape.test(value) ||
		(value.length <= 200 && /^[\d:[a-f][^@]*$/i.test(value) && isAddresses(value)));
