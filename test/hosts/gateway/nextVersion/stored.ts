import * as today from '../../../../packages/gateway/src/stores/redis/schema/stored';
import type { z } from 'zod/v4';

export { parsedText, readVersion } from '../../../../packages/gateway/src/stores/redis/schema/stored';
export type { Stored, StoredThing } from '../../../../packages/gateway/src/stores/redis/schema/stored';

type Thing = keyof typeof today.schemaVersions;

/** What a gateway of the next version may be: it writes all things otherwise, and reads those of today as well. */
export const schemaVersions = { lead: 2, hold: 2, pace: 2, event: 2 } as const;

/** Nothing stands where a gateway of today looks for it. */
export const withVersion = (thing: Thing, value: object): object => ({
	schemaVersion: schemaVersions[thing],
	next: value,
});

export const readStored = <Value>(schema: z.ZodType<Value>, thing: Thing, value: unknown): today.Stored<Value> => {
	const { schemaVersion, next } = (value ?? {}) as { readonly schemaVersion?: unknown; readonly next?: object };
	return schemaVersion === schemaVersions[thing]
		? today.readVersion(schema, 1, { ...next, schemaVersion: 1 })
		: today.readStored(schema, thing, value);
};
