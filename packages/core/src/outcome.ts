import type { BaseUrlFlaw } from './baseUrl';
import type { DuplicateKey } from './duplicates';
import { bodyData } from './answerText';
import { apiIssues } from './apiIssues';
import { type Fault, type NotReached, readFault } from './fault';
import type { Lead } from './fields';
import type { HeldBy } from './heldBy';
import type { Issue } from './issue';
import type { ShownRequest } from './request';
import { readRetryAfterMs } from './retryAfter';
import { isRecord } from './text';
import { explain } from './words';

export type OutcomeKind = 'created' | 'duplicate' | 'invalid' | 'unauthorized' | 'forbidden' | 'rateLimited' | 'unconfirmed' | 'failed';

/** What led to an outcome, in all that its words need. */
export type Verdict =
	| { readonly outcome: 'created'; readonly cause: { readonly kind: 'answered' }; readonly answer: Readonly<Record<string, unknown>> }
	| { readonly outcome: 'duplicate'; readonly cause: DuplicateCause }
	| { readonly outcome: 'invalid'; readonly cause: { readonly kind: 'ownCheck' | 'apiCheck' | 'unreadable' } }
	| { readonly outcome: 'unauthorized' | 'forbidden'; readonly cause: RefusedCause }
	| { readonly outcome: 'rateLimited'; readonly cause: { readonly kind: 'limit'; readonly retryAfterMs: number | null } }
	| { readonly outcome: 'unconfirmed'; readonly cause: UnconfirmedCause }
	| { readonly outcome: 'failed'; readonly cause: FailedCause }
	| { readonly outcome: 'dryRun'; readonly cause: { readonly kind: 'dryRun' }; readonly request: ShownRequest; readonly matched?: unknown };

/** `recorded`: by our own record. `atGateway`: the gateway was given it before, and keeps it under `id`. */
type DuplicateCause =
	| { readonly kind: 'recorded'; readonly by: DuplicateKey; readonly value: string }
	| { readonly kind: 'atGateway'; readonly by: DuplicateKey; readonly value: string; readonly id: string };

type RefusedCause =
	| { readonly kind: 'refused' }
	| { readonly kind: 'notSent' }
	/** A gateway kept it for so long, and no lead of its key was ever accepted in this organization. */
	| { readonly kind: 'neverAccepted'; readonly waitedMs: number };

type UnconfirmedCause =
	| { readonly kind: 'timeout'; readonly afterMs?: number }
	| { readonly kind: 'cut' }
	| { readonly kind: 'unreadable' }
	| { readonly kind: 'serverFault' }
	/** The record says that the same lead was sent before and that no answer came back; nothing was sent now. */
	| { readonly kind: 'earlier' }
	/** The program ended while the lead was on its way. */
	| { readonly kind: 'interrupted' }
	/** The outbox that kept it was damaged. */
	| { readonly kind: 'damaged' }
	/** What is kept of it cannot be read, or not all of it. */
	| { readonly kind: 'unreadableEntry' }
	/** A gateway keeps it under `id` and goes on with it; nobody waited any longer. `why`: what holds it back there, where something does. */
	| { readonly kind: 'atGateway'; readonly id: string; readonly why?: HeldBy }
	/** A gateway took it under `id` and does not know it any more. */
	| { readonly kind: 'goneFromGateway'; readonly id: string };

type FailedCause =
	| { readonly kind: 'notReached'; readonly why: NotReached; readonly host?: string }
	| { readonly kind: 'redirect'; readonly host?: string }
	| { readonly kind: 'busy'; readonly retryAfterMs: number | null }
	| { readonly kind: 'status'; readonly text: string }
	| { readonly kind: 'canceled' }
	/** No more leads can be kept for later; `most` is how many can. */
	| { readonly kind: 'outboxFull'; readonly most: number }
	| { readonly kind: 'notConfigured'; readonly missing: MissingSetting }
	/** The account refers to an environment variable that stands for no value; `embedded`: among other text, where nothing is put in. */
	| { readonly kind: 'variable'; readonly name: string; readonly flaw: 'unset' | 'empty' | 'embedded' };

/** What an account lacks, so that nothing can be sent with it. `accountOfItem`: which one it is cannot be worked out for this lead. */
export type MissingSetting = 'account' | 'accountOfItem' | 'apiKey' | 'organizationId' | 'nodeVersion' | BaseUrlFlaw;

/** The outcome object of both hosts, but for what only the words need (`cause`) and the API's own answer. */
export interface OutcomeFacts {
	readonly status: number | null;
	readonly leadId: string | null;
	readonly leadNumber: number | null;
	/** What was sent, or would have been. */
	readonly lead: Lead | null;
	readonly message: string;
	readonly hint: string;
	readonly issues: readonly Issue[];
	readonly warnings: readonly string[];
	readonly attempts: number;
	readonly waitedMs: number;
}

export type Outcome = Verdict & OutcomeFacts;

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What a host brings back from one sending; `body` is text or parsed JSON. */
export type Reply =
	| { readonly status: number; readonly headers: Headers; readonly body: unknown }
	| { readonly fault: Fault };

const noFacts: OutcomeFacts = {
	status: null, leadId: null, leadNumber: null, lead: null, message: '', hint: '', issues: [], warnings: [], attempts: 0, waitedMs: 0,
};

/** An outcome with its words; `facts` fill what is known of it. */
export const outcomeOf = (verdict: Verdict, facts: Partial<OutcomeFacts> = {}): Outcome => {
	const silent: Outcome = { ...noFacts, ...facts, ...verdict };
	return { ...silent, ...explain(silent) };
};

/** One header's first value, whatever its name's case; null where there is none. */
export const headerOf = (headers: Headers, name: string): string | null => {
	// Some clients leave the headers out or give a number, whatever their types say.
	for (const [key, value] of Object.entries<unknown>(headers ?? {})) {
		const first: unknown = Array.isArray(value) ? value[0] : value;
		if (key.toLowerCase() === name && (typeof first === 'string' || typeof first === 'number')) return String(first);
	}
	return null;
};

const created = (body: unknown): Pick<OutcomeFacts, 'leadId' | 'leadNumber'> & { readonly answer: Readonly<Record<string, unknown>> } | undefined => {
	const answer = bodyData(body);
	if (!isRecord(answer)) return undefined;
	const { _id: id, leadNumber } = answer;
	if ((typeof id !== 'string' && typeof id !== 'number') || String(id).trim() === '') return undefined;
	return { answer, leadId: String(id), leadNumber: typeof leadNumber === 'number' ? leadNumber : null };
};

const textOf = (body: unknown): string => apiIssues(body)[0]?.message ?? '';

const faultOutcome = (fault: Fault): Outcome => {
	const reading = readFault(fault);
	if (reading.kind === 'notReached') return outcomeOf({ outcome: 'failed', cause: reading });
	return outcomeOf({ outcome: 'unconfirmed', cause: reading });
};

/**
 * One sending's reply as an outcome, by the table in the README; no status is without one.
 * A Retry-After that is a date counts from the answer's own Date; `nowMs` (since 1970) stands in where it has none.
 */
export const interpretResponse = (reply: Reply, nowMs?: number): Outcome => {
	if ('fault' in reply) return faultOutcome(reply.fault);
	const { status, headers, body } = reply;
	const retryAfterMs = readRetryAfterMs(headerOf(headers, 'retry-after'), headerOf(headers, 'date'), nowMs);
	if (status >= 200 && status < 300) {
		const lead = created(body);
		if (lead === undefined) return outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'unreadable' } }, { status });
		const { answer, ...facts } = lead;
		return outcomeOf({ outcome: 'created', cause: { kind: 'answered' }, answer }, { status, ...facts });
	}
	if (status >= 300 && status < 400) return outcomeOf({ outcome: 'failed', cause: { kind: 'redirect' } }, { status });
	if (status === 400 || status === 422) return outcomeOf({ outcome: 'invalid', cause: { kind: 'apiCheck' } }, { status, issues: apiIssues(body) });
	if (status === 401) return outcomeOf({ outcome: 'unauthorized', cause: { kind: 'refused' } }, { status });
	if (status === 403) return outcomeOf({ outcome: 'forbidden', cause: { kind: 'refused' } }, { status });
	// Whatever stands behind a proxy does not answer with this: the proxy asks for a password, and has passed nothing on.
	if (status === 407) return outcomeOf({ outcome: 'failed', cause: { kind: 'notReached', why: 'proxy' } }, { status });
	if (status === 429) return outcomeOf({ outcome: 'rateLimited', cause: { kind: 'limit', retryAfterMs } }, { status });
	if (status === 408 || (status === 503 && headerOf(headers, 'retry-after') !== null)) {
		return outcomeOf({ outcome: 'failed', cause: { kind: 'busy', retryAfterMs } }, { status });
	}
	if (status === 501 || (status >= 400 && status < 500)) {
		return outcomeOf({ outcome: 'failed', cause: { kind: 'status', text: textOf(body) } }, { status });
	}
	// 1xx as a final answer, every other 5xx and any status that HTTP does not know: nobody can tell what was done.
	return outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'serverFault' } }, { status });
};

/** The outcome object that a host passes on: everything but what only the words needed. Issues keep field and message. */
export const outcomeObject = (outcome: Outcome): Readonly<Record<string, unknown>> => {
	const { outcome: kind, status, leadId, leadNumber, lead, message, hint, warnings, attempts, waitedMs } = outcome;
	const issues = outcome.issues.map(({ field, message: text }) => ({ field, message: text }));
	const shown = { outcome: kind, status, leadId, leadNumber, lead, message, hint, issues, warnings, attempts, waitedMs };
	if (outcome.outcome !== 'dryRun') return shown;
	return { ...shown, request: outcome.request, ...(outcome.matched === undefined ? {} : { matched: outcome.matched }) };
};
