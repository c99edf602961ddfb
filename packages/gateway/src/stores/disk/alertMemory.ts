import type { AlertMemory } from '../../alerts/alertMemory';
import type { SealedStore } from './sealedEntry';

const name = 'alerts';

/** What this gateway has told, as a note in its store. */
export const createAlertMemory = (store: Pick<SealedStore, 'notes' | 'write'>): AlertMemory => {
	/** Undefined until it is read once: nobody else writes it. */
	let known: string | null | undefined;
	const read = async (): Promise<string | null> => {
		const found = (await store.notes()).find(([noted]) => noted === name);
		return found?.[1] ?? null;
	};
	return {
		take: async () => {
			try {
				known ??= await read();
				return { kind: 'mine', text: known };
			} catch {
				return { kind: 'unknown' };
			}
		},
		keep: async (text) => {
			known = text;
			await store.write([{ kind: 'note', name, value: text }]).catch(() => undefined);
		},
	};
};
