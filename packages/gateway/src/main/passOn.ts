import { refusals } from '../api/messages';
import { answerOf, tryLater } from '../api/responses';
import type { Account } from '../leads/accounts';
import { createLruMap } from '../leads/lruMap';
import { mostUnverifiedAtOnce } from '../leads/queueOptions';
import type { Sender } from '../leads/sendOnce';
import type { AppHost } from './app';
import { createLimiter, type Limiter } from '@icloud-ready/core';

interface Means {
	readonly send: Sender;
	/** Whether a lead of this key was ever created. */
	readonly isVerified: (account: Account) => Promise<boolean>;
	readonly monotonicMs: () => number;
}

/** Accounts whose pace is remembered for what is no lead: whoever forgets one is told of the limit once more. */
const maxPaces = 1000;

/** Passes on what is no lead, such as the question of somebody who tries the connection, and keeps nothing of it. */
export const createPassOn = ({ send, isVerified, monotonicMs }: Means): AppHost['passOn'] => {
	const paces = createLruMap<Limiter>(maxPaces);
	let unverifiedUnderWay = 0;
	const passOnNow: AppHost['passOn'] = async (credentials, account, body) => {
		const pace = paces.get(account.group) ?? paces.set(account.group, createLimiter(0, monotonicMs()));
		const sent = await send({ credentials, body, learn: pace.onReply });
		return sent.outcome === 'failed' && sent.cause.kind === 'notReached'
			? tryLater(refusals.notReached)
			: answerOf(sent);
	};
	return async (credentials, account, body) => {
		const isKnown = await isVerified(account).catch(() => false);
		// Whoever makes up keys takes no connection from the others.
		if (!isKnown && unverifiedUnderWay >= mostUnverifiedAtOnce) return tryLater(refusals.busy);
		unverifiedUnderWay += isKnown ? 0 : 1;
		try {
			return await passOnNow(credentials, account, body);
		} finally {
			unverifiedUnderWay -= isKnown ? 0 : 1;
		}
	};
};
