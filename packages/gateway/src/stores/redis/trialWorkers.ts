import { mostUnverifiedAtOnce } from '../../leads/queueOptions';
import type { Accepted } from './acceptedAccounts';
import type { CircuitBreakers } from './circuitBreaker';
import { indexKeys, stateKeys, queueKey } from './redisKeys';
import { redisNowMs } from './storedBreaker';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly accepted: Pick<Accepted, 'has'>;
	readonly holds: Pick<CircuitBreakers, 'leftMs'>;
	/** Gives a key a worker. */
	readonly begin: (group: string) => Promise<void>;
	readonly rest: (group: string) => void;
	/** It was accepted meanwhile. */
	readonly passed: (group: string) => Promise<void>;
	/** How long one sending may take. */
	readonly timeoutMs: number;
	readonly now: () => number;
	readonly monotonicMs: () => number;
	readonly sleep: (ms: number) => Promise<void>;
	readonly isClosed: () => boolean;
}

/** Tries keys of which no lead was ever accepted, a few at once and each for a moment: however many are made up, they take no more than that. */
export interface Trials {
	/** Tries whose turn it is, as far as there is room. */
	readonly fill: () => void;
}

const lookEveryMs = 250;
const spareMs = 5000;
/** A gateway that died lets another try the key after so long; one that lives renews that. */
const claimForMs = 6000;
const renewEveryMs = 2000;
/** BullMQ keeps the time of a delayed job in so many steps of a ms. */
const delayedSteps = 0x1000;

/** What a key waits for. `inWork`: something of it is on its way, or could be. */
interface State {
	readonly inWork: boolean;
	/** In how many ms it is to be tried again, if anything of it waits. */
	readonly againInMs: number;
}

const stateOf = async (
	{ redis, holds }: Pick<Means, 'redis' | 'holds'>,
	group: string,
	nowMs: number,
): Promise<State> => {
	const of = (name: string): string => queueKey(group, name);
	const answers =
		(await redis
			.pipeline()
			.llen(of('wait'))
			.llen(of('active'))
			.zrange(of('delayed'), 0, 0, 'WITHSCORES')
			.get(stateKeys.hold(group))
			.time()
			.exec()) ?? [];
	const [waiting, active, delayed, held, time] = answers.map(([, value]) => value) as [
		number,
		number,
		readonly string[],
		string | null,
		unknown,
	];
	const heldMs = held === null ? 0 : holds.leftMs(stateKeys.hold(group), held, redisNowMs(time));
	const dueInMs = delayed[1] === undefined ? Number.POSITIVE_INFINITY : Number(delayed[1]) / delayedSteps - nowMs;
	// Where nothing waited when it was looked at, whatever waits by now has just come.
	const againInMs = Math.max(heldMs, Number.isFinite(dueInMs) && waiting === 0 ? Math.min(dueInMs, spareMs) : 0);
	return { inWork: active > 0 || (waiting > 0 && heldMs <= 0), againInMs: Math.ceil(againInMs) };
};

export const createTrials = ({
	redis,
	accepted,
	holds,
	begin,
	rest,
	passed,
	timeoutMs,
	now,
	monotonicMs,
	sleep,
	isClosed,
}: Means): Trials => {
	let underWay = 0;
	let isFilling = false;

	const tryOut = async (group: string): Promise<void> => {
		const untilMs = monotonicMs() + timeoutMs + spareMs;
		await begin(group);
		let state: State;
		let renewedAtMs = monotonicMs();
		do {
			await sleep(lookEveryMs);
			if (monotonicMs() - renewedAtMs > renewEveryMs) {
				renewedAtMs = monotonicMs();
				await redis.gatewayTried(indexKeys.trials, indexKeys.shares, group, String(claimForMs));
			}
			state = await stateOf({ redis, holds }, group, now());
		} while (state.inWork && monotonicMs() < untilMs && !isClosed() && !(await accepted.has(group)));
		if (await accepted.has(group)) {
			await passed(group);
			return;
		}
		rest(group);
		await redis.gatewayTried(indexKeys.trials, indexKeys.shares, group, String(state.againInMs));
	};
	const fill = async (): Promise<void> => {
		while (underWay < mostUnverifiedAtOnce && !isClosed()) {
			const group = await redis.gatewayClaim(indexKeys.trials, String(claimForMs));
			if (group === '') return;
			underWay++;
			// What could not be done is done when its claim is over.
			void tryOut(group)
				.catch(() => rest(group))
				.finally(() => {
					underWay--;
					fillOnce();
				});
		}
	};
	const fillOnce = (): void => {
		if (isFilling) return;
		isFilling = true;
		fill()
			.catch(() => undefined)
			.finally(() => {
				isFilling = false;
			});
	};
	return { fill: fillOnce };
};
