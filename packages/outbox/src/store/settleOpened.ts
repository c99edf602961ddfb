import { type Damage, readDamage } from './damage';
import type { Findings } from './findings';
import type { OpenedDatabase } from './openDatabase';

/**
 * Deals with what an opening found, by `settle`, or gives what was found before and nobody has seen yet. Where that fails the
 * database is closed: it is opened anew from the beginning.
 */
export const settleOpened = async (
	{ database, findings, settled }: Pick<OpenedDatabase, 'database' | 'findings' | 'settled'>,
	settle: (findings: Findings) => Promise<Damage>,
): Promise<Damage | undefined> => {
	try {
		if (findings === undefined) return await readDamage(database);
		const damage = await settle(findings);
		await settled();
		return damage;
	} catch (error) {
		await database.close().catch(() => undefined);
		throw error;
	}
};
