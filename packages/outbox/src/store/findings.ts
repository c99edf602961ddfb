import type { JournalEntry } from './journalLine';

/** What a database lacks of what its journal says, and what it has beyond that. */
export interface Findings {
	/** What must be there and is not. */
	readonly missing: readonly JournalEntry[];
	/** What stands at a key is not what was written there last; absent where it cannot be had. */
	readonly changed: readonly (readonly [key: string, text: string | undefined])[];
	/** What must not be there: a write that took it away was lost. */
	readonly extra: readonly (readonly [key: string, text: string])[];
	/**
	 * The journal is whole, so nothing else is in doubt. False: it is damaged as well, and of nothing is known whether a later
	 * write was lost.
	 */
	readonly isSure: boolean;
	/** So many more are missing, and nobody knows which. */
	readonly unnamed: number;
	/** Another copy, of an earlier time, stands there. */
	readonly isOlder: boolean;
}

export const isClean = ({ missing, changed, extra, isSure, unnamed }: Findings): boolean =>
	isSure && unnamed === 0 && missing.length + changed.length + extra.length === 0;
