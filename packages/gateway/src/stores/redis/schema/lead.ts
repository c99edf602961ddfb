import type { AttemptResult } from '../../../leads/leadState';
import { damagedLead } from './damagedLead';
import { accountId } from './names';
import { readStored, type Stored, withVersion } from './stored';
import type { Lead } from '@icloud-ready/core';
import { type EarlierAttempt, earlierSchema, isLead, isOutcome } from '@icloud-ready/outbox';
import * as z from 'zod/v4';

/** What a date can be made of, in ms since 1970. */
const timeMs = z.number().min(0).max(8.64e15);

const shape = {
	account: accountId,
	arrivedAtMs: timeMs,
	/** When a person last had it sent once more. */
	againAtMs: timeMs.optional(),
	body: z.string(),
	lead: z.custom<Lead>(isLead),
	/** The organization that it goes to, for whoever looks after it. */
	organizationId: z.string().optional(),
	/** Key and organization, encrypted; there as long as the lead waits. */
	sealed: z.string().optional(),
	/** It left, or was about to: by which sending. Whoever finds this in a lead that waits does not send it. */
	sent: z.looseObject({ atMs: z.number(), by: z.string() }).optional(),
	/** The last one so far; the lead's own where it has ended. */
	outcome: z.custom<AttemptResult>(isOutcome).nullable(),
	attemptedAtMs: timeMs.optional(),
	/** Outcomes before the last one. */
	earlier: z.custom<readonly EarlierAttempt[]>((value) => earlierSchema.safeParse(value).success).optional(),
	endedAtMs: timeMs.optional(),
	/** Keys of the jobs before and after a correction. */
	correctionOf: z.string().optional(),
	correctedBy: z.string().optional(),
	resolved: z.enum(['arrived', 'discarded']).optional(),
	/** The bulk actions that this one was part of, the newest last. */
	bulkIds: z.array(z.string()).optional(),
	/** How often it was answered 403 while others passed; `passes`: how many of its account had passed at the last time. */
	forbidden: z
		.looseObject({ times: z.int().min(0), lastAtMs: z.number(), passes: z.int().min(0).optional() })
		.optional(),
	/** What was kept of it cannot be read: it is never sent. */
	unreadable: z.literal(true).optional(),
	/** The text that could not be read, as it stood there. */
	original: z.string().optional(),
};

/** A lead as it stands in Redis: the data of its job. */
export type LeadRecord = Readonly<z.infer<z.ZodObject<typeof shape>>>;

/** Loose: what another gateway of this version adds is kept, also where this one knows nothing of it. */
const schema: z.ZodType<LeadRecord> = z.looseObject(shape);

/** A lead that was read, or what stands for one that cannot be: as much as can, never to be sent. */
export type StoredRecord =
	| Exclude<Stored<LeadRecord>, { kind: 'absent' | 'damaged' }>
	| { readonly kind: 'damaged'; readonly value: LeadRecord };

/** The data of a job, whatever it is. `account`: whose it is where that cannot be read in it. */
export const readLead = (value: unknown, account: string): StoredRecord => {
	const read = readStored(schema, 'lead', value);
	return read.kind === 'known' || read.kind === 'newer'
		? read
		: { kind: 'damaged', value: damagedLead(value, account) };
};

/** A lead as it is written. */
export const storedLead = (record: LeadRecord): object => withVersion('lead', record);
