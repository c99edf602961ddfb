import { type Entry, isEntryId, type LeadPayload, partitionOf, type Unreadable } from './entry';
import { entrySchema, factSchemas, outcomeSchema } from './entrySchema';
import { schemaVersion } from './entryText';
import type { DamagedPayload, Json, PayloadFormat } from './payloadFormat';
import { type Lead, leadSchema, outcomeOf } from '@icloud-ready/core';
import * as z from 'zod/v4';

/**
 * Never throws; `text` undefined: the bytes cannot be had at all. `isWhole` false: it is not what was written there last,
 * whatever it says.
 */
export type ReadEntry<Payload extends LeadPayload> = (
	id: string,
	text: string | undefined,
	isWhole?: boolean,
) => Entry<Payload>;

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const passes = (schema: z.core.$ZodType, value: unknown): boolean => z.safeParse(schema, value).success;

export const isLead = (value: unknown): boolean => passes(leadSchema, value);
export const isOutcome = (value: unknown): boolean => passes(outcomeSchema, value);

const parsed = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
};

/** Beyond this nothing is looked for: an entry is some kB. */
const mostLookedThrough = 100_000;

const textIn = (text: string, name: string): string | undefined => {
	const found = new RegExp(`"${name}":("(?:[^"\\\\]|\\\\.)*")`).exec(text.slice(0, mostLookedThrough))?.[1];
	const value = found === undefined ? undefined : parsed(found);
	return isText(value) ? value : undefined;
};

/** By what people know a lead, in the text of what holds it or in what that was read as. */
export const personIn = (text: string, value: unknown): Lead['leadInformation'] => {
	const lead = isJson(value) && isJson(value.lead) ? value.lead : {};
	const person = isJson(lead.leadInformation) ? lead.leadInformation : {};
	const of = (name: string): string | undefined => {
		if (!isJson(value)) return textIn(text, name);
		const each = person[name];
		return isText(each) || Number.isFinite(each) ? String(each) : undefined;
	};
	const [lastName, email] = [of('lastName'), of('email')];
	return {
		firstName: of('firstName') ?? '',
		phone: of('phone') ?? '',
		...(lastName === undefined ? {} : { lastName }),
		...(email === undefined ? {} : { email }),
	};
};

/** What can be read of one that is not whole: a person sees it, and nobody sends it. */
const standInFor = <Payload extends LeadPayload>(
	id: string,
	text: string | undefined,
	value: unknown,
	why: Unreadable['why'],
	format: PayloadFormat<Payload>,
): Entry<Payload> => {
	const whole = isJson(value) ? value : {};
	const payload = isJson(whole.payload) ? whole.payload : {};
	const person = personIn(text ?? '', isJson(value) ? payload : undefined);
	const lead = isLead(payload.lead) ? (payload.lead as Lead) : { leadInformation: person };
	const found: DamagedPayload = {
		payload,
		textOf: (name) => (isJson(value) ? undefined : textIn(text ?? '', name)),
	};
	const isKnown = lead.leadInformation.phone !== '' || lead.leadInformation.firstName !== '';
	const facts = Object.entries(factSchemas).filter(([name, schema]) => passes(schema, whole[name]));
	return {
		arrivedAtMs: 0,
		...Object.fromEntries(facts.map(([name]) => [name, whole[name]])),
		id,
		partition: isEntryId(id) ? partitionOf(id) : '',
		payload: format.standIn(lead, found),
		outcome: outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'unreadableEntry' } }, { lead: isKnown ? lead : null }),
		unreadable: { why, ...(text === undefined ? {} : { text }) },
	};
};

/** Reads entries whose payload is of this format: what is not whole, or of a newer version, comes as `unreadable`. */
export const entryReader = <Payload extends LeadPayload>(format: PayloadFormat<Payload>): ReadEntry<Payload> => {
	const schema = entrySchema(format.schema);
	const read = (id: string, text: string | undefined): Entry<Payload> => {
		const value = text === undefined ? undefined : parsed(text);
		if (!isJson(value)) return standInFor(id, text, value, 'damaged', format);
		const { schemaVersion: version, ...entry } = value;
		if (typeof version === 'number' && version > schemaVersion) return standInFor(id, text, value, 'newer', format);
		const { outcome, payload } = entry;
		const whole =
			isJson(outcome) && !('lead' in outcome)
				? { ...entry, outcome: { ...outcome, lead: isJson(payload) ? payload.lead : undefined } }
				: entry;
		const isItsOwn = entry.id === id && isEntryId(id) && entry.partition === partitionOf(id);
		return version === schemaVersion && isItsOwn && passes(schema, whole)
			? (whole as unknown as Entry<Payload>)
			: standInFor(id, text, value, 'damaged', format);
	};
	return (id, text, isWhole = true) => {
		if (!isWhole && text !== undefined) return standInFor(id, text, parsed(text), 'damaged', format);
		const entry = read(id, text);
		if (entry.unreadable?.text === undefined) return entry;
		// What a newer version wrote can be read once this program is of that version: a person may then have it sent.
		const inner = read(id, entry.unreadable.text);
		const { outcome, resolved, endedAtMs } = entry;
		return inner.unreadable === undefined ? { ...inner, outcome, resolved, endedAtMs } : entry;
	};
};
