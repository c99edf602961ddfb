import type { Account, Credentials, Secrets } from './accounts';
import { type DuplicateKey, dedupeKeyOf, isRecord, type Lead, parseJson } from '@icloud-ready/core';
import { isDeepStrictEqual } from 'node:util';

/** By what a lead without a key of its own is known again. */
export type DuplicateChoice = 'off' | Exclude<DuplicateKey, 'submission'>;

/** How the same lead is known when it comes again. */
export interface SubmissionKey {
	readonly text: string;
	/** Its giver named it, so another body with the same name is a mistake; where a field makes the mark, it is the same lead. */
	readonly isNamed: boolean;
}

/** A lead as it was given. */
export interface Submission {
	readonly credentials: Credentials;
	readonly account: Account;
	/** JSON, passed on as it came. */
	readonly body: string;
	/** What people know it by. */
	readonly lead: Lead;
	readonly key?: SubmissionKey;
}

type Json = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

/** The object in a body; undefined where it is none. */
export const readBody = (body: string): Json | undefined => {
	const value = parseJson(body);
	return isRecord(value) ? value : undefined;
};

/**
 * What people know a lead by, from a body in the API's shape. Undefined where it lacks what the API requires: that is no
 * lead to be kept, but a question of somebody who tries the connection.
 */
export const leadOfBody = (body: Json): Lead | undefined => {
	const person = isRecord(body.leadInformation) ? body.leadInformation : {};
	const [firstName, lastName, phone, email, campaignName, leadSource] = [
		person.firstName,
		person.lastName,
		person.phone,
		person.email,
		body.campaignName,
		body.leadSource,
	].map(textOf) as [string, string, string, string, string, string];
	if (firstName === '' || phone === '') return undefined;
	return {
		leadInformation: { firstName, phone, ...(lastName === '' ? {} : { lastName }), ...(email === '' ? {} : { email }) },
		...(campaignName === '' ? {} : { campaignName }),
		...(leadSource === '' ? {} : { leadSource }),
	};
};

/** The mark of a lead: by the key its giver named, or by the chosen field; undefined where neither is there. */
export const submissionKeyOf = (
	secrets: Secrets,
	account: Account,
	lead: Lead,
	named: string | undefined,
	choice: DuplicateChoice,
): SubmissionKey | undefined => {
	if (named !== undefined) return { text: secrets.markOf(account, 'named', named), isNamed: true };
	if (choice === 'off') return undefined;
	return {
		text: secrets.markOf(account, 'lead', dedupeKeyOf(lead, choice, { host: '', organizationId: '' }).text),
		isNamed: false,
	};
};

/** Whether two bodies say the same, however they are spaced. */
export const isSameBody = (one: string, other: string): boolean => {
	if (one === other) return true;
	try {
		return isDeepStrictEqual(readBody(one), readBody(other));
	} catch {
		// Too deep to be compared, and not the same text.
		return false;
	}
};
