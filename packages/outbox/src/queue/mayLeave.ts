import { type Answer, type HoldReason, mostUnanswered, pauseMsOf } from '@icloud-ready/core';

/*
 * When a lead could have left, reckoned from what happened: what was answered last, what was asked for with it, the limits of
 * the settings. What the queue believes is asked nowhere, since it is what may be wrong.
 */

/** What leads that share a key, or an organization, were answered last. */
export interface AnswerHistory {
	/** Since when, and until when at the latest, that keeps others from leaving; undefined where nothing does. */
	readonly refusal?: {
		readonly why: HoldReason;
		readonly times: number;
		readonly atMs: number;
		readonly untilMs: number;
	};
	/** Sendings in a row that got no answer. */
	readonly unanswered: number;
}

export const noAnswers: AnswerHistory = { unanswered: 0 };

const refusedAgain = (
	{ refusal, unanswered }: AnswerHistory,
	why: HoldReason,
	nowMs: number,
	askedMs?: number,
): AnswerHistory => {
	const times = (refusal?.why === why ? refusal.times : 0) + 1;
	const untilMs = Math.max(refusal?.untilMs ?? nowMs, nowMs + pauseMsOf(why, times, askedMs));
	return { unanswered, refusal: { why, times, atMs: nowMs, untilMs } };
};

/** What is known after an answer at `nowMs`. Several refusals at once count for each of them, so this is never too early. */
export const afterAnswer = (before: AnswerHistory, answer: Answer, nowMs: number): AnswerHistory => {
	switch (answer.kind) {
		case 'passed':
			// What left before a refusal was let in before it.
			return before.refusal !== undefined && answer.leftAtMs <= before.refusal.atMs
				? { refusal: before.refusal, unanswered: 0 }
				: noAnswers;
		case 'refused':
			return refusedAgain(before, answer.why, nowMs, answer.askedMs);
		case 'unanswered': {
			const counted: AnswerHistory = { ...before, unanswered: before.unanswered + 1 };
			return counted.unanswered < mostUnanswered ? counted : refusedAgain(counted, 'answers', nowMs);
		}
		case 'undecided':
			return before;
	}
};

/** What decides when the next lead of a line may leave. Times are those of a clock that only goes forward. */
export interface LineFacts {
	/** Since when its first one waits and none of before it does. */
	readonly turnAtMs: number;
	/** When the last one left; undefined where none did. */
	readonly leftAtMs?: number | undefined;
	/** What its key was answered, and what its organization alone was. */
	readonly answers: readonly AnswerHistory[];
	/** How many are on their way now, and how many may be. */
	readonly onTheWay: number;
	readonly concurrency: number;
	/** How long one may be on its way. */
	readonly longestSendingMs: number;
	/** The user's own cap, in leads a second; 0: none. */
	readonly maxPerSecond: number;
}

/** No limit of the API teaches a slower pace than one lead in so long. */
const slowestTurnMs = 12_000;

/** Since when its next lead could have left, or from when on it may. */
export const mayLeaveAtMs = (facts: LineFacts): number => {
	const { turnAtMs, leftAtMs, onTheWay, longestSendingMs, maxPerSecond } = facts;
	const untilMs = facts.answers.map(({ refusal }) => refusal?.untilMs ?? turnAtMs);
	if (leftAtMs === undefined) return Math.max(turnAtMs, ...untilMs);
	// After a refusal one at a time sees whether it is over.
	const isHeld = facts.answers.some(({ refusal }) => refusal !== undefined);
	const isFull = onTheWay >= (isHeld ? 1 : facts.concurrency);
	const turnMs = Math.max(slowestTurnMs, maxPerSecond > 0 ? 1000 / maxPerSecond : 0);
	return Math.max(turnAtMs, ...untilMs, leftAtMs + (isFull ? longestSendingMs : turnMs));
};

/** A lead that could have left for so long, and has not, is told of. */
export const overdueAfterMs = 60_000;

/** Why leads do not leave although nothing that was answered keeps them. */
export type NotLeavingReason =
	/** They are held for this all the same. */
	| HoldReason
	/** As many as may be are on their way, and none comes to an end. */
	| 'sending'
	/** One was taken out of its line and waits for its turn by the rate limit, or for the disk, which does not come. */
	| 'turn'
	/** They stand in no line. */
	| 'line'
	/** Nothing is known that keeps them. */
	| 'unknown';

/** Leads that could have left for a minute, and have not. */
export interface NotLeaving {
	/** How many wait of the keys and organizations that this befell. */
	readonly count: number;
	/** Why those of them do not leave that could have for longest. */
	readonly reason: NotLeavingReason;
	/** Since when these could have, in milliseconds since 1970. */
	readonly sinceMs: number;
}
