import type { Database } from './database';
import type { Operation } from './level';
import * as z from 'zod/v4';

/** What was found wrong with what is kept, since a person last looked. */
export interface Damage {
	/** So many leads are unconfirmed for it: what was kept of them is missing, or is not what was written last. */
	readonly leads: number;
	/** So many keys and marks were missing or wrong, and were put back from the journal. */
	readonly restored: number;
	/** So much more is missing, and nobody knows what. */
	readonly unnamed: number;
	/** An older copy had been put in its place. */
	readonly isOlder: boolean;
	/** When it was found, in ms since 1970. */
	readonly atMs: number;
}

const schema = z.object({
	leads: z.int().min(0),
	restored: z.int().min(0),
	unnamed: z.int().min(0),
	isOlder: z.boolean(),
	atMs: z.number(),
});

const key = 'damage!';

export const noDamage = (atMs: number): Damage => ({ leads: 0, restored: 0, unnamed: 0, isOlder: false, atMs });

/** Undefined where nothing was found, or a person has seen it. */
export const readDamage = async (database: Pick<Database, 'get'>): Promise<Damage | undefined> => {
	const stored = await database.get(key);
	if (stored?.text === undefined) return undefined;
	try {
		return schema.parse(JSON.parse(stored.text));
	} catch {
		return undefined;
	}
};

export const damageNote = (damage: Damage): Operation => ({ type: 'put', key, value: JSON.stringify(damage) });
export const damageSeen: Operation = { type: 'del', key };
