import { leadJsonSchema } from '@icloud-ready/core/leadJsonSchema';

/** A lead as JSON Schema, made from the catalog. The built command holds it as data. */
export const leadSchema = leadJsonSchema();
