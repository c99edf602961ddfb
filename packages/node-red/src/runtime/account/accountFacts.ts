import type { AccountSettings } from '../config/accountSettings';
import { recordFacts } from '../dedupe/sharedRecord';
import type { AccountOutbox } from '../outbox/accountOutbox';
import type { OutboxFacts } from '../outbox/accountOutboxState';
import type { Refused, Sender } from './sender';
import { type DeliveryFacts, type HeldLeads, longestBackMs } from '@icloud-ready/core';

/** What an account knows of its leads. */
export interface AccountFacts {
	readonly delivery: DeliveryFacts;
	/** False: it knows too little yet to say that anything is over. */
	readonly isSettled: boolean;
}

interface Means {
	readonly settings: Pick<AccountSettings, 'organizationId' | 'outboxMax'>;
	readonly sender: Pick<Sender, 'refused'>;
	readonly outbox: Pick<AccountOutbox, 'keepsNew' | 'state' | 'facts'> | undefined;
	/** Milliseconds since 1970. */
	readonly now: () => number;
}

/** What holds leads of the outbox: all that wait for the same are one, but for the organization that does not let them in. */
const heldInOutbox = ({ waiting }: OutboxFacts, ownOrganization: string): readonly HeldLeads[] => {
	const byName = new Map<string, HeldLeads>();
	for (const { partition, why, count } of waiting) {
		if (why === undefined) continue;
		const organizationId = partition === '' ? ownOrganization : partition;
		const name = why === 'organization' ? `${why} ${organizationId}` : why;
		const before = byName.get(name)?.count ?? 0;
		byName.set(name, { why, count: before + count, ...(why === 'organization' ? { organizationId } : {}) });
	}
	return [...byName.values()].sort((one, other) => other.count - one.count);
};

/** Without an outbox no lead waits, and what was refused last is refused still. */
const heldDirect = ({ isKeyRefused, organizations }: Refused): readonly HeldLeads[] => [
	...(isKeyRefused ? [{ why: 'key' as const, count: 0 }] : []),
	...organizations.map((organizationId) => ({ why: 'organization' as const, organizationId, count: 0 })),
];

const nothing: OutboxFacts = { isTried: true, waiting: [] };

/** What an account knows of its leads now, those of its outbox and those that are sent directly. Never rejects. */
export const accountFacts = async ({ settings, sender, outbox, now }: Means): Promise<AccountFacts> => {
	const kept = (await outbox?.facts()) ?? nothing;
	const { counts, isBroken, notLeaving } = outbox?.state() ?? {
		counts: { waiting: 0, sending: 0, unconfirmed: 0 },
		isBroken: false,
		notLeaving: undefined,
	};
	const refused = sender.refused();
	const record = recordFacts();
	const damages = [kept.damage, record.damage].flatMap((damage) => (damage === undefined ? [] : [damage]));
	const held = heldInOutbox(kept, settings.organizationId);
	const direct = heldDirect(refused ?? { isKeyRefused: false, organizations: [] });
	const isHeld = new Set(held.map(({ why, organizationId = '' }) => `${why} ${organizationId}`));
	return {
		isSettled: kept.isTried && (outbox?.keepsNew === true || refused !== undefined),
		delivery: {
			held: [...held, ...direct.filter(({ why, organizationId = '' }) => !isHeld.has(`${why} ${organizationId}`))],
			waiting: counts.waiting + counts.sending,
			unconfirmed: counts.unconfirmed,
			...(kept.waitsSinceMs === undefined ? {} : { waitsSinceMs: kept.waitsSinceMs }),
			...(outbox === undefined ? {} : { maxWaiting: settings.outboxMax }),
			isStoreAway: isBroken,
			isRecordAway: record.isAway,
			damaged: damages.reduce((sum, { leads, unnamed }) => sum + leads + unnamed, 0),
			notLeaving: notLeaving?.count ?? 0,
			// One that lost nothing has nothing for a person to say that it was seen.
			hasGoneBack: damages.some(
				({ isOlder, leads, unnamed, atMs }) => isOlder && (leads + unnamed > 0 || now() - atMs < longestBackMs),
			),
		},
	};
};
