import type { AccountSettings } from '../config/accountSettings';
import type { Origin } from '../message/origin';
import type { AccountOutbox } from '../outbox/accountOutbox';
import { draftAsGiven, personOf } from '../outbox/givenDraft';
import type { QueuedLead } from '../outbox/queuedLead';
import type { Drain } from './drain';
import type { Delivery, Sender } from './sender';
import { type Outcome, outcomeOf } from '@icloud-ready/core';
import type { NewEntry } from '@icloud-ready/outbox';
import { randomUUID } from 'node:crypto';

/** What delivering needs of an account that runs. */
export interface Delivering {
	readonly settings: Pick<AccountSettings, 'outboxMax' | 'keepInvalid'>;
	readonly sender: Pick<Sender, 'direct' | 'check'>;
	/** What is on its way without an outbox, for the account to wait for when it closes. */
	readonly underWay: Pick<Drain, 'track'>;
	readonly outbox: Pick<AccountOutbox, 'keepsNew' | 'put' | 'putEnded'> | undefined;
}

/** What is kept of a draft that is no lead: as much as people know it by, and the draft itself, to be put right. */
const invalidLead = ({ draft, policy, organizationId = '' }: Delivery, origin: Origin): NewEntry<QueuedLead> => {
	const given = draftAsGiven(draft);
	const lead = personOf(given);
	return {
		partition: organizationId,
		payload: {
			lead,
			warnings: [],
			key: { by: 'phone', value: lead.leadInformation.phone, text: '' },
			policy,
			origin,
			draft: given,
		},
	};
};

/** One lead through the outbox, where the account keeps leads, else straight to the API. Never rejects. */
export const deliver = async (
	{ settings, sender, underWay, outbox }: Delivering,
	delivery: Delivery,
	origin: () => Origin,
): Promise<Outcome | 'kept'> => {
	const direct = async (): Promise<Outcome> => await underWay.track(sender.direct(delivery));
	if (outbox?.keepsNew !== true || delivery.policy.dryRun === true) return await direct();
	const ready = sender.check(delivery);
	if (ready.kind === 'ended') {
		if (settings.keepInvalid && ready.outcome.outcome === 'invalid')
			await outbox.putEnded(invalidLead(delivery, origin()), ready.outcome);
		return ready.outcome;
	}
	const { lead, warnings, notes, key } = ready;
	const told = { lead, warnings, ...(notes === undefined ? {} : { notes }) };
	const put = await outbox.put({
		partition: delivery.organizationId ?? '',
		payload: { ...told, key, policy: delivery.policy, origin: origin() },
		idempotencyKey: randomUUID(),
	});
	switch (put) {
		case 'kept':
			return 'kept';
		case 'full':
			return outcomeOf({ outcome: 'failed', cause: { kind: 'outboxFull', most: settings.outboxMax } }, told);
		case 'direct':
			return await direct();
	}
};
