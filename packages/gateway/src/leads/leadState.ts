import type { Outcome } from '@icloud-ready/core';
import type { HoldReason } from '@icloud-ready/core';

/** What a person said of a lead. */
export type Resolved = 'arrived' | 'discarded';

/** Where a lead stands. */
export type LeadState =
	| { readonly kind: 'waiting'; readonly why?: HoldReason }
	/** `why`: it is on its way to see whether what held it is over. */
	| { readonly kind: 'sending'; readonly why?: HoldReason }
	| { readonly kind: 'ended'; readonly outcome: AttemptResult | null; readonly resolved?: Resolved };

/** What the API answered, as it is kept and passed on: never with the key in it. */
export interface StoredReply {
	readonly status: number;
	readonly contentType: string | null;
	readonly retryAfter: string | null;
	readonly body: string;
}

/** An outcome with the answer it was read from, where there was one. */
export type AttemptResult = Outcome & { readonly reply?: StoredReply };
