import type * as z from 'zod/v4';

/**
 * The shape in which this gateway writes each thing, as a number that stands in it as `schemaVersion`. A change that an
 * older gateway would misread raises it; a field that may be missing does not, since what is unknown is kept.
 */
export const schemaVersions = { lead: 1, hold: 1, pace: 1, event: 1 } as const;

/** What in Redis can be unreadable, as metrics and log name it. */
export type StoredThing = keyof typeof schemaVersions | 'index';

/** What was found in Redis. */
export type Stored<Value> =
	| { readonly kind: 'known'; readonly value: Value }
	| { readonly kind: 'absent' }
	/** A newer gateway wrote it, and only such a one may say what it means. */
	| { readonly kind: 'newer'; readonly schemaVersion: number }
	/** Nobody can read it. */
	| { readonly kind: 'damaged' };

/** A thing as it is written by this gateway. */
export const withVersion = (thing: keyof typeof schemaVersions, value: object): object => ({
	...value,
	schemaVersion: schemaVersions[thing],
});

/** It stands in each thing, whatever else does, and says whether the rest may be read at all; undefined: there is none. */
const versionOf = (value: unknown): number | undefined => {
	const { schemaVersion } = value as { readonly schemaVersion?: unknown };
	return Number.isSafeInteger(schemaVersion) && Number(schemaVersion) >= 1 ? Number(schemaVersion) : undefined;
};

/** Reads a value that came as JSON. Never throws. */
export const readStored = <Value>(schema: z.ZodType<Value>, thing: keyof typeof schemaVersions, value: unknown) =>
	readVersion(schema, schemaVersions[thing], value);

/** The same for a gateway that knows the versions up to `known`. */
export const readVersion = <Value>(schema: z.ZodType<Value>, known: number, value: unknown): Stored<Value> => {
	if (value === undefined || value === null) return { kind: 'absent' };
	const schemaVersion = versionOf(value);
	if (schemaVersion === undefined) return { kind: 'damaged' };
	if (schemaVersion > known) return { kind: 'newer', schemaVersion };
	const read = schema.safeParse(value);
	return read.success ? { kind: 'known', value: read.data } : { kind: 'damaged' };
};

/** The value in a text of Redis; what is no JSON stands for itself, and is nothing that a schema takes. */
export const parsedText = (text: string | null | undefined): unknown => {
	if (text == null) return undefined;
	try {
		const value: unknown = JSON.parse(text);
		// That it is there is known, and nothing else.
		return value ?? text;
	} catch {
		return text;
	}
};
