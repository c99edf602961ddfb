import { monotonicMs } from '../config/monotonic';
import { asText } from '../config/values';
import { evaluateFields, FieldFault } from '../message/evaluateFields';
import { languageOf } from '../message/language';
import { type Draft, draftsIn } from '../message/readMessage';
import type { KeptMessage } from '../message/storableMessage';
import { allOf, listSlices } from '../message/timeSlices';
import type { Arrival, LeadMessage, LeadNode, LeadOrOutcome } from './leadNode';
import { measure, passOutcome } from './passOutcome';
import { issueAt, type Outcome, outcomeOf } from '@icloud-ready/core';
import type { Origin } from '@icloud-ready/outbox';

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
	{ settings, account, record }: LeadNode,
	draft: LeadOrOutcome,
	msg: LeadMessage,
	origin: () => Origin,
): Promise<Outcome | 'kept'> => {
	if (draft.kind === 'outcome') return draft.outcome;
	const chosen = account();
	if (chosen === null || chosen === undefined)
		return outcomeOf({ outcome: 'failed', cause: { kind: 'notConfigured', missing: 'account' } });
	const organizationId = asText(msg.organizationId);
	return await chosen.deliver(
		{
			draft: draft.draft,
			policy: { ...settings.policy, language: languageOf(msg.language) },
			reading: draft.reading,
			once: record?.once,
			...(organizationId === '' ? {} : { organizationId }),
		},
		origin,
	);
};

/**
 * One lead to its outcome, which leaves in the message. `origin`: what an outbox keeps of it; `fill` puts into the
 * message what belongs beside the outcome. Gives the words where Catch must be told.
 */
export const settleLead = async (
	leadNode: LeadNode,
	draft: LeadOrOutcome,
	{ msg, send, ends }: Arrival,
	origin: () => Origin,
	fill: (outcome: Outcome) => void = () => undefined,
): Promise<string | undefined> => {
	const { line } = leadNode;
	line.began();
	const begunAtMs = monotonicMs();
	const outcome = await deliver(leadNode, draft, msg, origin);
	ends.push(outcome === 'kept' ? outcome : outcome.outcome);
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
