import { type Damage, damageNote } from './damage';
import type { Database } from './database';
import { type Entry, factsOf, type LeadPayload } from './entry';
import { keyOf, nameOf, rangeOf, shelfOf } from './entryKeys';
import { entryText } from './entryText';
import type { Findings } from './findings';
import { keysAtOnce, type Operation } from './level';
import type { ReadEntry } from './readEntry';
import { damageWith, settleFindings } from './settleFindings';
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

/**
 * Leads that nothing vouches for are unconfirmed. What was found goes with the first write, and how many they are with each:
 * later the database says of itself what it holds then, and not what it had held.
 */
const doubtOpen = async <Payload extends LeadPayload>(means: Means<Payload>): Promise<void> => {
	const { database, findings, read, nowMs } = means;
	let damage = await damageWith(database, findings, nowMs);
	await database.write([damageNote(damage)]);
	for (const shelf of openShelves)
		for (;;) {
			const rows = await database.rows({ ...rangeOf(shelf), limit: keysAtOnce });
			if (rows.length === 0) break;
			damage = { ...damage, leads: damage.leads + rows.length };
			await database.write([
				...rows.flatMap(([key, { text, isWhole }]) => [
					{ type: 'del', key } as const,
					...asideOperations(doubtful(read(nameOf(key), text, isWhole), nowMs)),
				]),
				damageNote(damage),
			]);
		}
};

/** Deals with what was found in a store of entries: nothing that may have left is sent, and nothing is lost in silence. */
export const settleEntries = async <Payload extends LeadPayload>(means: Means<Payload>): Promise<Damage> => {
	const { database, findings, read, nowMs, onProgress } = means;
	if (!findings.isSure) await doubtOpen(means);
	return await settleFindings({
		database,
		findings: findings.isSure ? findings : { ...findings, unnamed: 0, isOlder: false },
		nowMs,
		onProgress,
		isOfSame: (key) => (shelfOf(key) === undefined ? key : nameOf(key)),
		standIn: (key, text) => {
			if (shelfOf(key) === undefined) return undefined;
			return asideOperations(doubtful(read(nameOf(key), text), nowMs));
		},
	});
};
