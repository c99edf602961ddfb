import { parsedText, readStored, type Stored, withVersion } from './stored';
import * as z from 'zod/v4';

const step = z.object({ fromMs: z.number(), count: z.number().min(0) });

const shape = {
	rate: z
		.object({
			perSecond: z.number().positive(),
			climbPerSecond: z.number().min(0),
			climbShare: z.number().min(0),
			searchUpTo: z.number().min(0),
			borne: z.number().min(0),
		})
		.nullable(),
	rateSetAtMs: z.number(),
	answeredAtMs: z.number(),
	heldUntilMs: z.number(),
	heldAtMs: z.number().nullable(),
	nextAtMs: z.number(),
	lately: z.array(step).readonly(),
	step,
	anySinceHold: z.boolean(),
	emptyHolds: z.int().min(0),
	maxPerSecond: z.number().min(0),
	notedAtMs: z.number(),
};

/** A limiter's state as it stands in Redis: its times are since 1970, by the clock of whoever noted it at `notedAtMs`. */
export type StoredPace = Readonly<z.infer<z.ZodObject<typeof shape>>>;

const schema: z.ZodType<StoredPace> = z.looseObject(shape);

export const readPace = (text: string | null | undefined): Stored<StoredPace> =>
	readStored(schema, 'pace', parsedText(text));

export const paceText = (pace: StoredPace): string => JSON.stringify(withVersion('pace', pace));
