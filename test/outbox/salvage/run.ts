import { arrivalOf, openDiskStore, shelves } from '../../../packages/outbox/src';
import { format } from '../entries';

/** What stands in a store once it is open. */
export interface Opened {
	/** So many of the leads stand in it, each once. */
	readonly known: number;
	/** More than once. */
	readonly doubled: number;
	/** Of so many it is said that nothing is left of them. */
	readonly unnamed: number;
}

/** Opens a damaged store, which may be ended at any moment, and counts what stands there then. */
const [folder = ''] = process.argv.slice(2);
void (async () => {
	const { store, damage } = await openDiskStore(folder, Date.UTC(2026, 1, 1), format);
	const known = new Set<number>();
	let doubled = 0;
	for (const shelf of shelves)
		for await (const ids of store.ids(shelf))
			for (const id of ids) {
				const number = arrivalOf(id);
				if (known.has(number)) doubled++;
				known.add(number);
			}
	await store.close();
	const opened: Opened = { known: known.size, doubled, unnamed: damage?.unnamed ?? 0 };
	process.stdout.write(JSON.stringify(opened));
})();
