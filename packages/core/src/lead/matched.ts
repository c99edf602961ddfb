/** Which field was filled from where; `was` is the value as it came, where it was changed. */
export interface Matched {
	readonly field: string;
	readonly from: string;
	readonly value: unknown;
	readonly was?: unknown;
}
