import type { RetryMemory } from '../dedupe/retryMemory';
import { accountsOf } from './account';
import { createGetParameter } from './getParameter';
import { type Prepared, prepared } from './prepare';
import { dispatchesOf } from './readItems';
import { timeSlices } from './timeSlices';
import type { IExecuteFunctions } from 'n8n-workflow';

/** What reading needs of n8n. */
type Reader = Pick<IExecuteFunctions, 'getNodeParameter' | 'getInputData' | 'getCredentials'>;

/**
 * The leads of all incoming items, checked, in their order. An item is read when somebody asks for the next lead, so that the
 * first ones are on their way while later ones are read, and what was read of an item is held no longer than its leads are.
 * `onNoLead` is told why an item holds nobody.
 */
export const leadsOf = async function* (
	n8n: Reader,
	asTool: boolean,
	memory: RetryMemory,
	onNoLead: (message: string) => void,
): AsyncGenerator<Prepared, void, undefined> {
	const accountOf = accountsOf(n8n);
	const getParameter = createGetParameter(n8n);
	const pause = timeSlices();
	for (const [itemIndex, { json }] of n8n.getInputData().entries()) {
		const account = await accountOf(itemIndex);
		const { dispatches, noLead } = await dispatchesOf(getParameter, { itemIndex, json, account, asTool, pause });
		if (noLead !== undefined) onNoLead(noLead);
		for (const dispatch of dispatches) yield prepared(dispatch, memory);
	}
};

/** The same read to its end at once; `leads` then gives them one after the other and lets go of each. */
export const readAhead = async (leads: AsyncIterable<Prepared>): Promise<Prepared[]> => {
	const all: Prepared[] = [];
	for await (const lead of leads) all.push(lead);
	return all;
};

/** Leads that were read ahead, each let go as it is given. */
export const readBefore = async function* (all: (Prepared | undefined)[]): AsyncGenerator<Prepared, void, undefined> {
	for (const [index, lead] of all.entries()) {
		all[index] = undefined;
		if (lead !== undefined) yield await Promise.resolve(lead);
	}
};
