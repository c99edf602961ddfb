import { isBelieved } from './quotaBelief';
import { longestHoldMs, type QuotaState } from './serverQuota';

/** In shorter windows what is left changes sooner than several gateways hear of it: there leads leave evenly. */
const leastSteeredMs = 10_000;

/**
 * At which rate leads may leave until a server's next reset, in leads a second, for senders that share a pace and cannot count what
 * the others have on their way; null where no header says, or none that is believed. Never nothing at all: one lead asks.
 */
export const quotaRate = ({ belief, window }: QuotaState, nowMs: number): number | null => {
	if (window === null || !isBelieved(belief, nowMs) || nowMs >= window.endsAtMs + window.lengthMs) return null;
	const { endsAtMs, resetsAtMs, low, lengthMs, quota } = window;
	if (nowMs < endsAtMs && lengthMs >= leastSteeredMs)
		return Math.max(1000 / longestHoldMs, (low * 1000) / Math.max(1000, resetsAtMs - nowMs));
	return quota === null ? null : (quota * 1000) / lengthMs;
};
