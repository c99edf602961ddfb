import { leadJsonSchema } from '@icloud-ready/core/leadJsonSchema';

/** A lead as JSON Schema, made from the catalog. A built package holds it as data. */
export const leadSchema = leadJsonSchema();
