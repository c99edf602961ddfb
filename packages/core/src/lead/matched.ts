/**
 * Which field was filled from where; `was` is the value as it came, where it was changed. `why` says in words what spoke for
 * it, where its own name does not.
 */
export interface Matched {
	readonly field: string;
	readonly from: string;
	readonly value: unknown;
	readonly was?: unknown;
	readonly why?: string;
}
