import { mostUnanswered, pauseMsOf, type Why } from '@icloud-ready/outbox';
import type { Redis } from 'ioredis';
import type { Account } from '../secrets';
import { noteOf } from './keys';

/** Why leads of a key, or of one organization with it, do not leave, for all gateways. */
export interface Hold {
	readonly why: Why;
	readonly inARow: number;
	readonly sinceMs: number;
	readonly untilMs: number;
}

/** What holds back an account's leads: all of its key, or its organization alone. */
export interface Held {
	readonly key?: Hold;
	readonly organization?: Hold;
}

/** What was lifted, and which other accounts wait for a key of this organization. */
export interface Lifted {
	readonly hold?: Hold;
	readonly wasOrganizationHeld: boolean;
	readonly refused: readonly string[];
}

export interface Holds {
	readonly of: (account: Account) => Promise<Held>;
	/** A lead that left at `leftAtMs` met this; what had left before the hold began is the same meeting. */
	readonly begin: (why: Why, account: Account, leftAtMs: number, askedMs?: number) => Promise<Hold>;
	/** A lead got no answer; gives the hold where that was one too many. */
	readonly unanswered: (account: Account, leftAtMs: number) => Promise<Hold | undefined>;
	/** A lead was answered, so nothing holds back its key or its organization. */
	readonly passed: (account: Account, wasCreated: boolean) => Promise<Lifted>;
	readonly lift: (account: Account) => Promise<void>;
	/** Whether this lead may be the one that sees whether its organization may go again. */
	readonly mayProbe: (account: Account, forMs: number) => Promise<boolean>;
	/** When a lead of this account was created last; 0 where that is long ago. */
	readonly passedAtMs: (account: Account) => Promise<number>;
}

const dayMs = 86_400_000;

const readHold = (text: string | null | undefined): Hold | undefined => (text == null ? undefined : (JSON.parse(text) as Hold));

/** The hold after one more meeting of the same. */
const next = (before: Hold | undefined, why: Why, leftAtMs: number, nowMs: number, askedMs?: number): Hold => {
	if (before?.why === why && leftAtMs <= before.sinceMs) return before;
	const inARow = (before?.why === why ? before.inARow : 0) + 1;
	return { why, inARow, sinceMs: nowMs, untilMs: nowMs + pauseMsOf(why, inARow, askedMs) };
};

export const createHolds = (redis: Redis, now: () => number): Holds => {
	const of: Holds['of'] = async ({ id, group }) => {
		const [key, organization] = (await redis.mget(noteOf.hold(group), noteOf.hold(id))).map(readHold);
		return { ...(key === undefined ? {} : { key }), ...(organization === undefined ? {} : { organization }) };
	};
	const begin: Holds['begin'] = async (why, account, leftAtMs, askedMs) => {
		const before = await of(account);
		const isOrganization = why === 'organization';
		const nowMs = now();
		const hold = next(isOrganization ? before.organization : before.key, why, leftAtMs, nowMs, askedMs);
		const note = noteOf.hold(isOrganization ? account.id : account.group);
		await redis.set(note, JSON.stringify(hold), 'PX', Math.max(1, hold.untilMs - nowMs) + dayMs);
		// The key itself was taken.
		if (isOrganization) await redis.del(noteOf.hold(account.group), noteOf.probe(account.id));
		return hold;
	};
	return {
		of,
		begin,
		unanswered: async (account, leftAtMs) => {
			const inARow = await redis.incr(noteOf.unanswered(account.group));
			await redis.pexpire(noteOf.unanswered(account.group), dayMs);
			return inARow >= mostUnanswered ? await begin('answers', account, leftAtMs) : undefined;
		},
		passed: async ({ id, group, organization }, wasCreated) => {
			const batch = redis.pipeline().getdel(noteOf.hold(group)).del(noteOf.hold(id)).del(noteOf.probe(id), noteOf.unanswered(group)).srem(noteOf.refused(organization), id).smembers(noteOf.refused(organization));
			if (wasCreated) batch.set(noteOf.passed(id), String(now()), 'PX', dayMs);
			const [key, own, , , refused] = (await batch.exec()) ?? [];
			const hold = readHold(key?.[1] as string | null | undefined);
			return { ...(hold === undefined ? {} : { hold }), wasOrganizationHeld: own?.[1] === 1, refused: (refused?.[1] ?? []) as readonly string[] };
		},
		lift: async ({ id, group }) => { await redis.del(noteOf.hold(group), noteOf.hold(id), noteOf.probe(id)); },
		mayProbe: async ({ id }, forMs) => (await redis.set(noteOf.probe(id), '1', 'PX', forMs, 'NX')) === 'OK',
		passedAtMs: async ({ id }) => Number((await redis.get(noteOf.passed(id))) ?? 0),
	};
};
