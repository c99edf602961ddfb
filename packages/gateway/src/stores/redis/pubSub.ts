import { indexKeys } from './redisKeys';
import type { Redis } from 'ioredis';

/** What gateways tell each other; ids and accounts are hashes, and nothing of a lead is in it. */
export type GatewayEvent =
	| { readonly kind: 'ended'; readonly whole: string }
	/** The API answered a lead of this key, `agoMs` after it left. */
	| {
			readonly kind: 'answered';
			readonly group: string;
			readonly isLimited: boolean;
			readonly retryAfterMs: number | null;
			readonly agoMs: number;
	  }
	/** A lead of this account was accepted. */
	| { readonly kind: 'accepted'; readonly account: string }
	/** Leads of this account wait for its key. */
	| { readonly kind: 'lacking'; readonly account: string };

export const endedEvent = (whole: string): string => JSON.stringify({ kind: 'ended', whole } satisfies GatewayEvent);

/** Tells and hears. All hear the same in the same order, and each hears itself. */
export interface PubSub {
	readonly publish: (news: GatewayEvent) => void;
	readonly subscribe: (hear: (news: GatewayEvent) => void) => Promise<void>;
}

const read = (text: string): GatewayEvent | undefined => {
	try {
		return JSON.parse(text) as GatewayEvent;
	} catch {
		return undefined;
	}
};

export const createPubSub = (working: Redis, hearing: Redis): PubSub => ({
	// What is not heard is looked for by and by.
	publish: (news) => {
		working.publish(indexKeys.news, JSON.stringify(news)).catch(() => undefined);
	},
	subscribe: async (hear) => {
		hearing.on('message', (_channel: string, text: string) => {
			const news = read(text);
			if (news !== undefined) hear(news);
		});
		// Whether this is refused is looked at by and by, and told then.
		hearing.on('ready', () => {
			hearing.subscribe(indexKeys.news).catch(() => undefined);
		});
		await hearing.subscribe(indexKeys.news);
	},
});
