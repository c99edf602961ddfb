import type { IExecuteFunctions } from 'n8n-workflow';
import type { Account } from './account';
import { type Prepared, prepared } from './deliver';
import { dispatchesOf } from './dispatches';
import type { Memory } from './finished';

/**
 * The leads of all incoming items, checked, and why items hold nobody. What was read besides ends here: a run of ten
 * thousand items would hold it until its last lead is created.
 */
export const leadsOf = (n8n: Pick<IExecuteFunctions, 'getNodeParameter' | 'getInputData'>, account: Account | undefined, memory: Memory): { readonly leads: readonly Prepared[]; readonly noLeads: readonly string[] } => {
	const read = n8n.getInputData().map(({ json }, itemIndex) => dispatchesOf(n8n, { itemIndex, submission: json, account }));
	return {
		leads: read.flatMap(({ dispatches }) => dispatches.map((dispatch) => prepared(dispatch, memory))),
		noLeads: read.flatMap(({ noLead }) => (noLead === undefined ? [] : [noLead])),
	};
};
