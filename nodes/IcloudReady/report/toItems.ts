import {
	agentText,
	explain,
	type Outcome,
	outcomeObject,
	sentencesOf,
	wordedOutcome,
} from '../../../packages/core/src';
import type { Delivered } from '../send/deliver';
import type { CreatedView } from '../panel/createdView';
import { createdJson } from './createdItem';
import { failureCause } from './failureCause';
import { type IDataObject, type INode, type INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';

const asItem = (json: Readonly<Record<string, unknown>>, itemIndex: number): INodeExecutionData => ({
	// Outcomes and answers are JSON data, which n8n's own type says in other words.
	json: json as IDataObject,
	pairedItem: { item: itemIndex },
});

/** How outcomes are shown. */
export interface Showing {
	readonly asTool: boolean;
	readonly view: CreatedView;
}

/** What an agent reads: what became of the lead and, in the one sentence that it surely reads, what to do. */
const toolJson = (outcome: Outcome, isRecalled: boolean, view: CreatedView): Readonly<Record<string, unknown>> => {
	const message = agentText(outcome, isRecalled);
	if (outcome.outcome !== 'created') return { ...outcomeObject(wordedOutcome(outcome)), message, hint: '' };
	return { ...createdJson(outcome.answer, { warnings: outcome.warnings }, view), outcome: 'created', message };
};

/** An outcome as an item of its output: the API's answer where the lead was created, else the outcome object. */
export const outcomeItem = (
	{ outcome, itemIndex, isRecalled = false }: Pick<Delivered, 'outcome' | 'itemIndex' | 'isRecalled'>,
	{ asTool, view }: Showing,
): INodeExecutionData => {
	if (asTool) return asItem(toolJson(outcome, isRecalled, view), itemIndex);
	return asItem(
		outcome.outcome === 'created' ? createdJson(outcome.answer, outcome, view) : outcomeObject(wordedOutcome(outcome)),
		itemIndex,
	);
};

/** A failure as n8n's continue modes want it: no other keys, or n8n does not see that it is one. */
export const failureItem = (outcome: Outcome, itemIndex: number, toErrorOutput = false): INodeExecutionData => {
	const worded = wordedOutcome(outcome);
	const { message } = worded;
	const item = asItem({ error: message, message: sentencesOf(worded), details: outcomeObject(worded) }, itemIndex);
	if (!toErrorOutput) return item;
	// An older n8n takes an item with `details` for a success, unless it has an error of its own. One that is seen when the
	// item is copied would replace the item's data by its message.
	return Object.defineProperty(item, 'error', { value: { message }, enumerable: false });
};

/** Who the lead is, where that is known, so that nobody has to count items. */
const personOf = ({ lead }: Outcome): string => {
	const { firstName = '', lastName = '' } = lead?.leadInformation ?? {};
	const name = [firstName, lastName].filter((part) => part !== '').join(' ');
	return name === '' ? '' : `${name}: `;
};

/** What n8n shows under Error details: the status, and the API's own answer. */
const answerLines = ({ status }: Outcome, answer: string | undefined): string[] =>
	status === null ? [] : [answer === undefined ? String(status) : `${status} - ${answer}`];

/**
 * A failure as an error that stops the workflow; `others` says what became of the run's other leads, `answer` what
 * the API said, without the key. The errors of n8n's HTTP client hold it, so that none of them goes in.
 */
export const failureError = (
	node: INode,
	outcome: Outcome,
	itemIndex: number,
	others: string,
	answer?: string,
): NodeApiError | NodeOperationError => {
	const words = explain(outcome);
	// One number of the item: told its index, n8n adds one of its own that counts from zero.
	const message = `${personOf(outcome)}${words.message} [Item ${itemIndex + 1}]`;
	const description = [words.hint, others].filter((part) => part !== '').join(' ');
	const shown = { message, description };
	const error =
		outcome.status === null
			? new NodeOperationError(node, message, shown)
			: new NodeApiError(node, {}, { ...shown, httpCode: String(outcome.status) });
	// n8n replaces a message with words like EPERM in it, and people have names like Keeperman.
	error.message = message;
	error.description = description;
	error.messages = answerLines(outcome, answer);
	const failure = failureCause(outcome);
	if (failure !== undefined) error.failure = failure;
	return error;
};
