import { type Damage, damageNote, noDamage, readDamage } from './damage';
import type { Database } from './database';
import type { Findings } from './findings';
import type { JournalEntry } from './journalLine';
import type { Operation } from './level';

export interface SettleOptions {
	readonly database: Database;
	readonly findings: Findings;
	/** What becomes of a key whose text is lost or wrong and does not stand in the journal. Undefined: nothing. */
	readonly standIn: (key: string, text: string | undefined) => readonly Operation[] | undefined;
	/** Which of what must not be there holds an earlier text of this key. */
	readonly isOfSame?: (key: string) => string;
	readonly nowMs: number;
	/** How many of them are dealt with, and of how many. */
	readonly onProgress?: ((done: number, of: number) => void) | undefined;
}

const atOnce = 200;

interface Step {
	readonly operations: readonly Operation[];
	readonly leads: number;
	readonly restored: number;
}

const stepsOf = ({
	findings,
	standIn,
	isOfSame = (key) => key,
}: SettleOptions): readonly (() => Step | undefined)[] => {
	const { missing, changed, extra, isSure } = findings;
	const earlier = new Map<string, (readonly [key: string, text: string])[]>();
	if (isSure)
		for (const each of extra) {
			const same = isOfSame(each[0]);
			earlier.set(same, [...(earlier.get(same) ?? []), each]);
		}
	const takeEarlier = (key: string): readonly (readonly [key: string, text: string])[] => {
		const same = isOfSame(key);
		const found = earlier.get(same) ?? [];
		earlier.delete(same);
		return found;
	};
	const lost = (key: string, text: string | undefined): Step | undefined => {
		const others = takeEarlier(key);
		const operations = standIn(key, text ?? others[0]?.[1]);
		if (operations === undefined) return undefined;
		return {
			operations: [
				...others.map(([other]) => ({ type: 'del', key: other }) as const),
				{ type: 'del', key },
				...operations,
			],
			leads: 1,
			restored: 0,
		};
	};
	const ofMissing = ([key, , text]: JournalEntry): Step | undefined =>
		text === undefined
			? lost(key, undefined)
			: { operations: [{ type: 'put', key, value: text }], leads: 0, restored: 1 };
	return [
		...missing.map((entry) => () => ofMissing(entry)),
		...changed.map(
			([key, text]) =>
				() =>
					lost(key, text),
		),
		// What is left of these belongs to no lead that is missing.
		...(isSure ? extra : []).map(([key]) => () => {
			const others = takeEarlier(key);
			return others.length === 0
				? undefined
				: { operations: others.map(([other]) => ({ type: 'del', key: other }) as const), leads: 0, restored: 0 };
		}),
	];
};

/** What was found before and nobody has seen, with what was found now and belongs to no single key. */
export const damageWith = async (
	database: Pick<Database, 'get'>,
	{ isOlder, unnamed }: Pick<Findings, 'isOlder' | 'unnamed'>,
	nowMs: number,
): Promise<Damage> => {
	const damage = (await readDamage(database)) ?? noDamage(nowMs);
	return { ...damage, isOlder: damage.isOlder || isOlder, unnamed: damage.unnamed + unnamed };
};

/**
 * Deals with what a database lacks or has too much: what the journal holds is put back, of leads whose text is lost a person
 * is told. Each page goes in one write with the count of what was found, so that it can be cut off anywhere and goes on.
 */
export const settleFindings = async (options: SettleOptions): Promise<Damage> => {
	const { database, findings, nowMs, onProgress } = options;
	let damage = await damageWith(database, findings, nowMs);
	const steps = stepsOf(options);
	let operations: Operation[] = [];
	const write = async (): Promise<void> => {
		await database.write([...operations, damageNote(damage)]);
		operations = [];
	};
	for (const [index, step] of steps.entries()) {
		const done = step();
		if (done === undefined) continue;
		operations.push(...done.operations);
		damage = { ...damage, leads: damage.leads + done.leads, restored: damage.restored + done.restored };
		if (operations.length < atOnce) continue;
		await write();
		onProgress?.(index + 1, steps.length);
	}
	await write();
	return damage;
};
