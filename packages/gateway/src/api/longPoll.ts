import type { Account } from '../leads/accounts';
import type { LeadQueue } from '../leads/leadQueue';
import type { LeadState } from '../leads/leadState';
import type { HttpBindings } from '@hono/node-server';

export interface WaitingHost {
	readonly queue: LeadQueue;
	/** Milliseconds on a clock that only goes forward. */
	readonly monotonicMs: () => number;
	/** Calls `wake` after `ms`; the returned function takes that back. */
	readonly after: (ms: number, wake: () => void) => () => void;
	/** Aborted as soon as the gateway takes no more leads. */
	readonly stopping: AbortSignal;
}

type Outgoing = HttpBindings['outgoing'];

/**
 * Waits for the end of a lead, at most so long, and no longer than its caller does. Resolves with where it stands then;
 * undefined where there is no such lead. `isNew`: it cannot have ended yet, so it is not looked for at first. Rejects
 * where the store cannot be read.
 */
export const createWaiting = ({ queue, monotonicMs, after, stopping }: WaitingHost) => {
	const next = async (
		outgoing: Outgoing,
		account: Account,
		id: string,
		ms: number,
		isNew: boolean,
	): Promise<LeadState | undefined> => {
		const taking: (() => void)[] = [];
		try {
			return await new Promise<LeadState | undefined>((resolve, reject) => {
				let isOver = ms <= 0 || stopping.aborted || outgoing.destroyed;
				let isLooking = false;
				const look = (): void => {
					if (isLooking) return;
					isLooking = true;
					queue.stateOf(account, id).then((standing) => {
						isLooking = false;
						if (isOver || standing === undefined || standing.kind === 'ended') resolve(standing);
					}, reject);
				};
				const over = (): void => {
					isOver = true;
					look();
				};
				outgoing.once('close', over);
				stopping.addEventListener('abort', over);
				taking.push(
					() => outgoing.off('close', over),
					() => stopping.removeEventListener('abort', over),
					after(Math.max(0, ms), over),
				);
				taking.push(queue.subscribe(account, id, (standing) => (standing === undefined ? over() : resolve(standing))));
				// Looked for after the watch began, or what ended in between would be waited for.
				if (isOver || !isNew) look();
			});
		} finally {
			for (const takeBack of taking) takeBack();
		}
	};

	return async (
		outgoing: Outgoing,
		account: Account,
		id: string,
		forMs: number,
		isNew: boolean,
	): Promise<LeadState | undefined> => {
		const untilMs = monotonicMs() + forMs;
		for (let isFirst = true; ; isFirst = false) {
			const standing = await next(
				outgoing,
				account,
				id,
				Math.min(untilMs - monotonicMs(), queue.lookAgainMs),
				isNew && isFirst,
			);
			if (
				standing === undefined ||
				standing.kind === 'ended' ||
				monotonicMs() >= untilMs ||
				stopping.aborted ||
				outgoing.destroyed
			)
				return standing;
		}
	};
};
