import { type Connection, defaultPolicy, isRecord, type Policy, readTriggerItem } from '../../../packages/core/src';
import { type AccountReading, missingSetting } from './account';
import { readOptions } from './policy';
import type { Dispatch } from './prepare';
import { policyBehindTrigger, withTriggerId } from './behindTrigger';
import type { GetParameter, IncomingItem } from './getParameter';
import { type Entry, readItem } from './readItem';
import { readPanel, unreadableOutcome } from './readParameters';

/** The leads of one item, ready to be sent; `noLead` says why it holds nobody, where that is so. */
export interface ItemDispatches {
	readonly dispatches: readonly Dispatch[];
	readonly noLead?: string;
}

/** A lead with what is to be told of its settings before all else. */
const withWarnings = (entry: Entry, warnings: readonly string[]): Entry => {
	if (warnings.length === 0) return entry;
	if (entry.kind === 'ended')
		return { ...entry, outcome: { ...entry.outcome, warnings: [...warnings, ...entry.outcome.warnings] } };
	return { ...entry, reading: { ...entry.reading, warnings: [...warnings, ...(entry.reading.warnings ?? [])] } };
};

/** Nobody wants two leads of one person from one conversation, whatever a model calls twice or words anew. */
const policyOfTool = (policy: Policy): Policy =>
	policy.duplicates === 'allow' ? { ...policy, duplicates: 'run', duplicateKey: 'phone' } : policy;

/** What a chat adds to say where it belongs; it is nothing of the person. */
const chatKeys: readonly string[] = ['chatInput', 'sessionId', 'toolCallId', 'action'];

const withoutChat = (submission: unknown, asTool: boolean): unknown => {
	if (!isRecord(submission) || (!asTool && !('chatInput' in submission))) return submission;
	return Object.fromEntries(Object.entries(submission).filter(([name]) => !chatKeys.includes(name)));
};

/** Reads one item by the node's panel. What keeps a lead from being sent is its outcome already. */
export const dispatchesOf = async (
	getParameter: GetParameter,
	{
		itemIndex,
		json,
		account,
		asTool,
		pause,
	}: IncomingItem & {
		readonly account: AccountReading;
		readonly asTool: boolean;
		readonly pause: () => Promise<void> | undefined;
	},
): Promise<ItemDispatches> => {
	const { payload, submission } = readTriggerItem(json);
	const panel = readPanel(getParameter, { itemIndex, json }, withoutChat(payload, asTool));
	if (panel.kind === 'unreadable') {
		const entry: Entry = { kind: 'ended', outcome: unreadableOutcome(panel.property) };
		const policy = { ...defaultPolicy, dryRun: panel.dryRun };
		return {
			dispatches: [
				{ itemIndex, ofItem: 0, entry, connection: { baseUrl: '', organizationId: '' }, policy, maxPerSecond: 0 },
			],
		};
	}
	const { given, options } = panel;
	const { policy: asSet, maxPerSecond, warnings, ...chosen } = readOptions(options);
	const policy = asTool ? policyOfTool(asSet) : policyBehindTrigger(asSet, options, submission);
	const known = typeof account === 'string' ? undefined : account;
	const organizationId = chosen.organizationId === '' ? (known?.organizationId ?? '') : chosen.organizationId;
	const connection: Connection = {
		baseUrl: known?.baseUrl ?? '',
		organizationId,
		...(known === undefined ? {} : { apiKey: known.apiKey, gateway: known.gateway }),
	};
	const missing = policy.dryRun ? undefined : missingSetting(account, organizationId);
	const { entries, noLead } = await readItem(given, policy, pause);
	const dispatches = entries.map((read, ofItem): Dispatch => {
		const entry: Entry = missing === undefined || read.kind === 'ended' ? read : { kind: 'ended', outcome: missing };
		const told = withTriggerId(withWarnings(entry, [...warnings, ...(known?.warnings ?? [])]), submission, ofItem);
		return {
			itemIndex,
			ofItem,
			entry: told,
			connection,
			policy,
			maxPerSecond,
			...(known === undefined ? {} : { account: known }),
		};
	});
	return { dispatches, ...(noLead === undefined ? {} : { noLead }) };
};
