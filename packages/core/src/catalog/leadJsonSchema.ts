import { leadSchema } from './leadSchema';
import * as z from 'zod/v4-mini';

/** A part of a JSON Schema, as far as one is made of the catalog. */
export interface JsonSchema {
	readonly type?: string;
	readonly title?: string;
	readonly description?: string;
	readonly format?: string;
	readonly examples?: readonly unknown[];
	readonly required?: readonly string[];
	readonly properties?: Readonly<Record<string, JsonSchema>>;
	readonly items?: JsonSchema;
}

/**
 * The lead as JSON Schema 2020-12, as OpenAPI 3.1 has it. For builds alone, which put the data into what they make: it is
 * not among the core's exports, so that no host loads what makes it.
 */
export const leadJsonSchema = (): JsonSchema => {
	const parts = Object.entries(z.toJSONSchema(leadSchema, { io: 'input' })).filter(([word]) => word !== '$schema');
	// A lead's schema has none of the words that its type does not name.
	return Object.fromEntries(parts) as JsonSchema;
};
