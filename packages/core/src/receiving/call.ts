import type { Headers } from '../outcome/outcome';

/** A call as it came in: nothing of its body is read yet. */
export interface Call {
	readonly method: string;
	readonly headers: Headers;
	/** The address's own parameters. */
	readonly query: Readonly<Record<string, unknown>>;
	readonly body: Uint8Array;
}

/** What a person sets for a platform; empty text where it is not set. */
export interface ReceivingSecrets {
	/** The signature's secret, the key in the body or the token in the address, depending on the platform. */
	readonly secret: string;
	/** A second one that is valid too, so that a secret can be changed without losing a call. */
	readonly nextSecret: string;
	/** What the platform repeats in its first question. */
	readonly verifyToken: string;
	/** Reads leads of which only the ID came. */
	readonly pageToken: string;
}

export type SecretName = keyof ReceivingSecrets;

/** What checking and reading a call needs of its host. */
export interface ReceivingHost {
	/** HMAC-SHA-256 of the parts, one after the other. */
	readonly hmac: (
		key: string | Uint8Array,
		parts: readonly (string | Uint8Array)[],
		encoding: 'hex' | 'base64',
	) => string;
	/** SHA-256 of bytes, as base64url. */
	readonly digest: (bytes: Uint8Array) => string;
	/** Whether two texts are the same, in a time that does not tell where they differ. */
	readonly isEqual: (one: string, other: string) => boolean;
	/** The bytes of base64 text. */
	readonly fromBase64: (text: string) => Uint8Array;
	/** UTF-8 bytes as text, without a byte order mark; undefined where they are none. */
	readonly text: (bytes: Uint8Array) => string | undefined;
	/** Milliseconds since 1970. */
	readonly now: () => number;
}
