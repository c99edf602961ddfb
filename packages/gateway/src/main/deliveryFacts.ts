import type { LeadQueue } from '../leads/leadQueue';
import type { DeliveryFacts } from '@icloud-ready/core';

/** What a gateway knows of its leads now, for whoever decides whether a person is needed. Rejects where its store does not say. */
export const deliveryFacts = async (
	queue: Pick<LeadQueue, 'isReady' | 'counts' | 'waitingLeads' | 'notLeaving'>,
	maxWaiting: number,
): Promise<DeliveryFacts> => {
	const [isReady, counts, { held, waitsSinceMs }] = await Promise.all([
		queue.isReady(),
		queue.counts(),
		queue.waitingLeads(),
	]);
	return {
		held,
		// Those of keys never accepted fill no queue, and nobody is to look after them.
		waiting: Math.max(0, counts.waiting - counts.unverified),
		unconfirmed: counts.unconfirmed,
		...(waitsSinceMs === undefined ? {} : { waitsSinceMs }),
		maxWaiting,
		isStoreAway: !isReady,
		// What was created is remembered in the store itself.
		isRecordAway: false,
		damaged: counts.damaged ?? 0,
		notLeaving: queue.notLeaving()?.count ?? 0,
		hasGoneBack: counts.hasGoneBack === true,
	};
};
