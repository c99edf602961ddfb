import { alertKinds, type AlertState, holdReasons, type Watched } from '@icloud-ready/core';
import * as z from 'zod/v4';

const condition = z.object({
	kind: z.enum(alertKinds),
	organizationId: z.string().optional(),
	count: z.number().int().min(0),
	why: z.enum(holdReasons).optional(),
	sinceMs: z.number().optional(),
});

const stored = z.object({
	schemaVersion: z.literal(1),
	watched: z.array(
		z.tuple([
			z.string(),
			z.object({
				condition,
				isOn: z.boolean(),
				changedAtMs: z.number(),
				begunAtMs: z.number(),
				isToldOn: z.boolean(),
				toldAtMs: z.number(),
				told: z.number().int().min(0),
			}),
		]),
	),
});

/** What was told, as it is kept over a restart. */
export const alertStateText = (state: AlertState): string => JSON.stringify({ schemaVersion: 1, watched: [...state] });

/** Where it is not there or cannot be read nothing was told: to be told once more is better than never. */
export const readAlertState = (text: string | null): AlertState => {
	if (text === null) return new Map();
	try {
		const read = stored.safeParse(JSON.parse(text));
		// In JSON what is left out is not there, and never undefined.
		return new Map(read.success ? (read.data.watched as readonly (readonly [string, Watched])[]) : []);
	} catch {
		return new Map();
	}
};
