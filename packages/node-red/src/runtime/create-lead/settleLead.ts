import { monotonicMs } from '../config/monotonic';
import { asText } from '../config/values';
import { evaluateFields, FieldFault } from '../message/evaluateFields';
import { languageOf } from '../message/language';
import type { Origin } from '../message/origin';
import { type Draft, draftsIn } from '../message/readMessage';
import type { KeptMessage } from '../message/storableMessage';
import { allOf, listSlices } from '../message/timeSlices';
import type { Arrival, LeadMessage, LeadNode, LeadOrOutcome } from './leadNode';
import { ofCall } from './ofCall';
import { measure, passOutcome } from './passOutcome';
import { withSubmission } from './withSubmission';
import { issueAt, type Outcome, outcomeOf } from '@icloud-ready/core';

const unevaluated = (field: string): Outcome =>
	outcomeOf(
		{ outcome: 'invalid', cause: { kind: 'ownCheck' } },
		{ issues: [issueAt(field, { kind: 'notEvaluated' })] },
	);

/** All that a message holds, read. A field whose expression is broken makes it one invalid lead. */
export const readDrafts = async ({ RED, node, settings }: LeadNode, msg: LeadMessage): Promise<readonly Draft[]> => {
	const { input, fields, policy } = settings;
	try {
		const values = input === 'lead' ? [] : await evaluateFields(RED, node, fields, msg);
		return await allOf(
			draftsIn(input, msg.payload, values, { ...policy, language: languageOf(msg.language) }),
			listSlices,
		);
	} catch (error) {
		if (error instanceof FieldFault) return [{ kind: 'outcome', outcome: unevaluated(error.field) }];
		throw error;
	}
};

/** Where a lead that an outbox keeps came from. */
export const originOf = ({ node }: LeadNode, { message, leftOut }: KeptMessage): Origin => ({
	nodeId: node.id,
	message,
	isTyped: true,
	...(leftOut.length === 0 ? {} : { leftOut }),
});

const deliver = async (
	{ node, settings, account, record, callRecord }: LeadNode,
	draft: LeadOrOutcome,
	{ msg, leadKey, index }: Pick<Arrival, 'msg' | 'leadKey'> & { readonly index: number },
	origin: () => Origin,
): Promise<Outcome | 'kept'> => {
	if (draft.kind === 'outcome') return draft.outcome;
	const chosen = account();
	if (chosen === null || chosen === undefined)
		return outcomeOf({ outcome: 'failed', cause: { kind: 'notConfigured', missing: 'account' } });
	const organizationId = asText(msg.organizationId);
	const recorded = ofCall(
		{
			leadKey,
			nodeId: node.id,
			msg,
			index,
			draft: draft.draft,
			reading: withSubmission(draft.reading, msg, index),
			formId: draft.reading.dedupeKey,
		},
		{ policy: settings.policy, record, callRecord },
	);
	return await chosen.deliver(
		{
			draft: draft.draft,
			policy: { ...settings.policy, ...recorded.policy, language: languageOf(msg.language) },
			reading: recorded.reading,
			once: recorded.once,
			...(organizationId === '' ? {} : { organizationId }),
		},
		origin,
	);
};

/**
 * One lead to its outcome, which leaves in the message. `origin`: what an outbox keeps of it; `index`: its place among the
 * leads of the message, from 0; `fill` puts into the
 * message what belongs beside the outcome. Gives the words where Catch must be told.
 */
export const settleLead = async (
	leadNode: LeadNode,
	draft: LeadOrOutcome,
	{ msg, send, ends, leadKey }: Arrival,
	origin: () => Origin,
	index = 0,
	fill: (outcome: Outcome) => void = () => undefined,
): Promise<string | undefined> => {
	const { line } = leadNode;
	line.began();
	const begunAtMs = monotonicMs();
	const outcome = await deliver(leadNode, draft, { msg, leadKey, index }, origin);
	ends.push(outcome === 'kept' ? { end: outcome } : { end: outcome.outcome, outcome });
	if (outcome === 'kept') {
		line.kept();
		// What a node before this one put there would be taken for this lead's outcome.
		delete msg.icloudReady;
		return undefined;
	}
	line.ended(outcome);
	measure(leadNode, outcome, msg, begunAtMs);
	fill(outcome);
	return passOutcome(leadNode, outcome, { msg, send });
};
