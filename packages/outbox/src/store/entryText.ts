import type { Entry } from './entry';

/** Raise it when entries or marks are written in another shape; what is of a higher one is left to a newer program. */
export const schemaVersion = 1;

/** An ended lead is its outcome's lead as well, and is written once. */
export const entryText = (entry: Entry): string => {
	const { outcome, payload } = entry;
	const isOwn = outcome !== null && outcome.lead === payload.lead;
	return JSON.stringify(
		isOwn ? { schemaVersion, ...entry, outcome: { ...outcome, lead: undefined } } : { schemaVersion, ...entry },
	);
};
