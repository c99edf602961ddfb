import type { Account } from '../../leads/accounts';
import { createBreakerStore, type StoredBreakers } from './breakerStore';
import { createProbes, type Probes } from './probe';
import { stateKeys } from './redisKeys';
import { counted } from './schema/answers';
import { accountId, only } from './schema/names';
import type { UnreadReport } from './unread';
import {
	type Answer,
	type Breaker,
	breaker,
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
export interface CircuitBreakers extends Probes {
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
	/** How often a lead of this account was created lately: another number than before says that one was meanwhile. 0: none was. */
	readonly passes: (account: Account) => Promise<number>;
	/** How long the hold under `key` lasts still, as it was read at `redisMs`, the time of Redis; undefined where there is none. */
	readonly leftMs: (key: string, text: string | null, redisMs: number) => number | undefined;
}

const dayMs = 86_400_000;

const openOnly = (state: Breaker): Open | undefined => (state.kind === 'open' ? state : undefined);

export const createCircuitBreakers = (
	redis: Redis,
	monotonicMs: () => number,
	unread: UnreadReport,
): CircuitBreakers => {
	const store = createBreakerStore(redis, monotonicMs, unread);

	const learn = async (
		account: Account,
		answer: Answer,
		unanswered = 0,
	): Promise<Pick<StoredBreakers, 'shared' | 'own'>> => {
		const before = await store.read(account);
		const events = eventsOf(answer);
		const nowMs = monotonicMs();
		const shared = breaker({ ...before.shared, unanswered }, events.shared, nowMs);
		const own = breaker(before.own, events.organization, nowMs);
		await store.write(stateKeys.hold(account.group), before.shared, shared, before.redisMs);
		await store.write(stateKeys.hold(account.id), before.own, own, before.redisMs);
		// Whatever it met, nobody waits any longer for what this one sees.
		await redis.del(stateKeys.probe(account.id));
		return { shared, own };
	};

	return {
		...createProbes(redis, monotonicMs),
		of: async (account) => {
			const { shared, own } = await store.read(account);
			const [key, organization] = [openOnly(shared), openOnly(own)];
			return { ...(key === undefined ? {} : { key }), ...(organization === undefined ? {} : { organization }) };
		},
		refused: async (account, answer) => {
			const { shared, own } = await learn(account, answer);
			const state = openOnly(answer.why === 'organization' ? own : shared);
			if (state === undefined) throw new Error('A refusal holds nothing.');
			return state;
		},
		unanswered: async (account, leftAtMs) => {
			const consecutiveFailures = await redis.incr(stateKeys.unanswered(account.group));
			await redis.pexpire(stateKeys.unanswered(account.group), dayMs);
			const { shared } = await learn(account, { kind: 'unanswered', leftAtMs }, consecutiveFailures - 1);
			return consecutiveFailures >= mostUnanswered ? openOnly(shared) : undefined;
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
			const [, refused, holds] = (await batch.exec()) ?? [];
			const others = {
				refused: only(accountId, refused?.[1], () => unread.damaged('index', stateKeys.refused(organization))),
			};
			// Nothing is held nearly always, and then there is nothing more to be asked.
			if (((holds?.[1] ?? []) as readonly unknown[]).every((text) => text === null))
				return { wasOrganizationHeld: false, ...others };
			const before = await store.read(account);
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
		passes: async ({ id }) => counted.parse((await redis.get(stateKeys.passed(id))) ?? 0),
		leftMs: (key, text, redisMs) => {
			const state = openOnly(store.stateOf(key, text, redisMs));
			return state === undefined ? undefined : Math.max(0, state.untilMs - monotonicMs());
		},
	};
};
