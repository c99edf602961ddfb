import { monotonicMs } from '../config/monotonic';
import { inLanguage } from '../message/language';
import type { LeadMessage, LeadNode, Send } from './leadNode';
import { routeOf } from './routing';
import { isFailure, type Outcome, outcomeObject } from '@icloud-ready/core';
import type { Node } from 'node-red';

/** In the words of an outcome it would say that nothing was created, which nobody knows. */
export const unknownEnd =
	'Something failed while handling this lead, so its outcome is unknown. Look for it in iCloud-Ready before sending it again.';

/** Whether a running node is behind an output; Node-RED's types do not tell of wires. */
const isWired = ({ RED, node }: LeadNode, index: number): boolean =>
	((node as unknown as { readonly wires?: readonly (readonly string[])[] }).wires?.[index] ?? []).some(
		(id) => RED.nodes.getNode(id) != null,
	);

/**
 * Puts the outcome into the message and sends it where it belongs; `more` stands beside the outcome. Gives the words
 * where Catch must be told.
 */
export const passOutcome = (
	leadNode: LeadNode,
	outcome: Outcome,
	{ msg, send }: { readonly msg: LeadMessage; readonly send: Send },
	more: Readonly<Record<string, unknown>> = {},
): string | undefined => {
	const told = inLanguage(outcome, msg.language);
	msg.icloudReady = { ...outcomeObject(told), ...more };
	if (outcome.outcome === 'created') msg.payload = outcome.answer;
	const route = routeOf(outcome, leadNode.settings.routing, (index) => isWired(leadNode, index));
	const words = [told.message, told.hint].filter((text) => text !== '').join(' ');
	if (leadNode.isClosed() && isFailure(outcome)) {
		// The nodes behind the outputs, and Catch, may have stopped before this one: the log is what is left.
		leadNode.failures.add(words);
		return undefined;
	}
	if (route.to === 'catch') return words;
	send([...Array<null>(route.index).fill(null), msg]);
	return undefined;
};

/** False where there is no Catch node that listens. Node-RED has no call for it that does not fill the log where that is so. */
const toldCatch = (node: Node, words: string, msg: LeadMessage): boolean | undefined =>
	(
		node as unknown as {
			readonly _flow?: { readonly handleError?: (node: Node, words: string, msg: LeadMessage) => boolean };
		}
	)._flow?.handleError?.(node, words, msg);

/** Tells the Catch nodes, and the log where none listens. */
export const tellCatch = ({ node, failures }: LeadNode, words: string, msg: LeadMessage): void => {
	const told = toldCatch(node, words, msg);
	if (told === undefined) node.error(words, msg);
	else if (!told) failures.add(words);
};

/** How long a lead took, for whoever collects Node-RED's metrics. */
export const measure = ({ node }: LeadNode, outcome: Outcome, msg: LeadMessage, begunAtMs: number): void => {
	// Without a name it says whether anybody collects metrics, which hardly anybody does.
	if (node.metric()) node.metric(`lead.${outcome.outcome}`, msg, monotonicMs() - begunAtMs);
};
