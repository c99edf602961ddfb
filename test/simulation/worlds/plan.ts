import type { ApiSpell, Strain } from '../api/api';
import type { QuotaPlan } from '../api/quota';
import type { DiskSpell } from '../disk/disk';

/** Somebody or something does this at a time of its own; a schedule is nothing but a list of them. */
export type Event = { readonly atMs: number } & Happening;

/** How an entry comes back changed; `index`, `recent`: what stands beside entries, or the database's own note of a write. */
export type Damage = 'cut' | 'field' | 'key' | 'block' | 'newer' | 'index' | 'recent';

/** How files of a database are damaged: the one by which it is found is gone, or a repair mends it, or nothing does. */
export type FileDamage = 'entry' | 'mendable' | 'beyond';

export type JournalDamage = 'cut' | 'zeroed' | 'turned' | 'gone';

export type Happening =
	| {
			readonly kind: 'leads';
			readonly node: string;
			readonly organizationId: string;
			readonly leads: readonly GivenLead[];
	  }
	| { readonly kind: 'weather'; readonly forMs: number; readonly spell: Omit<ApiSpell, 'untilMs'> }
	| { readonly kind: 'disk'; readonly forMs: number; readonly spell: Omit<DiskSpell, 'untilMs'> }
	| { readonly kind: 'lie'; readonly forMs: number }
	| { readonly kind: 'crash'; readonly afterOperations: number; readonly isPowerCut: boolean; readonly downMs: number }
	| { readonly kind: 'stop'; readonly downMs: number; readonly isKilledAfterMs?: number }
	| { readonly kind: 'deploy'; readonly renews: boolean }
	/** The nodes that create leads are deployed anew, and their accounts stay. */
	| { readonly kind: 'deployNodes' }
	| { readonly kind: 'revoke' }
	/** The API is given more machines, or fewer. */
	| { readonly kind: 'strain'; readonly strain: Strain }
	| { readonly kind: 'clock'; readonly byMs: number }
	| {
			readonly kind: 'person';
			readonly act: 'retry' | 'arrived' | 'discard';
			readonly which: number;
			readonly looksForMs: number;
			/** As part of a bulk action of this name, which is asked for twice at once and once more later. */
			readonly bulkId?: string;
	  }
	| { readonly kind: 'mangle'; readonly how: Damage; readonly which: number }
	/** A file of what must be in a store comes back changed, or is gone, as its program starts again. */
	| {
			readonly kind: 'mangleJournal';
			readonly how: JournalDamage;
			/** While its program runs, which goes on. */
			readonly isMeanwhile?: boolean;
	  }
	/** Files of each database come back changed as its program starts again. */
	| { readonly kind: 'mangleFiles'; readonly how: FileDamage }
	/** A mark in the record of created leads comes back changed. */
	| { readonly kind: 'mangleMark'; readonly how: Exclude<Damage, 'key' | 'field'>; readonly which: number }
	/** Another version has written the outboxes. */
	| { readonly kind: 'otherFormat' }
	/** Somebody copies all stores as they are, and puts the copy in their place later. */
	| { readonly kind: 'copyFolders' }
	| { readonly kind: 'olderCopy'; readonly downMs: number }
	/** A person corrects an invalid lead on the gateway's page, and again where that failed. */
	| { readonly kind: 'correct'; readonly which: number; readonly tries: number }
	/** Somebody looks through the lists and does nothing. */
	| {
			readonly kind: 'look';
			readonly shelf: 'waiting' | 'unconfirmed' | 'ended';
			readonly text: string;
			readonly limit: number;
			/** What the list is narrowed to, and what there is to narrow it to is asked for. */
			readonly filter?: LookFilter;
	  }
	| { readonly kind: 'second'; readonly forMs: number; readonly ends: 'stop' | 'kill' }
	| ClientVisit
	| { readonly kind: 'execution'; readonly leads: readonly (GivenLead & { readonly account: string })[] }
	| {
			readonly kind: 'n8n';
			/** `again`: a person has an execution that failed or died run once more. */
			readonly does: 'kill' | 'cancel' | 'again';
			readonly which: number;
	  }
	| { readonly kind: 'n8nRecord'; readonly forMs: number; readonly fate: 'fails' | 'applied'; readonly share: number }
	| {
			readonly kind: 'gateway';
			readonly does: 'stop' | 'kill' | 'powerCut';
			/** So many operations of its disk later. */
			readonly afterOperations: number;
	  }
	| { readonly kind: 'gatewayLie'; readonly forMs: number }
	| { readonly kind: 'gatewayMangle'; readonly how: Damage; readonly which: number }
	| { readonly kind: 'gatewayDisk'; readonly forMs: number; readonly spell: Omit<DiskSpell, 'untilMs'> }
	| { readonly kind: 'network'; readonly forMs: number; readonly loses: 'request' | 'answer'; readonly share: number }
	| {
			readonly kind: 'gatewayPerson';
			readonly act: 'retry' | 'arrived' | 'discard';
			readonly which: number;
			readonly looksForMs: number;
	  };

/** `from`, `to`: in ms since the run began. */
export interface LookFilter {
	readonly outcome?: string;
	readonly source?: string;
	readonly organization?: string;
	readonly from?: number;
	readonly to?: number;
}

/** Somebody calls the gateway with a program of their own. */
export interface ClientVisit {
	readonly kind: 'client';
	readonly lead: GivenLead;
	/** Whose key it has; `madeUp`: one that nobody gave it. */
	readonly account: string;
	readonly isMadeUp: boolean;
	/** Which one, where it is one of many. */
	readonly madeUpKey?: string;
	readonly organizationId: string;
	/** Whether it names its lead, and so may send it again. */
	readonly isNamed: boolean;
	/** Sends it once more although it was told that it is kept; with another body perhaps. */
	readonly repeats: 'never' | 'same' | 'changed';
	readonly patienceMs: number;
}

/** Settings of the gateway. */
export interface GatewayPlan {
	readonly concurrency: number;
	readonly maxPerSecond: number;
	readonly maxWaiting: number;
	readonly unverifiedMinutes: number;
	readonly waitSeconds: number;
	readonly timeoutSeconds: number;
	readonly stopSeconds: number;
	readonly keepDays: number;
}

export interface GivenLead {
	readonly name: string;
	readonly phone: string;
	/** What else stands in it. */
	readonly more?: { readonly lastName: string; readonly email: string };
	readonly source?: string;
}

export interface AccountPlan {
	readonly id: string;
	readonly organizationIds: readonly [string, ...string[]];
	readonly outbox: 'disk' | 'off';
	readonly concurrency: number;
	readonly maxPerSecond: number;
	readonly maxTries: number;
	readonly maxWaitSeconds: number;
	readonly timeoutSeconds: number;
	readonly outboxMax: number;
}

export interface NodePlan {
	readonly id: string;
	readonly account: string;
	readonly duplicates: 'allow' | 'run' | 'always';
	readonly unconfirmed: 'report' | 'resend';
	readonly routing: 'split' | 'catch';
}

/** n8n's node and its settings, in a workflow that is executed any number of times. */
export interface N8nPlan {
	readonly onError: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	readonly retryOnFail: boolean;
	readonly outputPerOutcome: boolean;
	readonly duplicates: NodePlan['duplicates'];
	readonly unconfirmed: NodePlan['unconfirmed'];
	readonly concurrency: number;
	readonly maxPerSecond: number;
	readonly maxTries: number;
	readonly maxWaitSeconds: number;
	readonly timeoutSeconds: number;
}

/** A whole run, before it begins: the same seed is the same plan. */
export interface Plan {
	readonly seed: number;
	readonly accounts: readonly AccountPlan[];
	readonly nodes: readonly NodePlan[];
	/** Where it is there, leads come to n8n and not to Node-RED. */
	readonly n8n: N8nPlan | undefined;
	/** Undefined: accounts send to the API itself. */
	readonly gateway: GatewayPlan | undefined;
	/** Leads a second that the API takes of one key; 0: any number. */
	readonly apiLimit: number;
	/** What it tells of that beside its answers; left out: nothing. */
	readonly quota?: QuotaPlan;
	/** How long it takes to answer; left out: some time or other, however many ask. */
	readonly strain?: Strain;
	readonly events: readonly Event[];
	/** In its programs few leads are many. */
	readonly isSmall?: boolean;
	/** From here on everything works. */
	readonly wellMs: number;
}
