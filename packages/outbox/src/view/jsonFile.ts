import type { ListRow } from './listRow';

const time = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());

/** What both hosts say of a lead in the file; times are those of UTC. */
export const itemOf = ({ name, phone, arrivedAtMs, endedAtMs, state, message, hint, notes }: ListRow): object => ({
	name,
	phone,
	takenIn: time(arrivedAtMs),
	ended: time(endedAtMs),
	outcome: state,
	message: [message, ...notes].join(' '),
	hint,
});

/**
 * The file of all leads that are found, newest first, as one JSON list; part by part as the CSV file is.
 * Rejects at its first part where the store cannot be read; later it breaks off, so that it does not look whole.
 */
export async function* jsonFile<Lead>(
	list: (after?: string) => Promise<{ readonly leads: readonly Lead[]; readonly next?: string }>,
	item: (lead: Lead) => object,
): AsyncGenerator<string, void> {
	let found = await list();
	let isFirst = true;
	yield '[';
	for (;;) {
		if (found.leads.length > 0) {
			yield (isFirst ? '\n' : ',\n') + found.leads.map((lead) => JSON.stringify(item(lead))).join(',\n');
			isFirst = false;
		}
		if (found.next === undefined) break;
		found = await list(found.next);
	}
	yield '\n]\n';
}
