import type { Damage } from './damage';
import type { Database } from './database';
import { type Entry, factsOf, type LeadPayload } from './entry';
import { keyOf, nameOf, rangeOf, shelfOf } from './entryKeys';
import { entryText } from './entryText';
import type { Findings } from './findings';
import { keysAtOnce, type Operation } from './level';
import type { ReadEntry } from './readEntry';
import { settleFindings } from './settleFindings';
import { outcomeOf } from '@icloud-ready/core';

/** An entry of a damaged store: perhaps it was sent since. */
export const doubtful = <Payload extends LeadPayload>(entry: Entry<Payload>, nowMs: number): Entry<Payload> => {
	const { sentTo: _, resolved: _resolved, ...rest } = entry;
	return {
		...rest,
		outcome:
			entry.unreadable === undefined
				? outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'damaged' } }, factsOf(entry.payload))
				: entry.outcome,
		endedAtMs: nowMs,
	};
};

/** Puts an entry where a person sees it, and its giver is told. */
const asideOperations = <Payload extends LeadPayload>(entry: Entry<Payload>): readonly Operation[] => [
	{ type: 'put', key: keyOf('unconfirmed', entry.id), value: entryText(entry) },
	{ type: 'put', key: keyOf('unacked', entry.id), value: '' },
];

interface Means<Payload extends LeadPayload> {
	readonly database: Database;
	readonly findings: Findings;
	readonly read: ReadEntry<Payload>;
	readonly nowMs: number;
	readonly onProgress?: ((done: number, of: number) => void) | undefined;
}

/** Of these nobody knows whether a later write was lost: they may have left. */
const openShelves = ['waiting', 'sending'] as const;

/** Leads that nothing vouches for are unconfirmed. How many. */
const doubtOpen = async <Payload extends LeadPayload>({ database, read, nowMs }: Means<Payload>): Promise<number> => {
	let count = 0;
	for (const shelf of openShelves)
		for (;;) {
			const rows = await database.rows({ ...rangeOf(shelf), limit: keysAtOnce });
			if (rows.length === 0) break;
			await database.write(
				rows.flatMap(([key, { text, isWhole }]) => [
					{ type: 'del', key } as const,
					...asideOperations(doubtful(read(nameOf(key), text, isWhole), nowMs)),
				]),
			);
			count += rows.length;
		}
	return count;
};

/** Deals with what was found in a store of entries: nothing that may have left is sent, and nothing is lost in silence. */
export const settleEntries = async <Payload extends LeadPayload>(means: Means<Payload>): Promise<Damage> => {
	const { database, findings, read, nowMs, onProgress } = means;
	const doubted = findings.isSure ? 0 : await doubtOpen(means);
	return await settleFindings({
		database,
		findings: doubted === 0 ? findings : { ...findings, doubted },
		nowMs,
		onProgress,
		isOfSame: (key) => (shelfOf(key) === undefined ? key : nameOf(key)),
		standIn: (key, text) => {
			if (shelfOf(key) === undefined) return undefined;
			return asideOperations(doubtful(read(nameOf(key), text), nowMs));
		},
	});
};
