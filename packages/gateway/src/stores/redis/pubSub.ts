import { books } from './redisKeys';
import type { Redis } from 'ioredis';

/** What gateways tell each other; ids and accounts are hashes, and nothing of a lead is in it. */
export type News =
	| { readonly kind: 'ended'; readonly whole: string }
	/** The API answered a lead of this key, `agoMs` after it left. */
	| { readonly kind: 'answered'; readonly group: string; readonly isLimited: boolean; readonly retryAfterMs: number | null; readonly agoMs: number }
	/** A lead of this account was accepted. */
	| { readonly kind: 'accepted'; readonly account: string }
	/** Leads of this account wait for its key. */
	| { readonly kind: 'lacking'; readonly account: string };

export const endedNews = (whole: string): string => JSON.stringify({ kind: 'ended', whole } satisfies News);

/** Tells and hears. All hear the same in the same order, and each hears itself. */
export interface Newsroom {
	readonly tell: (news: News) => void;
	readonly listen: (hear: (news: News) => void) => Promise<void>;
}

const read = (text: string): News | undefined => {
	try {
		return JSON.parse(text) as News;
	} catch {
		return undefined;
	}
};

export const createNewsroom = (working: Redis, hearing: Redis): Newsroom => ({
	// What is not heard is looked for by and by.
	tell: (news) => { working.publish(books.news, JSON.stringify(news)).catch(() => undefined); },
	listen: async (hear) => {
		hearing.on('message', (_channel: string, text: string) => {
			const news = read(text);
			if (news !== undefined) hear(news);
		});
		// Whether this is refused is looked at by and by, and told then.
		hearing.on('ready', () => { hearing.subscribe(books.news).catch(() => undefined); });
		await hearing.subscribe(books.news);
	},
});
