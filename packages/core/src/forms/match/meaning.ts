import type { FieldPath } from '../../catalog/fields';

/** What a name stands for by the catalog alone. */
export type NameMeaning = FieldPath | 'fullName' | undefined;
