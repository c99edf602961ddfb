import { headerOf } from '../api/headerOf';
import type { Call, ReceivingHost, ReceivingSecrets } from './call';
import type { Platform, Proof } from './platform';

/** The secrets that are valid now: the one, and the next one while it is being changed. */
export const validSecrets = ({ secret, nextSecret }: ReceivingSecrets): readonly string[] =>
	[secret, nextSecret].filter((each) => each !== '');

/** Whether any of the texts is one of the others. All are compared, so that the time tells nothing. */
export const anyEqual = (
	{ isEqual }: ReceivingHost,
	given: readonly string[],
	expected: readonly string[],
): boolean => {
	let found = false;
	for (const one of given) for (const other of expected) if (isEqual(one, other)) found = true;
	return found;
};

/** What a signed call says of itself: its signatures, and when it was made, in ms since 1970. */
interface Signed {
	readonly signatures: readonly string[];
	/** All that is signed, in order. */
	readonly parts: readonly (string | Uint8Array)[];
	readonly madeAtMs?: number;
}

interface Scheme {
	readonly encoding: 'hex' | 'base64';
	/** Undefined where the call carries no signature. */
	readonly read: (call: Call) => Signed | undefined;
	/** The secret as the key of the HMAC. */
	readonly key?: (secret: string, host: ReceivingHost) => string | Uint8Array;
	readonly maxAgeMs?: number;
}

/** A check of a signature over the raw bytes. Whether a call is too old is said of genuine ones only. */
export const signedBy =
	({ encoding, read, key = (secret) => secret, maxAgeMs }: Scheme): Platform['prove'] =>
	(call, secrets, host): Proof => {
		const valid = validSecrets(secrets);
		if (valid.length === 0) return 'noSecret';
		const signed = read(call);
		if (signed === undefined) return 'forged';
		const expected = valid.map((secret) => host.hmac(key(secret, host), signed.parts, encoding));
		if (!anyEqual(host, signed.signatures, expected)) return 'forged';
		const { madeAtMs } = signed;
		if (maxAgeMs === undefined || madeAtMs === undefined) return 'genuine';
		return Math.abs(host.now() - madeAtMs) <= maxAgeMs ? 'genuine' : 'tooOld';
	};

/** A header's text; undefined where it is missing or empty. */
export const headerText = ({ headers }: Call, name: string): string | undefined => {
	const text = headerOf(headers, name)?.trim();
	return text === undefined || text === '' ? undefined : text;
};

/** A header that is the signature, after a prefix that it must have. */
export const signatureIn = (call: Call, name: string, prefix = ''): readonly string[] | undefined => {
	const text = headerText(call, name);
	return text?.startsWith(prefix) === true ? [text.slice(prefix.length)] : undefined;
};

/** The signature of the body, alone in a header; `before`: what is signed before it. */
export const bodySignature =
	(name: string, { prefix = '', before = '' }: { readonly prefix?: string; readonly before?: string } = {}) =>
	(call: Call): Signed | undefined => {
		const signatures = signatureIn(call, name, prefix);
		return signatures && { signatures, parts: before === '' ? [call.body] : [before, call.body] };
	};

/** `t=1633174587,v1=…`: a time in seconds, which is signed with a dot before the body, and one or more signatures. */
export const timedSignature =
	(name: string, signatureKey: string) =>
	(call: Call): Signed | undefined => {
		const pairs = (headerText(call, name) ?? '').split(',').map((pair) => {
			const at = pair.indexOf('=');
			return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const;
		});
		const time = pairs.find(([key]) => key === 't')?.[1];
		const signatures = pairs.filter(([key]) => key === signatureKey).map(([, value]) => value);
		if (time === undefined || !/^\d{1,15}$/.test(time) || signatures.length === 0) return undefined;
		return { signatures, parts: [`${time}.`, call.body], madeAtMs: Number(time) * 1000 };
	};
