import type { RetryMemory } from '../dedupe/retryMemory';
import { accountsOf } from './account';
import { type Prepared, prepared } from './prepare';
import { dispatchesOf } from './readItems';
import { timeSlices } from './timeSlices';
import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * The leads of all incoming items, checked, and why items hold nobody. Item by item, and what was read besides ends here: a
 * run of ten thousand would hold it otherwise, at first all at once and then until its last lead is created.
 */
export const leadsOf = async (
	n8n: Pick<IExecuteFunctions, 'getNodeParameter' | 'getInputData' | 'getCredentials'>,
	memory: RetryMemory,
): Promise<{ readonly leads: Prepared[]; readonly noLeads: readonly string[] }> => {
	const leads: Prepared[] = [];
	const noLeads: string[] = [];
	const accountOf = accountsOf(n8n);
	const pause = timeSlices();
	for (const [itemIndex, { json }] of n8n.getInputData().entries()) {
		const { dispatches, noLead } = await dispatchesOf(n8n, {
			itemIndex,
			submission: json,
			account: await accountOf(itemIndex),
			pause,
		});
		for (const dispatch of dispatches) leads.push(prepared(dispatch, memory));
		if (noLead !== undefined) noLeads.push(noLead);
	}
	return { leads, noLeads };
};
