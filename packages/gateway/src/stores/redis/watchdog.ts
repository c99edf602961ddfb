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
	/** All were seen; gives those that are to be tried again. */
	readonly overdueGroups: () => readonly string[];
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

/** Whether anything of it waits that need not wait for a time of its own. */
const mayLeave = ({ waiting, dueInMs }: QueueSnapshot): boolean => waiting > 0 || dueInMs <= 0;

export const createWatchdog = (means: Means): Watchdog => {
	const { concurrency, longestSendingMs, maxPerSecond, onNotLeaving, isWorking, now, monotonicMs } = means;
	/** Keys that were seen in this round and in the one before. */
	let current = new Map<string, Seen>();
	let before = new Map<string, Seen>();
	let notLeaving: NotLeaving | undefined;

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
	const tell = (found: NotLeaving | undefined): void => {
		const isNew = (found === undefined) !== (notLeaving === undefined);
		notLeaving = found;
		if (isNew) onNotLeaving(found);
	};

	return {
		onProgress: (group) => {
			for (const seen of [before, current]) seen.delete(group);
		},
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
				.filter(({ atMs }) => nowMs - atMs >= overdueAfterMs)
				.sort((one, other) => one.atMs - other.atMs);
			before = current;
			current = new Map();
			const [longest] = overdue;
			tell(
				longest && {
					count: overdue.reduce((sum, { seen }) => sum + Math.max(1, seen.snapshot.waiting), 0),
					reason: reasonOf(longest.group, longest.seen),
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
		},
		notLeaving: () => notLeaving,
	};
};
