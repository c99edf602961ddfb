import type { Account } from '../../leads/accounts';
import { createLruMap } from '../../leads/lruMap';
import { stateKeys } from './redisKeys';
import { type StoredBreaker, holdOf, openOf, redisNowMs } from './storedBreaker';
import {
	type Answer,
	type Breaker,
	breaker,
	closed,
	eventsOf,
	type HoldReason,
	mostUnanswered,
	type Open,
} from '@icloud-ready/core';
import type { Redis } from 'ioredis';

/** What holds back an account's leads: all of its key, or its organization alone; times are this gateway's `monotonicMs`. */
export interface Held {
	readonly key?: Open;
	readonly organization?: Open;
}

/** What was lifted, and which other accounts wait for a key of this organization. */
export interface Lifted {
	readonly why?: HoldReason;
	readonly wasOrganizationHeld: boolean;
	readonly refused: readonly string[];
}

/** The circuit breakers of all keys and organizations, kept in Redis for all gateways. Times are this gateway's `monotonicMs`. */
export interface CircuitBreakers {
	readonly of: (account: Account) => Promise<Held>;
	/** A lead met what others would meet as well; gives what holds it from now on. */
	readonly refused: (account: Account, answer: Extract<Answer, { kind: 'refused' }>) => Promise<Open>;
	/** A lead got no answer; gives what holds the rest where that was one too many. */
	readonly unanswered: (account: Account, leftAtMs: number) => Promise<Open | undefined>;
	/** A lead told nothing of what holds its organization: the next one may see. */
	readonly undecided: (account: Account) => Promise<void>;
	/** A lead that left at `leftAtMs` was answered. */
	readonly passed: (account: Account, wasCreated: boolean, leftAtMs: number) => Promise<Lifted>;
	readonly lift: (account: Account) => Promise<void>;
	/** Whether this lead may be the one that sees whether its organization may go again; for so long at most, whatever Redis's clock does. */
	readonly mayProbe: (account: Account, probe: string, forMs: number) => Promise<boolean>;
	/** How often a lead of this account was created lately: another number than before says that one was meanwhile. 0: none was. */
	readonly passes: (account: Account) => Promise<number>;
	/** How long the hold in this note lasts still; `text` as Redis gave it at its time `redisMs`. */
	readonly leftMs: (note: string, text: string, redisMs: number) => number;
}

const dayMs = 86_400_000;
const mostNotes = 10_000;

/** A note as this gateway saw it first: from then on its own clock says when the hold ends. */
interface Seen {
	readonly text: string;
	readonly state: Open;
}

export const createCircuitBreakers = (redis: Redis, monotonicMs: () => number): CircuitBreakers => {
	const seen = createLruMap<Seen>(mostNotes);
	const probes = createLruMap<{ readonly by: string; readonly sinceMs: number }>(mostNotes);

	const stateOf = (note: string, text: string | null | undefined, redisMs: number): Breaker => {
		const known = seen.get(note);
		if (known !== undefined && known.text === text) return known.state;
		const state = openOf(text, redisMs, monotonicMs());
		if (state === undefined || text == null) return closed;
		seen.set(note, { text, state });
		return state;
	};
	const read = async ({
		id,
		group,
	}: Account): Promise<{ readonly redisMs: number; readonly shared: Breaker; readonly own: Breaker }> => {
		const answers = (await redis.pipeline().mget(stateKeys.hold(group), stateKeys.hold(id)).time().exec()) ?? [];
		const [notes, time] = answers.map(([error, value]) => {
			if (error !== null) throw error;
			return value;
		});
		const redisMs = redisNowMs(time);
		const [key, organization] = notes as readonly (string | null)[];
		return {
			redisMs,
			shared: stateOf(stateKeys.hold(group), key, redisMs),
			own: stateOf(stateKeys.hold(id), organization, redisMs),
		};
	};
	const write = async (note: string, before: Breaker, after: Breaker, redisMs: number): Promise<void> => {
		if (after.kind !== 'open') {
			if (before.kind !== 'closed') await redis.del(note);
			return;
		}
		if (before.kind === 'open' && after.openedAtMs === before.openedAtMs && after.untilMs === before.untilMs) return;
		const nowMs = monotonicMs();
		const hold: StoredBreaker = holdOf(after, redisMs, nowMs);
		const text = JSON.stringify(hold);
		seen.set(note, { text, state: after });
		await redis.set(note, text, 'PX', Math.max(1, Math.ceil(after.untilMs - nowMs)) + dayMs);
	};
	const learn = async (
		account: Account,
		answer: Answer,
		unanswered = 0,
	): Promise<{ readonly shared: Breaker; readonly own: Breaker }> => {
		const before = await read(account);
		const events = eventsOf(answer);
		const nowMs = monotonicMs();
		const shared = breaker({ ...before.shared, unanswered }, events.shared, nowMs);
		const own = breaker(before.own, events.organization, nowMs);
		await write(stateKeys.hold(account.group), before.shared, shared, before.redisMs);
		await write(stateKeys.hold(account.id), before.own, own, before.redisMs);
		// Whatever it met, nobody waits any longer for what this one sees.
		await redis.del(stateKeys.probe(account.id));
		return { shared, own };
	};

	return {
		of: async (account) => {
			const { shared, own } = await read(account);
			return {
				...(shared.kind === 'open' ? { key: shared } : {}),
				...(own.kind === 'open' ? { organization: own } : {}),
			};
		},
		refused: async (account, answer) => {
			const { shared, own } = await learn(account, answer);
			const state = answer.why === 'organization' ? own : shared;
			if (state.kind !== 'open') throw new Error('A refusal holds nothing.');
			return state;
		},
		unanswered: async (account, leftAtMs) => {
			const consecutiveFailures = await redis.incr(stateKeys.unanswered(account.group));
			await redis.pexpire(stateKeys.unanswered(account.group), dayMs);
			const { shared } = await learn(account, { kind: 'unanswered', leftAtMs }, consecutiveFailures - 1);
			return consecutiveFailures >= mostUnanswered && shared.kind === 'open' ? shared : undefined;
		},
		undecided: async ({ id }) => {
			await redis.del(stateKeys.probe(id));
		},
		passed: async (account, wasCreated, leftAtMs) => {
			const { id, group, organization } = account;
			const batch = redis
				.pipeline()
				.srem(stateKeys.refused(organization), id)
				.smembers(stateKeys.refused(organization))
				.mget(stateKeys.hold(group), stateKeys.hold(id))
				.del(stateKeys.probe(id), stateKeys.unanswered(group));
			if (wasCreated) batch.incr(stateKeys.passed(id)).pexpire(stateKeys.passed(id), dayMs);
			const [, refused, notes] = (await batch.exec()) ?? [];
			const others = { refused: (refused?.[1] ?? []) as readonly string[] };
			// Nothing is held nearly always, and then there is nothing more to be asked.
			if (((notes?.[1] ?? []) as readonly (string | null)[]).every((note) => note === null))
				return { wasOrganizationHeld: false, ...others };
			const before = await read(account);
			const { shared } = await learn(account, { kind: 'passed', leftAtMs });
			const isLifted = before.shared.kind === 'open' && shared.kind === 'closed';
			return {
				...(isLifted ? { why: before.shared.why } : {}),
				wasOrganizationHeld: before.own.kind === 'open',
				...others,
			};
		},
		lift: async ({ id, group }) => {
			await redis.del(stateKeys.hold(group), stateKeys.hold(id), stateKeys.probe(id));
		},
		mayProbe: async ({ id }, probe, forMs) => {
			const note = stateKeys.probe(id);
			if ((await redis.set(note, probe, 'PX', forMs, 'NX')) === 'OK') return true;
			const by = (await redis.get(note)) ?? '';
			const nowMs = monotonicMs();
			const known = probes.get(note);
			if (known === undefined || known.by !== by) {
				probes.set(note, { by, sinceMs: nowMs });
				return false;
			}
			// A note of Redis lasts longer where the time there is set back.
			if (nowMs - known.sinceMs <= forMs) return false;
			await redis.set(note, probe, 'PX', forMs);
			return true;
		},
		passes: async ({ id }) => Number((await redis.get(stateKeys.passed(id))) ?? 0),
		leftMs: (note, text, redisMs) => {
			const state = stateOf(note, text, redisMs);
			return state.kind === 'open' ? Math.max(0, state.untilMs - monotonicMs()) : 0;
		},
	};
};
