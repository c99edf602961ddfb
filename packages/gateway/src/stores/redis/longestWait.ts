import { waitsSinceMs } from './jobData';
import type { JobReader } from './jobReader';
import { arrivedAtMsOf } from './redisKeys';

/** So many of the first are looked at: nearly always the very first waits longest, but where a person has it sent again. */
export const maxLooked = 10;

/**
 * Since when the lead waits that waits longest of these, which come in the order of arrival; in ms since 1970, infinite where there
 * is none. `beforeMs`: those that came later are not read.
 */
export const longestWaitSinceMs = async (
	jobs: Pick<JobReader, 'readByKey'>,
	keys: readonly string[],
	beforeMs = Number.POSITIVE_INFINITY,
): Promise<number> => {
	let sinceMs = beforeMs;
	for (const key of keys) {
		if (arrivedAtMsOf(key) >= sinceMs) break;
		const read = await jobs.readByKey(key);
		const isKnown = read?.kind === 'lead' && read.record.unreadable !== true;
		sinceMs = Math.min(sinceMs, isKnown ? waitsSinceMs(read.record) : arrivedAtMsOf(key));
	}
	return sinceMs;
};
