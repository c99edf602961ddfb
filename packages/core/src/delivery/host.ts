import type { LeadStatusRequest, LeadRequest } from '../api/request';
import type { Reply } from '../outcome/outcome';
import type { Limiter } from '../rateLimit/limiter';
import type { AuthBreaker } from './authBreaker';
import type { Dedupe } from './dedupe';

/** All I/O that delivering a lead needs, lent by n8n, Node-RED or a test. */
export interface Host {
	/** One sending, no retry, no redirect followed. Resolves always: what goes wrong is a `fault`. */
	readonly send: (request: LeadRequest | LeadStatusRequest, limits: { readonly timeoutMs: number }) => Promise<Reply>;
	/** Resolves after `ms`, or as soon as the run is stopped. */
	readonly sleep: (ms: number) => Promise<void>;
	/** Milliseconds since 1970. It may be set back or forward at any time, so nothing waits by it. */
	readonly now: () => number;
	/** Milliseconds on a clock that only goes forward, from any beginning: what waiting is measured on. */
	readonly monotonicMs: () => number;
	/** From 0 up to but not 1. */
	readonly random: () => number;
	/** HMAC-SHA-256 of a text with a secret, as base64url; without it a gateway cannot tell one lead on two machines. */
	readonly digest?: (text: string, secret: string) => string;
	/** Whether the run was stopped; nothing is sent after that. */
	readonly stopped?: () => boolean;
	/** The account's pace, where it is shared with other leads. */
	readonly limiter?: Limiter;
	/** What the account was refused lately. */
	readonly authBreaker?: AuthBreaker;
	/** Sees to it that a lead of one key is sent once only, where the policy asks for it. */
	readonly dedupe?: Dedupe | undefined;
}
