import { alertStateText, type AlertState, type ClockWatch, parseJson, readAlertState } from '@icloud-ready/core';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod/v4';

/** What an alerts node knows over a restart. */
export interface Remembered {
	/** What was told. */
	readonly alerts: AlertState;
	readonly clock?: ClockWatch;
}

export interface AlertMemory {
	/** Never rejects; where nothing is kept, or it cannot be read, nothing was told: once more is better than never. */
	readonly read: () => Promise<Remembered>;
	/** Rejects where it cannot be written. */
	readonly write: (remembered: Remembered) => Promise<void>;
	/** Never rejects. */
	readonly remove: () => Promise<void>;
}

const stored = z.object({
	schemaVersion: z.literal(1),
	alerts: z.string(),
	clock: z.object({ latestMs: z.number(), backAtMs: z.number().optional() }).optional(),
});

/** Of one node and its account: another account is another story. */
const fileOf = (userFolder: string, nodeId: string, accountId: string): string =>
	join(userFolder, 'icloud-ready', `alerts-${encodeURIComponent(nodeId)}-${encodeURIComponent(accountId)}.json`);

/** A file of the user folder; a write that is cut off leaves what was there before. */
export const openAlertMemory = (userFolder: string, nodeId: string, accountId: string): AlertMemory => {
	const file = fileOf(userFolder, nodeId, accountId);
	let written = '';
	return {
		read: async () => {
			const text = await readFile(file, 'utf8').catch(() => '');
			const { data } = stored.safeParse(parseJson(text));
			if (data === undefined) return { alerts: new Map() };
			const { alerts, clock } = data;
			return { alerts: readAlertState(alerts), ...(clock === undefined ? {} : { clock: clock as ClockWatch }) };
		},
		write: async ({ alerts, clock }) => {
			const text = JSON.stringify({ schemaVersion: 1, alerts: alertStateText(alerts), clock });
			if (text === written) return;
			await mkdir(dirname(file), { recursive: true });
			await writeFile(`${file}.new`, text);
			await rename(`${file}.new`, file);
			written = text;
		},
		remove: async () => {
			await rm(file, { force: true }).catch(() => undefined);
		},
	};
};
