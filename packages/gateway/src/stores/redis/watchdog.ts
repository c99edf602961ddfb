import type { QueueSnapshot } from './queueSnapshot';
import { mayLeaveAtMs, type NotLeaving, type NotLeavingReason, overdueAfterMs } from '@icloud-ready/outbox';

interface Means {
	/** Leads of one key that are on their way at once, from all gateways together. */
	readonly concurrency: number;
	/** How long a lead may be on its way, and that of a gateway that died until another takes it. */
	readonly longestSendingMs: number;
	readonly maxPerSecond: number;
	/** Told as it begins and as it ends. */
	readonly onNotLeaving: (notLeaving: NotLeaving | undefined) => void;
	readonly isWorking: (group: string) => boolean;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	readonly monotonicMs: () => number;
}

/** Looks after the queues of all keys: whatever could have left for a minute and has not is told, and tried again. */
export interface Watchdog {
	/** A lead of this key was answered, or ended, at any gateway. */
	readonly onProgress: (group: string) => void;
	/** How the queue of a key stands. */
	readonly observe: (group: string, snapshot: QueueSnapshot) => void;
	/** A key that was never verified was tried here; `inVainSinceMs`: leads of it could leave since then and did not. */
	readonly onTrial: (group: string, snapshot: QueueSnapshot, inVainSinceMs: number | undefined) => void;
	/** Which of those keys has its turn, and since when; undefined where none has. All of them stand in one line. */
	readonly observeTrials: (first: string | undefined) => void;
	/** All were seen; gives those that are to be tried again. */
	readonly overdueGroups: () => readonly string[];
	/** As of then: the line of keys that were never verified does not move, whoever is first in it. */
	readonly areTrialsOverdue: () => boolean;
	/** They could not all be seen: what was reckoned is begun anew. */
	readonly startOver: () => void;
	readonly notLeaving: () => NotLeaving | undefined;
}

/** What is known of a key of which a lead may leave. */
interface Seen {
	readonly turnAtMs: number;
	leftAtMs: number | undefined;
	readonly snapshot: QueueSnapshot;
	triedAtMs: number | undefined;
}

/** One that does not leave is tried again so often. */
const tryEveryMs = 30_000;
/** Of made-up keys no more are remembered. */
const mostVain = 1000;
/** Another gateway tries it since, or nothing of it is there any more. */
const forgetVainAfterMs = 600_000;

/** Of a key that was never verified: since when it is tried in vain, and when that was last. */
interface Vain {
	readonly sinceMs: number;
	readonly atMs: number;
	readonly snapshot: QueueSnapshot;
}

/** Something that does not leave. */
interface Overdue {
	readonly atMs: number;
	readonly count: number;
	readonly reason: NotLeavingReason;
}

/** Whether anything of it waits that need not wait for a time of its own. */
const mayLeave = ({ waiting, dueInMs }: QueueSnapshot): boolean => waiting > 0 || dueInMs <= 0;

export const createWatchdog = (means: Means): Watchdog => {
	const { concurrency, longestSendingMs, maxPerSecond, onNotLeaving, isWorking, now, monotonicMs } = means;
	/** Keys that were seen in this round and in the one before. */
	let current = new Map<string, Seen>();
	let before = new Map<string, Seen>();
	let notLeaving: NotLeaving | undefined;
	const vain = new Map<string, Vain>();
	let trialLine: { readonly first: string; readonly sinceMs: number } | undefined;
	let areTrialsOverdue = false;

	const sinceMs = ({ turnAtMs, leftAtMs, snapshot: { active, heldMs = 0 } }: Seen, nowMs: number): number =>
		mayLeaveAtMs({
			turnAtMs,
			leftAtMs,
			answers:
				heldMs > 0
					? [{ refusal: { why: 'limit', times: 1, atMs: nowMs, untilMs: nowMs + heldMs }, unanswered: 0 }]
					: [],
			onTheWay: active,
			concurrency,
			longestSendingMs,
			maxPerSecond,
		});
	const reasonOf = (group: string, { snapshot: { active } }: Seen): NotLeavingReason => {
		if (active > 0) return 'sending';
		return isWorking(group) ? 'unknown' : 'line';
	};
	/** What does not leave of keys that were never verified: those tried in vain, and all where their line does not move. */
	const trialsOverdue = (nowMs: number): readonly Overdue[] => {
		const found: Overdue[] = [];
		for (const [group, { sinceMs: stillSinceMs, atMs: lastAtMs, snapshot }] of [...vain]) {
			const isSending = snapshot.active > 0;
			const atMs = stillSinceMs + (isSending ? longestSendingMs : 0);
			if (nowMs - lastAtMs > forgetVainAfterMs) vain.delete(group);
			else if (nowMs - atMs >= overdueAfterMs)
				found.push({ atMs, count: Math.max(1, snapshot.waiting), reason: isSending ? 'sending' : 'unknown' });
		}
		// As long as all places are taken by trials that take as long as they may, the line stands still.
		const movesByMs = trialLine === undefined ? Number.POSITIVE_INFINITY : trialLine.sinceMs + longestSendingMs;
		areTrialsOverdue = nowMs - movesByMs >= overdueAfterMs;
		if (!areTrialsOverdue) return found;
		trialLine = undefined;
		return [...found, { atMs: movesByMs, count: 1, reason: 'line' }];
	};
	const tell = (found: NotLeaving | undefined): void => {
		const isNew = (found === undefined) !== (notLeaving === undefined);
		notLeaving = found;
		if (isNew) onNotLeaving(found);
	};

	return {
		onProgress: (group) => {
			for (const seen of [before, current]) seen.delete(group);
			vain.delete(group);
		},
		onTrial: (group, snapshot, inVainSinceMs) => {
			const before = vain.get(group);
			vain.delete(group);
			if (inVainSinceMs === undefined) return;
			vain.set(group, { sinceMs: before?.sinceMs ?? inVainSinceMs, atMs: monotonicMs(), snapshot });
			const [oldest] = vain.keys();
			if (vain.size > mostVain && oldest !== undefined) vain.delete(oldest);
		},
		observeTrials: (first) => {
			if (first === trialLine?.first) return;
			trialLine = first === undefined ? undefined : { first, sinceMs: monotonicMs() };
		},
		areTrialsOverdue: () => areTrialsOverdue,
		observe: (group, snapshot) => {
			if (!mayLeave(snapshot)) return;
			const last = before.get(group);
			const nowMs = monotonicMs();
			const isNew = last === undefined || (last.snapshot.heldMs ?? 0) > 0;
			// One more or one less on its way: something moves.
			const hasMoved = snapshot.active > 0 && last?.snapshot.active !== snapshot.active;
			current.set(group, {
				turnAtMs: isNew ? nowMs : last.turnAtMs,
				leftAtMs: hasMoved ? nowMs : last?.leftAtMs,
				snapshot,
				triedAtMs: last?.triedAtMs,
			});
		},
		overdueGroups: () => {
			const nowMs = monotonicMs();
			const overdue = [...current]
				.map(([group, seen]) => ({ group, seen, atMs: sinceMs(seen, nowMs) }))
				.filter(({ atMs }) => nowMs - atMs >= overdueAfterMs);
			before = current;
			current = new Map();
			const all = [
				...overdue.map(({ group, seen, atMs }) => ({
					atMs,
					count: Math.max(1, seen.snapshot.waiting),
					reason: reasonOf(group, seen),
				})),
				...trialsOverdue(nowMs),
			].sort((one, other) => one.atMs - other.atMs);
			const [longest] = all;
			tell(
				longest && {
					count: all.reduce((sum, { count }) => sum + count, 0),
					reason: longest.reason,
					sinceMs: now() - (nowMs - longest.atMs),
				},
			);
			const again = overdue.filter(({ seen }) => nowMs - (seen.triedAtMs ?? 0) >= tryEveryMs);
			for (const { seen } of again) seen.triedAtMs = nowMs;
			return again.map(({ group }) => group);
		},
		startOver: () => {
			before = new Map();
			current = new Map();
			trialLine = undefined;
		},
		notLeaving: () => notLeaving,
	};
};
