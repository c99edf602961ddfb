import { holdReasons } from '../outcome/holdReason';
import { parseJson } from '../text/json';
import { alertKinds } from './condition';
import type { AlertState, Watched } from './decideAlerts';
import * as z from 'zod/v4-mini';

const count = z.int().check(z.minimum(0));

const stored = z.object({
	schemaVersion: z.literal(1),
	watched: z.array(
		z.tuple([
			z.string(),
			z.object({
				condition: z.object({
					kind: z.enum(alertKinds),
					organizationId: z.optional(z.string()),
					count,
					why: z.optional(z.enum(holdReasons)),
					sinceMs: z.optional(z.number()),
				}),
				isOn: z.boolean(),
				changedAtMs: z.number(),
				begunAtMs: z.number(),
				isToldOn: z.boolean(),
				toldAtMs: z.number(),
				told: count,
			}),
		]),
	),
});

/** What was told, as it is kept over a restart. */
export const alertStateText = (state: AlertState): string => JSON.stringify({ schemaVersion: 1, watched: [...state] });

/** Where it is not there or cannot be read nothing was told: to be told once more is better than never. */
export const readAlertState = (text: string | null): AlertState => {
	const read = stored.safeParse(text === null ? undefined : parseJson(text));
	// In JSON what is left out is not there, and never undefined.
	return new Map(read.success ? (read.data.watched as readonly (readonly [string, Watched])[]) : []);
};
