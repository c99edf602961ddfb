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

/** Who waits for which lead. */
interface Waiting {
	/** The response; the caller is gone when it closes. */
	readonly outgoing: Outgoing;
	readonly account: Account;
	readonly id: string;
}

const isOver = ({ stopping }: WaitingHost, { outgoing }: Waiting): boolean => stopping.aborted || outgoing.destroyed;

/** Waits for one word of the queue, at most for `forMs`; see `createWaiting`. */
const waitOnce = async (
	host: WaitingHost,
	waiting: Waiting,
	forMs: number,
	isNew: boolean,
): Promise<LeadState | undefined> => {
	const { queue, after, stopping } = host;
	const { outgoing, account, id } = waiting;
	const takeBack: (() => void)[] = [];
	try {
		return await new Promise<LeadState | undefined>((resolve, reject) => {
			let isLast = forMs <= 0 || isOver(host, waiting);
			let isLooking = false;
			const look = (): void => {
				if (isLooking) return;
				isLooking = true;
				queue.stateOf(account, id).then((state) => {
					isLooking = false;
					if (isLast || state === undefined || state.kind === 'ended') resolve(state);
				}, reject);
			};
			const lookOnceMore = (): void => {
				isLast = true;
				look();
			};
			outgoing.once('close', lookOnceMore);
			stopping.addEventListener('abort', lookOnceMore);
			takeBack.push(
				() => outgoing.off('close', lookOnceMore),
				() => stopping.removeEventListener('abort', lookOnceMore),
				after(Math.max(0, forMs), lookOnceMore),
			);
			takeBack.push(queue.subscribe(account, id, (state) => (state === undefined ? lookOnceMore() : resolve(state))));
			// Looked for after the watch began, or what ended in between would be waited for.
			if (isLast || !isNew) look();
		});
	} finally {
		for (const each of takeBack) each();
	}
};

/**
 * Waits for the end of a lead, at most for `forMs`, and no longer than its caller does. Resolves with where it stands then;
 * undefined where there is no such lead. `isNew`: it cannot have ended yet, so it is not looked for at first. Rejects
 * where the store cannot be read.
 */
export const createWaiting =
	(host: WaitingHost) =>
	async (
		outgoing: Outgoing,
		account: Account,
		id: string,
		forMs: number,
		isNew: boolean,
	): Promise<LeadState | undefined> => {
		const { queue, monotonicMs } = host;
		const waiting: Waiting = { outgoing, account, id };
		const untilMs = monotonicMs() + forMs;
		for (let isFirst = true; ; isFirst = false) {
			const sliceMs = Math.min(untilMs - monotonicMs(), queue.lookAgainMs);
			const state = await waitOnce(host, waiting, sliceMs, isNew && isFirst);
			if (state === undefined || state.kind === 'ended' || monotonicMs() >= untilMs || isOver(host, waiting))
				return state;
		}
	};
