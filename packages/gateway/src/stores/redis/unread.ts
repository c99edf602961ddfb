import { createLruMap } from '../../leads/lruMap';
import type { StoredThing } from './schema/stored';

/** Why something in Redis is not read. */
export type UnreadReason = 'newer' | 'damaged';

/** Tells of what this gateway finds in Redis and cannot read. */
export interface UnreadReport {
	/** `name`: which one it is, so that it is counted once however often it is met; of a lead its id, with or without its account. */
	readonly newer: (thing: StoredThing, name: string, schemaVersion: number) => void;
	readonly damaged: (thing: StoredThing, name: string) => void;
}

interface Means {
	/** Told once of each kind of thing, and of each lead that nobody can read. */
	readonly notice: (text: string) => void;
	/** Told of each thing. */
	readonly count: (thing: StoredThing, reason: UnreadReason) => void;
}

/** Things that are remembered, so that none is counted twice; what was met longest ago may be, once more. */
const maxRemembered = 10_000;

const nouns: Readonly<Record<StoredThing, string>> = {
	lead: 'Leads',
	hold: 'Notes of what is held back',
	pace: 'Notes of the pace',
	event: 'Messages between gateways',
	index: 'Entries of its lists',
};

const wordsOf = (thing: StoredThing, reason: UnreadReason, schemaVersion: number): string =>
	reason === 'newer'
		? `${nouns[thing]} in Redis were written by a newer gateway (schema version ${schemaVersion}). ${thing === 'lead' ? 'They are left for it and wait until one runs.' : 'They are left for it.'} Update this gateway as well.`
		: `${nouns[thing]} in Redis cannot be read and are ignored. Check what else writes to this Redis.`;

export const createUnreadReport = ({ notice, count }: Means): UnreadReport => {
	const reported = new Set<string>();
	const seen = createLruMap<true>(maxRemembered);
	const report = (thing: StoredThing, name: string, reason: UnreadReason, schemaVersion = 0): void => {
		const [plainName = name] = name.split('~');
		const id = [thing, reason, plainName].join(' ');
		if (seen.get(id) === true) return;
		seen.set(id, true);
		count(thing, reason);
		if (thing === 'lead' && reason === 'damaged') {
			notice(`Lead ${plainName} cannot be read. It is not sent and is now unconfirmed, with whatever can be read.`);
			return;
		}
		const kind = [thing, reason, schemaVersion].join(' ');
		if (reported.has(kind)) return;
		reported.add(kind);
		notice(wordsOf(thing, reason, schemaVersion));
	};
	return {
		newer: (thing, name, schemaVersion) => report(thing, name, 'newer', schemaVersion),
		damaged: (thing, name) => report(thing, name, 'damaged'),
	};
};
