import type { IExecuteFunctions } from 'n8n-workflow';
import { defaultPolicy } from '../../packages/core/src';
import { type Account, missingSetting } from './account';
import type { Dispatch } from './deliver';
import { type Entry, readItem } from './entries';
import { readPanel, unreadableOutcome } from './panel';
import { organizationOf, policyOf } from './settings';

/** The leads of one item, ready to be sent; `noLead` says why it holds nobody, where that is so. */
export interface ItemDispatches {
	readonly dispatches: readonly Dispatch[];
	readonly noLead?: string;
}

/** Reads one item by the node's panel. What keeps a lead from being sent is its outcome already. */
export const dispatchesOf = (
	n8n: Pick<IExecuteFunctions, 'getNodeParameter'>,
	{ itemIndex, submission, account }: { readonly itemIndex: number; readonly submission: unknown; readonly account: Account | undefined },
): ItemDispatches => {
	const panel = readPanel(n8n, itemIndex, submission);
	if (panel.kind === 'unreadable') {
		const entry: Entry = { kind: 'ended', outcome: unreadableOutcome(panel.property) };
		return { dispatches: [{ itemIndex, ofItem: 0, entry, connection: { baseUrl: '', organizationId: '' }, policy: defaultPolicy }] };
	}
	const { given, options } = panel;
	const policy = policyOf(options);
	const organizationId = organizationOf(options, account?.organizationId ?? '');
	const connection = { baseUrl: '', ...account, organizationId };
	const missing = policy.dryRun ? undefined : missingSetting(account, organizationId);
	const { entries, noLead } = readItem(given, policy);
	const dispatches = entries.map((read, ofItem): Dispatch => {
		const entry: Entry = missing === undefined || read.kind === 'ended' ? read : { kind: 'ended', outcome: missing };
		return { itemIndex, ofItem, entry, connection, policy };
	});
	return { dispatches, ...(noLead === undefined ? {} : { noLead }) };
};
