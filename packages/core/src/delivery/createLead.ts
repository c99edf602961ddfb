import type { Connection } from '../api/request';
import type { Reading } from '../lead/formReading';
import type { Outcome } from '../outcome/outcome';
import { checkLead } from './checkLead';
import type { Host } from './host';
import { type Policy, policyOf } from './policy';
import { sendOnce } from './sendOnce';

/**
 * One draft to its one outcome: checked, looked up where duplicates are not wanted, sent, and sent again within the
 * policy's budget where that is safe. Settings left out of `policy` have their defaults. Never throws, and never rejects
 * unless the host breaks its word.
 */
export const createLead = async (
	draft: unknown,
	connection: Connection,
	policy: Partial<Policy>,
	host: Host,
	reading: Reading = {},
): Promise<Outcome> => {
	const settings = policyOf(policy);
	const prepared = checkLead(draft, connection, settings, reading);
	return prepared.kind === 'ended' ? prepared.outcome : await sendOnce(prepared, connection, settings, host);
};
