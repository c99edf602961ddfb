import type { LeadPayload } from './entry';
import { explain, type FieldKind, fields, type Lead, outcomeKinds, type Outcome } from '@icloud-ready/core';
import * as z from 'zod/v4';

/** Milliseconds since 1970 that a date can be made of: ECMAScript's own range, since a clock may be set to anything. */
const timeMs = z.number().min(-8.64e15).max(8.64e15);
const count = z.number().min(0);
const texts = z.array(z.string());

const valueOfKind: Readonly<Record<FieldKind, z.ZodType>> = {
	text: z.string(),
	longText: z.string(),
	email: z.string(),
	phone: z.string(),
	country: z.string(),
	choice: z.string(),
	json: z.string(),
	number: z.number(),
	boolean: z.boolean(),
	textList: texts,
	emailList: texts,
	phoneList: texts,
};

interface Part {
	readonly path: readonly string[];
	readonly type: z.ZodType;
}

/** Without these nobody could send a lead, or find it. */
const required: readonly string[] = ['leadInformation', 'leadInformation.firstName', 'leadInformation.phone'];

/** An object whose parts stand at these paths below `at`; others may stand beside them. */
const objectOf = (parts: readonly Part[], at: readonly string[] = []): z.ZodType => {
	const names = [...new Set(parts.map(({ path }) => path[at.length] ?? ''))];
	const typeOf = (name: string): z.ZodType => {
		const place = [...at, name];
		const own = parts.filter(({ path }) => path[at.length] === name);
		const type = own.find(({ path }) => path.length === place.length)?.type ?? objectOf(own, place);
		return required.includes(place.join('.')) ? type : type.optional();
	};
	return z.looseObject(Object.fromEntries(names.map((name) => [name, typeOf(name)])));
};

/** A lead as the core makes it, by the catalog; what no catalog knows may be anything. */
export const leadSchema = objectOf(
	fields.map(({ path, kind }) => ({ path: path.split('.'), type: valueOfKind[kind] })),
) as z.ZodType<Lead>;

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
		lead: leadSchema.nullable().optional(),
		message: z.string(),
		hint: z.string(),
		issues: z.array(z.looseObject({ field: z.string(), message: z.string() })),
		warnings: texts,
		attempts: count,
		waitedMs: count,
		answer: z.record(z.string(), z.unknown()).optional(),
		reply: reply.optional(),
	})
	.refine(({ outcome, answer }) => outcome !== 'created' || answer !== undefined)
	.refine(hasWords) as unknown as z.ZodType<Outcome>;

/** An entry as it is kept, with a payload of its owner's; what a later version adds beside these is kept. */
export const entrySchema = <Payload extends LeadPayload>(payload: z.ZodType<Payload>): z.ZodType =>
	z.looseObject({
		id: z.string(),
		partition: z.string(),
		arrivedAtMs: timeMs,
		payload,
		submissionKey: z.string().optional(),
		outcome: outcomeSchema.nullable(),
		forbidden: z.looseObject({ times: count, lastAtMs: z.number() }).optional(),
		resend: z.literal(true).optional(),
		againAtMs: timeMs.optional(),
		idempotencyKey: z.string().optional(),
		generation: count.optional(),
		sentTo: z.string().optional(),
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
