import { parsedText, readStored, type Stored, withVersion } from './stored';
import { holdReasons } from '@icloud-ready/core';
import * as z from 'zod/v4';

const shape = {
	why: z.enum(holdReasons),
	consecutiveFailures: z.number(),
	sinceMs: z.number(),
	untilMs: z.number(),
};

/** A circuit breaker that is open, as it stands in Redis for all gateways; times are of Redis's clock, in ms since 1970. */
export type StoredHold = Readonly<z.infer<z.ZodObject<typeof shape>>>;

const schema: z.ZodType<StoredHold> = z.looseObject(shape);

export const readHold = (text: string | null | undefined): Stored<StoredHold> =>
	readStored(schema, 'hold', parsedText(text));

export const holdText = (hold: StoredHold): string => JSON.stringify(withVersion('hold', hold));
