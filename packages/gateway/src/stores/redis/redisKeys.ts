import type { Account } from '../../leads/accounts';

/** Before every key of BullMQ's, then the queue's name: the key of the API as a hash. */
export const queuePrefix = 'icloud-ready-gateway';

const own = (...parts: readonly string[]): string => [`${queuePrefix}-ledger`, ...parts].join(':');

/** What the gateways note beside BullMQ's own keys. */
export const indexKeys = {
	/** Names of all queues that hold leads. */
	groups: own('groups'),
	/** Keys of jobs, in the order of arrival: leads that have not ended, … */
	open: own('open'),
	/** … those of them that are on their way, … */
	sending: own('sending'),
	/** … and those of accounts never verified, by when they came. */
	unverified: own('unverified'),
	/** How many of the open ones are of each key. */
	shares: own('shares'),
	/** Accounts of which a lead was created, and their keys, by when that was last. */
	verified: own('verified'),
	/** Keys with open leads of which none was ever created, by when each is to be tried. */
	trials: own('trials'),
	/** That the accounts of what ended before were noted among the verified. */
	verifiedBefore: own('verified-before'),
	unconfirmed: own('unconfirmed'),
	ended: own('ended'),
	/**
	 * What leads are found by; see `leadFacets.ts`. A number as a part of its name: a gateway whose members look otherwise
	 * makes a set of its own, and both find what they wrote.
	 */
	facets: own('facets', '1'),
	/** Which copy of this Redis it is, and after which it came; and how many leads were marked as leaving. */
	epoch: own('epoch'),
	sentCount: own('sent-count'),
	/** Which secret the leads were kept with, as a hash. */
	secret: own('secret'),
	/** What was told of what needs a person, … */
	alerts: own('alerts'),
	/** … and which gateway tells it. */
	alertsBy: own('alerts-by'),
	/** The channel on which gateways tell each other what happened. */
	events: own('events'),
} as const;

/** What is noted of a key or an account, by its hash. */
export const stateKeys = {
	hold: (groupOrAccount: string) => own('hold', groupOrAccount),
	/** One lead of an account is under way to see whether it may go again. */
	probe: (account: string) => own('probe', account),
	/** How many sendings in a row got no answer. */
	unanswered: (group: string) => own('unanswered', group),
	pace: (group: string) => own('pace', group),
	/** How often a lead of this account was created lately. */
	passed: (account: string) => own('passed', account),
	/** The first lead of an account. */
	first: (account: string) => own('first', account),
	/** Leads of an account that wait for its key to come by. */
	keyNeeded: (account: string) => own('key-needed', account),
	/** Accounts of an organization whose key is refused. */
	refused: (organization: string) => own('refused', organization),
} as const;

/** A key of the queue `group`, as BullMQ makes it. */
export const queueKey = (group: string, name: string): string => [queuePrefix, group, name].join(':');

const idForm = /^\d{13}-[0-9a-f]{16}$/;

/** The id that a lead's giver knows: sorts by arrival, and is never used again, even where Redis forgot what it was given last. */
export const newId = (nowMs: number, randomHex: string): string =>
	`${String(Math.max(0, Math.floor(nowMs))).padStart(13, '0')}-${randomHex.slice(0, 16)}`;
export const isId = (text: string): boolean => idForm.test(text);
export const arrivedAtMsOf = (id: string): number => Number(id.slice(0, 13));

/** With the account behind it, so that a lead is found by its id alone. */
export const jobKey = (account: Pick<Account, 'id'>, id: string): string => `${id}~${account.id}`;
export const readJobKey = (key: string): { readonly id: string; readonly accountId: string } | undefined => {
	const [id = '', accountId = '', ...more] = key.split('~');
	return isId(id) && /^[\w-]+\.[\w-]*$/.test(accountId) && more.length === 0 ? { id, accountId } : undefined;
};
