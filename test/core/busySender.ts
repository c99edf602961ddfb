import {
	type ConcurrencyState,
	initialConcurrency,
	onAnswer,
} from '../../packages/core/src/rateLimit/adaptiveConcurrency';
import { seeded } from '../fixtures/cases';

interface Busy {
	/** How long a lead is at the server. */
	readonly latency: () => number;
	/** What the program itself does for each lead: two thirds before it leaves, the rest once its answer is there. */
	readonly ownMs: number;
	readonly from: number;
	readonly leads: number;
	/** A fixed number of leads at once. @default adaptive */
	readonly atOnce?: number;
	/** An earlier run of the same program. */
	readonly before?: BusyRun;
}

export interface BusyRun {
	readonly tookMs: number;
	readonly endedAtMs: number;
	readonly state: ConcurrencyState;
}

/** Now and then a program does nothing but clean its memory. */
const [pauseShare, longestPauseMs] = [0.01, 20];

/** A program that does one thing at a time, as n8n does: an answer waits while it reads the next lead, and the next lead while it reads an answer. */
export const driveBusy = ({ latency, ownMs, from, leads, atOnce, before }: Busy): BusyRun => {
	const random = seeded(from);
	const own = (ms: number): number => ms * (0.5 + random()) + (random() < pauseShare ? longestPauseMs * random() : 0);
	const beganAtMs = before?.endedAtMs ?? 0;
	let state = before?.state ?? initialConcurrency(0);
	let nowMs = beganAtMs;
	let [left, ended] = [0, 0];
	let underWay: readonly { readonly leftAtMs: number; readonly answeredAtMs: number }[] = [];
	while (ended < leads) {
		const [first] = underWay;
		const mayLeave = left < leads && underWay.length < (atOnce ?? state.level);
		if (first !== undefined && (first.answeredAtMs <= nowMs || !mayLeave)) {
			nowMs = Math.max(nowMs, first.answeredAtMs) + own(ownMs / 3);
			// As the hosts' clocks do, in whole milliseconds.
			state = onAnswer(state, 'answered', Math.floor(first.leftAtMs), Math.floor(nowMs));
			underWay = underWay.slice(1);
			ended++;
		}
		if (left < leads && underWay.length < (atOnce ?? state.level)) {
			nowMs += own((ownMs * 2) / 3);
			left++;
			underWay = [...underWay, { leftAtMs: nowMs, answeredAtMs: nowMs + latency() }].sort(
				(one, other) => one.answeredAtMs - other.answeredAtMs,
			);
		}
	}
	return { tookMs: nowMs - beganAtMs, endedAtMs: nowMs, state };
};
