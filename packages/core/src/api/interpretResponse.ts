import { type Fault, readFault } from '../outcome/networkFault';
import { type Outcome, outcomeOf, type Reply } from '../outcome/outcome';
import { isRecord } from '../text/json';
import { interpretRefusal } from './interpretRefusal';
import { bodyData } from './responseBody';
import * as z from 'zod/v4-mini';

/** What a created lead is told by: an ID that is not empty, and a number where the API gives one. All else is passed on as it is. */
const createdLead = z.object({
	_id: z.union([z.string().check(z.regex(/\S/)), z.number()]),
	leadNumber: z.catch(z.nullable(z.number()), null),
});

/** A 2xx is a created lead only where its answer names one. */
const interpretAnswer = (status: number, answer: unknown): Outcome => {
	const lead = z.safeParse(createdLead, answer);
	if (!lead.success || !isRecord(answer))
		return outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'unreadable' } }, { status });
	const { _id: id, leadNumber } = lead.data;
	return outcomeOf(
		{ outcome: 'created', cause: { kind: 'answered' }, answer },
		{ status, leadId: String(id), leadNumber },
	);
};

const interpretFault = (fault: Fault): Outcome => {
	const reading = readFault(fault);
	if (reading.kind === 'notReached') return outcomeOf({ outcome: 'failed', cause: reading });
	return outcomeOf({ outcome: 'unconfirmed', cause: reading });
};

/**
 * One sending's reply as an outcome, by the table in the README; no status is without one.
 * A Retry-After that is a date counts from the answer's own Date; `nowMs` (since 1970) stands in where it has none.
 */
export const interpretResponse = (reply: Reply, nowMs?: number): Outcome => {
	if ('fault' in reply) return interpretFault(reply.fault);
	const { status, body } = reply;
	return status >= 200 && status < 300 ? interpretAnswer(status, bodyData(body)) : interpretRefusal(reply, nowMs);
};
