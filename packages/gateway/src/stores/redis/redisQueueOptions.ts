import type { QueueDependencies } from '../../leads/queueOptions';
import type { StoredThing } from './schema/stored';
import type { UnreadReason } from './unread';

export interface RedisQueueOptions extends QueueDependencies {
	/** Address of the Redis, perhaps with a user and a password in it. */
	readonly url: string;
	/** How long the API may take to answer, in ms; 1000 to 600,000. */
	readonly timeoutMs: number;
	/** Something in Redis is not read by this gateway; told once of each. */
	readonly onUnread: (thing: StoredThing, reason: UnreadReason) => void;
}
