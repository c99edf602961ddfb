import type { LeadPayload } from './entry';
import { explain, leadSchema, outcomeKinds, type Outcome } from '@icloud-ready/core';
import * as z from 'zod/v4';

/** Milliseconds since 1970 that a date can be made of: ECMAScript's own range, since a clock may be set to anything. */
const timeMs = z.number().min(-8.64e15).max(8.64e15);
const count = z.number().min(0);
const texts = z.array(z.string());

const reply = z.looseObject({
	status: z.number(),
	contentType: z.string().nullable(),
	retryAfter: z.string().nullable(),
	body: z.string(),
});

/** Whether the words of an outcome can be made, which look into its cause: one of another version may lack what they need. */
const hasWords = (outcome: object): boolean => {
	try {
		const { message, hint } = explain({ lead: null, ...outcome } as never);
		return typeof message === 'string' && typeof hint === 'string';
	} catch {
		return false;
	}
};

/** An outcome as it is kept; `lead` is left out where it is the entry's own. */
export const outcomeSchema = z
	.looseObject({
		outcome: z.enum([...outcomeKinds.map(({ kind }) => kind), 'dryRun']),
		cause: z.looseObject({ kind: z.string() }),
		status: z.number().nullable(),
		leadId: z.string().nullable(),
		leadNumber: z.number().nullable(),
		lead: z.nullish(leadSchema),
		issues: z.array(z.looseObject({ field: z.string(), message: z.string() })),
		warnings: texts,
		notes: texts.optional(),
		attempts: count,
		waitedMs: count,
		answer: z.record(z.string(), z.unknown()).optional(),
		reply: reply.optional(),
	})
	.refine(({ outcome, answer }) => outcome !== 'created' || answer !== undefined)
	.refine(hasWords) as unknown as z.ZodType<Outcome>;

/** Attempts before the last, as an entry and a job keep them. */
export const earlierSchema = z.array(
	z.looseObject({
		atMs: timeMs,
		firstAtMs: timeMs.optional(),
		times: count.optional(),
		outcome: outcomeSchema,
	}),
);

/** An entry as it is kept, with a payload of its owner's; what a later version adds beside these is kept. */
export const entrySchema = <Payload extends LeadPayload>(payload: z.ZodType<Payload>): z.ZodType =>
	z.looseObject({
		id: z.string(),
		partition: z.string(),
		arrivedAtMs: timeMs,
		payload,
		submissionKey: z.string().optional(),
		outcome: outcomeSchema.nullable(),
		attemptedAtMs: timeMs.optional(),
		earlier: earlierSchema.optional(),
		forbidden: z.looseObject({ times: count, lastAtMs: z.number() }).optional(),
		resend: z.literal(true).optional(),
		againAtMs: timeMs.optional(),
		idempotencyKey: z.string().optional(),
		generation: count.optional(),
		sentTo: z.string().optional(),
		bulkIds: z.array(z.string()).optional(),
		correctionOf: z.string().optional(),
		correctedBy: z.string().optional(),
		resolved: z.enum(['arrived', 'discarded']).optional(),
		endedAtMs: timeMs.optional(),
		unreadable: z.looseObject({ why: z.enum(['damaged', 'newer']), text: z.string().optional() }).optional(),
	});

/** Single facts of an entry that is not whole, each read by itself. */
export const factSchemas = {
	arrivedAtMs: timeMs,
	endedAtMs: timeMs,
	submissionKey: z.string(),
	resolved: z.enum(['arrived', 'discarded']),
} as const;
