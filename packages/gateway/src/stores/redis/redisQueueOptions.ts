import type { QueueDependencies } from '../../leads/queueOptions';
import type { SentJournal } from './sentJournal';
import type { StoredThing } from './schema/stored';
import type { UnreadReason } from './unread';

export interface RedisQueueOptions extends QueueDependencies {
	/** Address of the Redis, perhaps with a user and a password in it. */
	readonly url: string;
	/** How long the API may take to answer, in ms; 1000 to 600,000. */
	readonly timeoutMs: number;
	/** What this gateway keeps on a disk of its own, to notice an older copy of Redis; left out: it cannot. */
	readonly journal?: SentJournal | undefined;
	/** Something in Redis is not read by this gateway; told once of each. */
	readonly onUnread: (thing: StoredThing, reason: UnreadReason) => void;
}
