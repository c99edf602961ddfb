import type { ReceivingHost } from './call';

interface Hash {
	readonly update: (part: string | Uint8Array) => unknown;
	readonly digest: (encoding: 'hex' | 'base64' | 'base64url') => string;
}

/** What of Node's `crypto` is taken. */
export interface HostCrypto {
	readonly createHash: (algorithm: string) => Hash;
	readonly createHmac: (algorithm: string, key: string | Uint8Array) => Hash;
	readonly timingSafeEqual: (one: Uint8Array, other: Uint8Array) => boolean;
}

/** What else of Node receiving takes. */
export interface HostBytes {
	readonly fromBase64: (text: string) => Uint8Array;
	/** Throws where the bytes are no UTF-8; leaves a byte order mark out. */
	readonly decode: (bytes: Uint8Array) => string;
	/** UTF-8 bytes of a text. */
	readonly encode: (text: string) => Uint8Array;
	readonly now: () => number;
}

/** A host for receiving over what Node lends; both hosts' nodes are built on it. */
export const receivingHostOf = (
	{ createHash, createHmac, timingSafeEqual }: HostCrypto,
	{ fromBase64, decode, encode, now }: HostBytes,
): ReceivingHost => {
	const sha256 = (content: string | Uint8Array, encoding: 'hex' | 'base64url'): string => {
		const hash = createHash('sha256');
		hash.update(content);
		return hash.digest(encoding);
	};
	return {
		hmac: (key, parts, encoding) => {
			const hmac = createHmac('sha256', key);
			for (const part of parts) hmac.update(part);
			return hmac.digest(encoding);
		},
		digest: (bytes) => sha256(bytes, 'base64url'),
		// Hashes are of one length, which the comparison wants.
		isEqual: (one, other) => timingSafeEqual(encode(sha256(one, 'hex')), encode(sha256(other, 'hex'))),
		fromBase64,
		text: (bytes) => {
			try {
				return decode(bytes);
			} catch {
				return undefined;
			}
		},
		now,
	};
};
