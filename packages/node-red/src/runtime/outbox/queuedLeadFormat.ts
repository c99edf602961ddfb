import type { QueuedLead } from './queuedLead';
import { defaultPolicy, leadSchema, type Policy } from '@icloud-ready/core';
import type { PayloadFormat } from '@icloud-ready/outbox';
import * as z from 'zod/v4';

const schemaOfType = { string: z.string(), number: z.number(), boolean: z.boolean() } as const;
const typeOf = (value: string | number | boolean): z.ZodType => schemaOfType[typeof value as keyof typeof schemaOfType];

/** Settings of the types that the defaults have; what a later version adds beside them is kept. */
const policy = z.looseObject(
	Object.fromEntries(Object.entries(defaultPolicy).map(([name, value]) => [name, typeOf(value).optional()])),
) as z.ZodType<Partial<Policy>>;

const schema: z.ZodType<QueuedLead> = z.looseObject({
	lead: leadSchema,
	warnings: z.array(z.string()),
	notes: z.array(z.string()).optional(),
	key: z.looseObject({
		by: z.enum(['phone', 'email', 'phoneAndCampaign', 'submission']),
		value: z.string(),
		text: z.string(),
	}),
	policy,
	draft: z.record(z.string(), z.unknown()).optional(),
	origin: z.looseObject({
		nodeId: z.string(),
		message: z.record(z.string(), z.unknown()),
		isTyped: z.literal(true).optional(),
		leftOut: z.array(z.string()).optional(),
	}),
});

const nodeId = z.looseObject({ nodeId: z.string() });
const message = z.looseObject({ message: z.record(z.string(), z.unknown()) });

/** How what an account's outbox keeps is read back. */
export const queuedLeadFormat: PayloadFormat<QueuedLead> = {
	schema,
	standIn: (lead, { payload: { origin }, textOf }) => ({
		lead,
		warnings: [],
		key: { by: 'phone', value: lead.leadInformation.phone, text: '' },
		policy: {},
		origin: {
			nodeId: nodeId.safeParse(origin).data?.nodeId ?? textOf('nodeId') ?? '',
			message: message.safeParse(origin).data?.message ?? {},
		},
	}),
};
