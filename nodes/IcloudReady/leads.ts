import type { IExecuteFunctions } from 'n8n-workflow';
import type { Account } from './account';
import { type Prepared, prepared } from './deliver';
import { dispatchesOf } from './dispatches';
import type { Memory } from './finished';

/**
 * The leads of all incoming items, checked, and why items hold nobody. Item by item, and what was read besides ends here: a
 * run of ten thousand would hold it otherwise, at first all at once and then until its last lead is created.
 */
export const leadsOf = (n8n: Pick<IExecuteFunctions, 'getNodeParameter' | 'getInputData'>, account: Account | undefined, memory: Memory): { readonly leads: Prepared[]; readonly noLeads: readonly string[] } => {
	const leads: Prepared[] = [];
	const noLeads: string[] = [];
	for (const [itemIndex, { json }] of n8n.getInputData().entries()) {
		const { dispatches, noLead } = dispatchesOf(n8n, { itemIndex, submission: json, account });
		for (const dispatch of dispatches) leads.push(prepared(dispatch, memory));
		if (noLead !== undefined) noLeads.push(noLead);
	}
	return { leads, noLeads };
};
