import type { Call, ReceivingHost, ReceivingSecrets, SecretName } from './call';

export const platformNames = [
	'any',
	'meta',
	'whatsapp',
	'linkedin',
	'googleAds',
	'tiktok',
	'snapchat',
	'typeform',
	'tally',
	'calendly',
	'calcom',
	'webflow',
	'standard',
] as const;

export type PlatformName = (typeof platformNames)[number];

/** What a call proves; `noSecret`: nothing is set to compare with. */
export type Proof = 'genuine' | 'forged' | 'tooOld' | 'noSecret';

/** What a platform asks an address before it sends anything, answered; or that the question is not ours to answer. */
export type ChallengeAnswer =
	| { readonly kind: 'answer'; readonly contentType: string; readonly body: string }
	| { readonly kind: 'refused'; readonly refusal: 'wrongToken' | 'noSecret' };

/** How a platform asks, proves itself and names what it sends. Each rule is from a document; what none says is told. */
export interface Platform {
	readonly name: PlatformName;
	readonly label: string;
	/** By a signature of the body, by a key in it, or by a token in the address or a header. */
	readonly provesBy: 'signature' | 'key' | 'token';
	/** Which secrets it has, in the order in which people need them. */
	readonly secrets: readonly SecretName[];
	/** Addresses of the documents that the rules are from. */
	readonly documents: readonly string[];
	/** In one sentence, what no document says and what is done therefore. */
	readonly unconfirmed?: string;
	/** How old a call may be, in ms; absent where it says no time. */
	readonly maxAgeMs?: number;
	/** Answers the question of a GET; undefined: it asks none. */
	readonly challenge?: (call: Call, secrets: ReceivingSecrets, host: ReceivingHost) => ChallengeAnswer | undefined;
	/** On the raw bytes, before anything is read. */
	readonly prove: (call: Call, secrets: ReceivingSecrets, host: ReceivingHost) => Proof;
	/** What it sends, without a secret that stands in it; absent where none does. */
	readonly withoutSecret?: (payload: unknown) => unknown;
	/** The platform's own name of what it sends, the same in each repeat; undefined where it gives none. */
	readonly submissionId: (payload: unknown, call: Call) => string | undefined;
}
