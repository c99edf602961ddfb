import type { Account, Credentials, Secrets } from '../leads/accounts';
import { type DuplicateChoice, type Submission, submissionKeyOf, readBody, leadOfBody } from '../leads/submittedLead';
import { refusals } from './messages';
import { type Answer, wordsAnswer } from './responses';

/** The headers that say who gives a lead, as they came. */
export interface Caller {
	readonly apiKey: string;
	readonly organizationId: string;
}

const refused = (
	status: number,
	words: { readonly message: string; readonly hint?: string },
): { readonly kind: 'refused'; readonly answer: Answer } => ({ kind: 'refused', answer: wordsAnswer(status, words) });
type Refused = ReturnType<typeof refused>;

export interface Known {
	readonly kind: 'known';
	readonly credentials: Credentials;
	readonly account: Account;
}

/** Who gives a lead, or asks for one. */
export const readCaller = ({ apiKey, organizationId }: Caller, secrets: Secrets): Known | Refused => {
	const credentials = { apiKey: apiKey.trim(), organizationId: organizationId.trim() };
	if (credentials.apiKey === '') return refused(401, refusals.noKey);
	if (!/^[\x20-\x7e]*$/.test(credentials.apiKey + credentials.organizationId)) return refused(400, refusals.badHeader);
	return { kind: 'known', credentials, account: secrets.accountOf(credentials) };
};

/** A lead to be kept; or what certainly is none, to be passed on at once. */
export type Reading =
	| { readonly kind: 'lead'; readonly given: Submission }
	| { readonly kind: 'noLead'; readonly body: string }
	| Refused;

/** What a request holds; `named` is its Idempotency-Key, undefined where it has none. */
export const readLead = (
	{ credentials, account }: Known,
	body: string,
	named: string | undefined,
	choice: DuplicateChoice,
	secrets: Secrets,
): Reading => {
	if (named !== undefined && !/^[\x21-\x7e]{1,255}$/.test(named)) return refused(400, refusals.badIdempotencyKey);
	const value = readBody(body);
	if (value === undefined) return refused(400, refusals.notJson);
	const lead = leadOfBody(value);
	if (lead === undefined) return { kind: 'noLead', body };
	const mark = submissionKeyOf(secrets, account, lead, named, choice);
	return { kind: 'lead', given: { credentials, account, body, lead, ...(mark === undefined ? {} : { key: mark }) } };
};

/** Seconds that a caller is willing to wait (RFC 7240), at most `mostSeconds`. */
export const waitSecondsOf = (prefer: string | undefined, mostSeconds: number): number => {
	const asked = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:$|[,;])/i.exec(prefer ?? '')?.[1];
	return asked === undefined ? mostSeconds : Math.min(Number(asked), mostSeconds);
};
