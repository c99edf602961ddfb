import type { Matched } from './matched';

/** What recognizing a form said about a draft, to be passed on with its outcome. */
export interface Reading {
	readonly warnings?: readonly string[];
	readonly notes?: readonly string[];
	readonly matched?: readonly Matched[];
	/** The source's name and its own id of this submission. */
	readonly source?: string;
	readonly dedupeKey?: string;
}
