import { type Connection, hostOf, isSendable, shownRequest } from '../api/request';
import type { Lead } from '../catalog/fields';
import { dedupeKeyOf, type DedupeKey } from '../lead/dedupeKey';
import type { Reading } from '../lead/formReading';
import { type Outcome, outcomeOf } from '../outcome/outcome';
import { readLead } from '../reading/readLead';
import type { Policy } from './policy';

/** What is known of a lead that was kept for a while before it is sent; a gateway takes it for the same one by this. */
export interface QueuedFacts {
	/** Its own alone among all that were ever kept anywhere; it survives a restart. */
	readonly idempotencyKey: string;
	/** So often did somebody want one more lead of it. */
	readonly generation: number;
	/** It may have arrived in an earlier sending. */
	readonly sentBefore: boolean;
}

/** A lead that may be sent. */
export interface ReadyLead {
	readonly kind: 'ready';
	readonly lead: Lead;
	readonly key: DedupeKey;
	readonly warnings: readonly string[];
	readonly notes?: readonly string[];
	readonly queued?: QueuedFacts;
}

/** A draft checked: ready to be sent, or ended before any sending (invalid, dry run, a key that no header can hold). */
export const checkLead = (
	draft: unknown,
	connection: Connection,
	policy: Policy,
	reading: Reading = {},
): ReadyLead | { readonly kind: 'ended'; readonly outcome: Outcome } => {
	const checked = readLead(draft, policy);
	const warnings = [...(reading.warnings ?? []), ...checked.warnings];
	const notes = [...(reading.notes ?? []), ...(checked.notes ?? [])];
	const told = { warnings, ...(notes.length === 0 ? {} : { notes }) };
	if ('issues' in checked) {
		return {
			kind: 'ended',
			outcome: outcomeOf({ outcome: 'invalid', cause: { kind: 'ownCheck' } }, { issues: checked.issues, ...told }),
		};
	}
	const { lead } = checked;
	if (policy.dryRun) {
		const { matched } = reading;
		const request = shownRequest(lead, connection);
		return {
			kind: 'ended',
			outcome: outcomeOf(
				{ outcome: 'dryRun', cause: { kind: 'dryRun' }, request, ...(matched === undefined ? {} : { matched }) },
				{ lead, ...told },
			),
		};
	}
	if (!isSendable(connection)) {
		return {
			kind: 'ended',
			outcome: outcomeOf({ outcome: 'failed', cause: { kind: 'notReached', why: 'header' } }, { lead, ...told }),
		};
	}
	const { source, dedupeKey } = reading;
	const context = { host: hostOf(connection.baseUrl), organizationId: connection.organizationId, source, dedupeKey };
	return { kind: 'ready', lead, key: dedupeKeyOf(lead, policy.duplicateKey, context), ...told };
};
