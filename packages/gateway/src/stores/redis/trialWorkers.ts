import { mostUnverifiedAtOnce } from '../../leads/queueOptions';
import type { CircuitBreakers } from './circuitBreaker';
import { type QueueSnapshot, snapshotOf } from './queueSnapshot';
import { indexKeys } from './redisKeys';
import { groupName } from './schema/names';
import type { UnreadReport } from './unread';
import type { VerifiedAccounts } from './verifiedAccounts';
import type { Watchdog } from './watchdog';
import { trialState, type TrialState } from './workerDecision';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly verified: Pick<VerifiedAccounts, 'has'>;
	readonly breakers: Pick<CircuitBreakers, 'leftMs'>;
	readonly unread: UnreadReport;
	/** Gives a key a worker for the trial. */
	readonly startTrial: (group: string) => Promise<void>;
	readonly stopTrial: (group: string) => void;
	/** It was verified meanwhile. */
	readonly onVerified: (group: string) => Promise<void>;
	readonly watchdog: Pick<Watchdog, 'onTrial'>;
	/** How long one sending may take. */
	readonly timeoutMs: number;
	readonly now: () => number;
	readonly monotonicMs: () => number;
	readonly sleep: (ms: number) => Promise<void>;
	readonly isClosed: () => boolean;
}

/** Tries keys of which no lead was ever created, a few at once and each for a moment: however many are made up, they take no more than that. */
export interface TrialWorkers {
	/** Starts the trials whose turn it is, as far as there is room. */
	readonly fill: () => void;
	/** Those that are under way never come to an end, as it seems: others take their places. */
	readonly startOver: () => void;
}

/** One sending takes some hundred ms: a trial ends soon after its lead does. */
const lookEveryMs = 250;
/** A trial lasts no longer than one sending may take and this. */
const spareMs = 5000;
/** A gateway that died lets another try the key after so long; one that lives renews that. */
export const claimForMs = 6000;
const renewEveryMs = 2000;

/** Trials that are under way here; changed in place. */
interface Trials {
	underWay: number;
	isFilling: boolean;
}

const renew = async ({ redis }: Means, group: string, forMs: number): Promise<void> => {
	await redis.gatewayTried(indexKeys.trials, indexKeys.shares, group, String(forMs));
};

/** Whether one of its leads began or ended meanwhile. */
const hasMoved = (before: QueueSnapshot | undefined, { waiting, active }: QueueSnapshot): boolean =>
	before !== undefined && (waiting < before.waiting || active !== before.active);

/** Lets leads of a key go until none is in work, or one was created. */
const tryOut = async (means: Means, group: string): Promise<void> => {
	const { redis, breakers, verified, monotonicMs, sleep, isClosed, now } = means;
	const untilMs = monotonicMs() + means.timeoutMs + spareMs;
	await means.startTrial(group);
	let snapshot: QueueSnapshot | undefined;
	let state: TrialState;
	let stillSinceMs = monotonicMs();
	let renewedAtMs = monotonicMs();
	do {
		await sleep(lookEveryMs);
		if (monotonicMs() - renewedAtMs > renewEveryMs) {
			renewedAtMs = monotonicMs();
			await renew(means, group, claimForMs);
		}
		const before = snapshot;
		snapshot = await snapshotOf(redis, breakers, group, now());
		if (hasMoved(before, snapshot)) stillSinceMs = monotonicMs();
		state = trialState(snapshot);
	} while (state.inWork && monotonicMs() < untilMs && !isClosed() && !(await verified.has(group)));
	if (await verified.has(group)) {
		// Whoever found it among the unverified just before may have put it back.
		await redis.zrem(indexKeys.trials, group);
		await means.onVerified(group);
		return;
	}
	means.watchdog.onTrial(group, snapshot, state.inWork && !isClosed() ? stillSinceMs : undefined);
	means.stopTrial(group);
	await renew(means, group, state.againInMs);
};

/** Claims keys and tries them as long as there is room. */
const fill = async (means: Means, trials: Trials): Promise<void> => {
	const { redis, isClosed, unread, stopTrial } = means;
	while (trials.underWay < mostUnverifiedAtOnce && !isClosed()) {
		const group = await redis.gatewayClaim(indexKeys.trials, String(claimForMs));
		if (group === '') return;
		// Its claim keeps everybody from it for a while, so that the others have their turn.
		if (!groupName.safeParse(group).success) {
			unread.damaged('index', indexKeys.trials);
			continue;
		}
		trials.underWay++;
		// What could not be done is done when its claim is over.
		void tryOut(means, group)
			.catch(() => stopTrial(group))
			.finally(() => {
				trials.underWay--;
				fillOnce(means, trials);
			});
	}
};

const fillOnce = (means: Means, trials: Trials): void => {
	if (trials.isFilling) return;
	trials.isFilling = true;
	fill(means, trials)
		.catch(() => undefined)
		.finally(() => {
			trials.isFilling = false;
		});
};

export const createTrialWorkers = (means: Means): TrialWorkers => {
	let trials: Trials = { underWay: 0, isFilling: false };
	return {
		fill: () => fillOnce(means, trials),
		startOver: () => {
			trials = { underWay: 0, isFilling: false };
			fillOnce(means, trials);
		},
	};
};
