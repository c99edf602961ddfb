import { createLatest } from '../latest';

/** So many wrong tokens are mistakes; more are guesses. */
const freeTries = 5;
const firstLockMs = 10_000;
const longestLockMs = 600_000;
/** Somebody who mistyped yesterday begins anew today. */
const forgottenAfterMs = 3_600_000;
const mostAddresses = 1000;

/** Keeps whoever guesses tokens from trying many: after a few wrong ones an address has to wait, each time twice as long. */
export interface LockOut {
	/** How long this address may not try; 0 where it may. */
	readonly lockedMs: (address: string) => number;
	readonly wrong: (address: string) => void;
	readonly right: (address: string) => void;
}

interface Tries {
	readonly wrong: number;
	readonly lastAtMs: number;
}
const none: Tries = { wrong: 0, lastAtMs: 0 };

export const createLockOut = (now: () => number): LockOut => {
	const tries = createLatest<Tries>(mostAddresses);
	const triesOf = (address: string): Tries => {
		const known = tries.get(address) ?? none;
		return now() - known.lastAtMs > forgottenAfterMs ? none : known;
	};
	return {
		lockedMs: (address) => {
			const { wrong, lastAtMs } = triesOf(address);
			if (wrong < freeTries) return 0;
			return Math.max(0, lastAtMs + Math.min(longestLockMs, firstLockMs * 2 ** (wrong - freeTries)) - now());
		},
		wrong: (address) => { tries.set(address, { wrong: triesOf(address).wrong + 1, lastAtMs: now() }); },
		right: (address) => { tries.set(address, none); },
	};
};
