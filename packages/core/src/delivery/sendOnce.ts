import { type Connection, isGateway } from '../api/request';
import type { Outcome } from '../outcome/outcome';
import { noticeText } from '../words/words';
import type { ReadyLead } from './checkLead';
import type { Host } from './host';
import type { Policy } from './policy';
import { sendLead } from './sendLead';

/**
 * Whether a lead whose earlier sending has no known end may be sent once more: a gateway knows it by an idempotency key that
 * this sending shares with the earlier one.
 */
const isResendSafe = (connection: Connection, { duplicates }: Policy, { digest }: Host): boolean =>
	isGateway(connection) && duplicates === 'always' && digest !== undefined && connection.apiKey !== undefined;

/**
 * Sends a checked lead; where duplicates are not wanted and the host keeps a record, only if that does not know its key.
 * Rejects only where the host breaks its word.
 */
export const sendOnce = async (
	ready: ReadyLead,
	connection: Connection,
	policy: Policy,
	host: Host,
): Promise<Outcome> => {
	const unrecorded = (): ReadyLead => ({
		...ready,
		warnings: [...ready.warnings, noticeText({ kind: 'noRecord' }, policy.language)],
	});
	const send = async (isUnrecorded: boolean): Promise<Outcome> =>
		await sendLead(isUnrecorded ? unrecorded() : ready, connection, policy, host);
	if (policy.duplicates === 'allow' || host.dedupe === undefined) return await send(false);
	const outcome = await host.dedupe(ready.key, send, isResendSafe(connection, policy, host) ? 'ifUnanswered' : false);
	return outcome.lead === null ? { ...outcome, lead: ready.lead, warnings: ready.warnings } : outcome;
};
