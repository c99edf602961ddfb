import { indexKeys } from './redisKeys';
import { eventText, type GatewayEvent, readEvent } from './schema/event';
import type { UnreadReport } from './unread';
import type { Redis } from 'ioredis';

/** What a script of Redis publishes as a lead ends. */
export const endedEvent = (jobKey: string): string => eventText({ kind: 'ended', jobKey });

/** Publishes to all gateways. All receive the same in the same order, and each receives its own. */
export interface PubSub {
	readonly publish: (event: GatewayEvent) => void;
	readonly subscribe: (receive: (event: GatewayEvent) => void) => Promise<void>;
}

export const createPubSub = (blocking: Redis, subscriber: Redis, unread: UnreadReport): PubSub => ({
	// What is not received is looked for by and by.
	publish: (event) => {
		blocking.publish(indexKeys.events, eventText(event)).catch(() => undefined);
	},
	subscribe: async (receive) => {
		subscriber.on('message', (_channel: string, text: string) => {
			const read = readEvent(text);
			if (read.kind === 'known') receive(read.value);
			else if (read.kind === 'newer') unread.newer('event', String(read.schemaVersion), read.schemaVersion);
			else unread.damaged('event', text.slice(0, 100));
		});
		// Whether this is refused is looked at by and by, and told then.
		subscriber.on('ready', () => {
			subscriber.subscribe(indexKeys.events).catch(() => undefined);
		});
		await subscriber.subscribe(indexKeys.events);
	},
});
