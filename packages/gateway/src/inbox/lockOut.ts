import { createLruMap } from '../leads/lruMap';
import { isIPv6 } from 'node:net';

/** So many wrong tokens are mistakes; more are guesses. */
const freeTries = 5;
const firstLockMs = 10_000;
const longestLockMs = 600_000;
/** Somebody who mistyped yesterday begins anew today. */
const forgottenAfterMs = 3_600_000;
const mostAddresses = 1000;
/** Wrong tokens of all addresses together that are taken at once, and after how long one more is. */
const freeTriesOfAll = 50;
const oneMoreOfAllMs = 10_000;

/**
 * Keeps whoever guesses tokens from trying many: after a few wrong ones an address has to wait, each time twice as long, and
 * all addresses together may try a certain number. A try counts as wrong from its begin on, so that those sent together are
 * no more than those sent one after the other.
 */
export interface LockOut {
	/** Begins a try; gives how long this address has to wait where it may not, and 0 where it may. */
	readonly begin: (address: string) => number;
	/** The try that this address began was with the right token. */
	readonly right: (address: string) => void;
}

interface Tries {
	readonly wrong: number;
	readonly lastAtMs: number;
	/** Somebody signed in from here: strangers cannot keep them out. */
	readonly isKnown: boolean;
}
const none: Tries = { wrong: 0, lastAtMs: 0, isKnown: false };

/** Whoever has one address of IPv6 has a whole network of them. */
export const sourceOf = (address: string): string => {
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
	if (mapped !== undefined) return mapped;
	const [bare = ''] = address.split('%');
	if (!isIPv6(bare)) return address;
	const [head = '', tail] = bare.toLowerCase().split('::');
	const groups = head === '' ? [] : head.split(':');
	const rest = tail === undefined || tail === '' ? [] : tail.split(':');
	const filled =
		tail === undefined
			? groups
			: [...groups, ...Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0'), ...rest];
	return `${filled
		.slice(0, 4)
		.map((group) => Number.parseInt(group, 16).toString(16))
		.join(':')}::/64`;
};

export const createLockOut = (now: () => number): LockOut => {
	const tries = createLruMap<Tries>(mostAddresses);
	/** Tries of all addresses that are still counted, of which one is forgotten now and then. */
	let ofAll = { count: 0, atMs: now() };

	const triesOf = (source: string): Tries => {
		const known = tries.get(source) ?? none;
		return now() - known.lastAtMs > forgottenAfterMs ? { ...none, isKnown: known.isKnown } : known;
	};
	const refresh = (): void => {
		// The clock may be set back; what was counted stays, and its time begins anew.
		if (ofAll.atMs > now()) ofAll = { ...ofAll, atMs: now() };
		const forgotten = Math.max(0, Math.floor((now() - ofAll.atMs) / oneMoreOfAllMs));
		ofAll =
			ofAll.count <= forgotten
				? { count: 0, atMs: now() }
				: { count: ofAll.count - forgotten, atMs: ofAll.atMs + forgotten * oneMoreOfAllMs };
	};
	const lockedMs = ({ wrong, lastAtMs, isKnown }: Tries): number => {
		const lockMs = wrong < freeTries ? 0 : Math.min(longestLockMs, firstLockMs * 2 ** (wrong - freeTries));
		const own = Math.min(lockMs, Math.max(0, lastAtMs + lockMs - now()));
		const shared = isKnown || ofAll.count < freeTriesOfAll ? 0 : Math.max(1, ofAll.atMs + oneMoreOfAllMs - now());
		return Math.max(own, shared);
	};
	return {
		begin: (address) => {
			refresh();
			const source = sourceOf(address);
			const before = triesOf(source);
			const waitMs = lockedMs(before);
			if (waitMs > 0) return waitMs;
			tries.set(source, { ...before, wrong: before.wrong + 1, lastAtMs: now() });
			ofAll = { ...ofAll, count: ofAll.count + 1 };
			return 0;
		},
		right: (address) => {
			tries.set(sourceOf(address), { ...none, lastAtMs: now(), isKnown: true });
			ofAll = { ...ofAll, count: Math.max(0, ofAll.count - 1) };
		},
	};
};
