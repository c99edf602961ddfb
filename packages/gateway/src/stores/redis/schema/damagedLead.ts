import { outcomeOf } from '@icloud-ready/core';
import { personIn } from '@icloud-ready/outbox';
import * as z from 'zod/v4';

/** More than any lead is long: what is longer is no lead, and need not be kept whole. */
const maxOriginalLength = 200_000;

/** Each part that may be right although the whole is not. */
const parts = z.object({
	arrivedAtMs: z.number().min(0).max(8.64e15).catch(0),
	endedAtMs: z.number().min(0).max(8.64e15).optional().catch(undefined),
	body: z.string().catch(''),
});

/** The text of what could not be read, but for its encrypted key, which no lead keeps that is over. */
const originalOf = (value: unknown): string =>
	(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
		.slice(0, maxOriginalLength)
		.replace(/"sealed":"[^"]*"?/g, '"sealed":""');

/** What stands for a lead that cannot be read: never sent, unconfirmed, with as much of it as can be told. */
export const damagedLead = (value: unknown, account: string) => {
	const lead = { leadInformation: personIn(typeof value === 'string' ? value : '', value) };
	const { firstName, phone } = lead.leadInformation;
	const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
	const { endedAtMs, ...rest } = parts.parse(isObject ? value : {});
	return {
		account,
		lead,
		...rest,
		unreadable: true as const,
		original: originalOf(value),
		outcome: outcomeOf(
			{ outcome: 'unconfirmed', cause: { kind: 'unreadableEntry' } },
			{ lead: firstName === '' && phone === '' ? null : lead },
		),
		...(endedAtMs === undefined ? {} : { endedAtMs }),
	};
};
