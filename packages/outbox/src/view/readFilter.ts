import { ends } from './filter';
import { maxFilterText } from './limits';
import { holdReasons, outcomeKinds } from '@icloud-ready/core';
import * as z from 'zod/v4';

/** Absent and empty are the same: nothing is narrowed. */
const optional = <Value>(schema: z.ZodType<Value>) =>
	z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const timeMs = z
	.string()
	.regex(/^\d{1,16}$/)
	.transform(Number);

/** How a filter stands in a request. */
export const filterShape = {
	outcome: optional(z.enum([...outcomeKinds.map(({ kind }) => kind), ...ends])),
	why: optional(z.enum(holdReasons)),
	organization: optional(z.string().max(maxFilterText)),
	source: optional(z.string().max(maxFilterText)),
	from: optional(timeMs),
	to: optional(timeMs),
} as const;
