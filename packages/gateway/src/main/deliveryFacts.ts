import type { LeadQueue } from '../leads/leadQueue';
import type { DeliveryFacts } from '@icloud-ready/core';

/** What a gateway knows of its leads now, for whoever decides whether a person is needed. Rejects where its store does not say. */
export const deliveryFacts = async (queue: LeadQueue, maxWaiting: number): Promise<DeliveryFacts> => {
	const [isReady, counts, { held, oldestAtMs }] = await Promise.all([
		queue.isReady(),
		queue.counts(),
		queue.waitingLeads(),
	]);
	return {
		held,
		// Those of keys never accepted fill no queue, and nobody is to look after them.
		waiting: Math.max(0, counts.waiting - counts.unverified),
		unconfirmed: counts.unconfirmed,
		...(oldestAtMs === undefined ? {} : { oldestAtMs }),
		maxWaiting,
		isStoreAway: !isReady,
		isRecordAway: false,
		notLeaving: queue.notLeaving()?.count ?? 0,
	};
};
