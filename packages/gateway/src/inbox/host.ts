import type { LeadQueue } from '../leads/leadQueue';
import type { Log } from '../watch/log';
import type { Access } from './access';
import type { LockOut } from './lockOut';

/** What the inbox page needs of the running gateway. */
export interface InboxHost {
	readonly queue: Pick<
		LeadQueue,
		'list' | 'facets' | 'find' | 'counts' | 'retry' | 'arrived' | 'discard' | 'correct' | 'damageSeen'
	>;
	/** The id that a lead's giver knows, of its whole one. */
	readonly publicIdOf: (id: string) => string;
	readonly access: Access;
	readonly lockOut: LockOut;
	readonly log: Pick<Log, 'inbox' | 'error'>;
}
