import type { CorrectedLead, LeadDetail } from '../leads/leadQueue';
import { leadOfBody, readBody } from '../leads/submittedLead';
import type { Lead } from '@icloud-ready/core';

/** A lead as it was given, as far as that can be read. */
export const givenOf = ({ body, row }: Pick<LeadDetail, 'body' | 'row'>): unknown =>
	readBody(body) ?? row.sent?.lead ?? {};

/** A corrected lead as a queue takes it: with what lists show of it, as of any lead that is given. */
export const correctedLeadOf = (lead: Lead): CorrectedLead => {
	const body = JSON.stringify(lead);
	return { body, lead: leadOfBody(readBody(body) ?? {}) ?? lead };
};
