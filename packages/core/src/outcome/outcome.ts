import type { Lead } from '../catalog/fields';
import type { DuplicateKey } from '../lead/dedupeKey';
import type { Issue } from '../lead/problems';
import type { BaseUrlFlaw } from '../values/baseUrl';
import type { HoldReason } from './holdReason';
import type { Fault, NotReached } from './networkFault';
import type { ShownRequest } from './shownRequest';

export type OutcomeKind =
	| 'created'
	| 'duplicate'
	| 'invalid'
	| 'unauthorized'
	| 'forbidden'
	| 'rateLimited'
	| 'unconfirmed'
	| 'failed';

/** What led to an outcome, in all that its words need. */
export type Verdict =
	| {
			readonly outcome: 'created';
			readonly cause: { readonly kind: 'answered' };
			readonly answer: Readonly<Record<string, unknown>>;
	  }
	| { readonly outcome: 'duplicate'; readonly cause: DuplicateCause }
	| { readonly outcome: 'invalid'; readonly cause: { readonly kind: 'ownCheck' | 'apiCheck' | 'unreadable' } }
	| { readonly outcome: 'unauthorized' | 'forbidden'; readonly cause: RefusedCause }
	| {
			readonly outcome: 'rateLimited';
			readonly cause: { readonly kind: 'limit'; readonly retryAfterMs: number | null };
	  }
	| { readonly outcome: 'unconfirmed'; readonly cause: UnconfirmedCause }
	| { readonly outcome: 'failed'; readonly cause: FailedCause }
	| {
			readonly outcome: 'dryRun';
			readonly cause: { readonly kind: 'dryRun' };
			readonly request: ShownRequest;
			readonly matched?: unknown;
	  };

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
	| { readonly kind: 'atGateway'; readonly id: string; readonly why?: HoldReason }
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

/** What is known of a lead beside its verdict. */
export interface OutcomeFacts {
	readonly status: number | null;
	readonly leadId: string | null;
	readonly leadNumber: number | null;
	/** What was sent, or would have been. */
	readonly lead: Lead | null;
	readonly issues: readonly Issue[];
	/** Sentences in the language of whoever gave the lead: they are made while it is read, and not told anew. */
	readonly warnings: readonly string[];
	/** What is done to most leads, such as a phone that was made international; sentences like warnings. @default none */
	readonly notes?: readonly string[];
	/** How often it was sent. */
	readonly attempts: number;
	/** Time between its sendings, without its turn in a queue. */
	readonly waitedMs: number;
}

/**
 * What became of a lead, as data: whoever shows it puts it into words (`wordedOutcome`, `explain`), in the language of who
 * reads it. So what is kept on disk holds no language.
 */
export type Outcome = Verdict & OutcomeFacts;

const noFacts: OutcomeFacts = {
	status: null,
	leadId: null,
	leadNumber: null,
	lead: null,
	issues: [],
	warnings: [],
	attempts: 0,
	waitedMs: 0,
};

/** The outcome of a verdict; `facts` fill what is known of it. */
export const outcomeOf = (verdict: Verdict, facts: Partial<OutcomeFacts> = {}): Outcome => ({
	...noFacts,
	...facts,
	...verdict,
});

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What a host brings back from one sending; `body` is text or parsed JSON. */
export type Reply =
	| { readonly status: number; readonly headers: Headers; readonly body: unknown }
	| { readonly fault: Fault };
